/** The virtual meter's part of the catalogue. */
import { en } from '#lib/core/words/catalogue.ts';

export const words = en.virtualMeter;
