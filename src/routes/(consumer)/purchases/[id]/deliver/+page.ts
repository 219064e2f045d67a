import { deliverWords } from '#lib/ui/components/deliver/words.ts';
import { pageLanguage } from '#lib/ui/state/language.ts';

export const load = async () => ({ text: await deliverWords(pageLanguage) });
