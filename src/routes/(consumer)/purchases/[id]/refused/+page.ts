import { loadWords } from '#lib/ui/components/reject-doctor/words.ts';

export const load = loadWords;
