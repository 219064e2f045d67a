/**
 * The typed message catalogue. English is the measure: every other language must satisfy `Words`, so a
 * sentence that is missing in one of them does not compile. A message is a string, or a function of its
 * facts that returns one; numbers, money and dates arrive formatted, so that sentences stay sentences.
 *
 * What stands here is loaded by everybody, in the language of the page (`languages.ts`). The sentences of
 * other audiences are catalogues of their own (`office.ts`, `technician.ts`, `agent.ts`), in English, so
 * that a consumer never pays for them.
 */
import type { en } from './en/catalogue.ts';
import type { Widen } from './widen.ts';

export { en } from './en/catalogue.ts';

/** A catalogue of the same shape in any language. */
export type Words = Widen<typeof en>;
