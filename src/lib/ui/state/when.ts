/** When something was, in the language of this page, by the time that can be believed. */
import { sayWhen } from '#lib/ui/view/ages.ts';
import { language, words } from './language.ts';
import { serviceClock } from './service-clock.svelte.ts';

export const when = (thenMs: number): string =>
	sayWhen(thenMs, serviceClock.now, language, words.keeping.noDate);
