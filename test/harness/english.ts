/** Screens' functions speak English in tests that do not choose a language. */
import { speak } from '#lib/ui/state/catalogues.ts';

await speak('en');
