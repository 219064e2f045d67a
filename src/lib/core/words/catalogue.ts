/**
 * The typed message catalogue. English is the measure: every other language must satisfy `Words`, so a
 * sentence that is missing in one of them does not compile. A message is a string, or a function of its
 * facts that returns one; numbers, money and dates arrive formatted, so that sentences stay sentences.
 *
 * What stands here is everybody's, in the language of the page (`languages.ts`): `first` of it is loaded before
 * the first screen, the rest with the screens that say it. Files of `later/` are kept with their language, those
 * of `on-use/` from when they were used once. The sentences of other audiences are catalogues of their own
 * (`office.ts`, `technician.ts`, `agent.ts`), in English, so that a consumer never pays for them.
 */
import type { en } from './en/catalogue.ts';
import type { Widen } from './widen.ts';

export { en } from './en/catalogue.ts';

/** A catalogue of the same shape in any language. */
export type Words = Widen<typeof en>;

/** Of it, what is loaded before the first screen. */
export type FirstWords = Omit<Words, 'messages' | 'rejectDoctor' | 'virtualMeter'>;
