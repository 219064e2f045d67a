/** What a problem document says, in this app's own words where it has them. */
import { isRefusalCode } from '#lib/core/vending/refusals.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import { words } from '#lib/ui/state/language.ts';

/** Title, sentence, and the code for the help line. */
export function problemWords(problem: Problem): { title: string; detail: string; code: string } {
	const { code, title, detail, facts = {} } = problem;
	if (!isRefusalCode(code)) return { title, detail, code };
	const texts = Object.entries(facts).map(([name, fact]) => [name, String(fact)]);
	const own = words.problems[code];
	return { title: own.title, detail: own.detail(Object.fromEntries(texts)), code };
}
