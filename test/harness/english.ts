/** Screens' functions speak English in tests that do not choose a language, with the words of every screen. */
import { speak } from '#lib/ui/state/catalogues.ts';

await speak('en');
const { loadWords } = await import('#lib/ui/virtual-meter/words.ts');
await loadWords();
const { speakToStaff } = await import('#lib/ui/access/staff-sentences.ts');
speakToStaff();
