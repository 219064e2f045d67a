import { loadWords } from '#lib/ui/virtual-meter/words.ts';

export const load = loadWords;
