/**
 * The technician's part of the message catalogue. It stands by itself so that a consumer's first visit does
 * not bring it along.
 */
import type { Widen } from './catalogue.ts';
import { engineering } from './en/engineering.ts';
import { glance } from './en/glance.ts';

export const fieldEn = { engineering, glance };

/** The technician's catalogue in any language. */
export type FieldWords = Widen<typeof fieldEn>;
