/** The style page's catalogue: that page alone loads it. */
import { style } from './en/style.ts';
import type { Widen } from './widen.ts';

export const styleEn = style;

/** The style page's catalogue in any language. */
export type StyleWords = Widen<typeof styleEn>;
