/** The catalogue of the screen that sends tokens to a meter: loaded with that screen, in the page's language. */
import type { deliver } from './en/on-use/deliver.ts';
import type { Widen } from './widen.ts';

export type DeliverWords = Widen<typeof deliver>;
