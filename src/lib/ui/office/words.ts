/** The office's part of the catalogue. */
import { words as all } from '#lib/ui/state/language.ts';

export const words = all.office;
