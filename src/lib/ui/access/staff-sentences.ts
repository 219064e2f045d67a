/** What refusals say that only staff meet: a consumer's page is without it, and says them in general words. */
import { staffProblems } from '#lib/core/words/en/staff-problems.ts';
import { words } from '#lib/ui/state/language.ts';

/** Before the first screen of staff is drawn. */
export function speakToStaff(): void {
	Object.assign(words.problems, staffProblems);
}
