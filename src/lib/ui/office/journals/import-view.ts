/** Rows of an import that somebody should look at, as the table shows them. */
import { isRefusalCode } from '#lib/core/vending/refusals.ts';
import { count, words as all } from '#lib/ui/state/language.ts';
import { problemWords } from '#lib/ui/view/problem-words.ts';
import { journalWords } from '../words.ts';
import type { RowToSee } from './import-tally.ts';

const own = journalWords.imports;

export interface SeenRow {
	readonly number: string;
	readonly why: string;
	readonly code: string;
}

export function seenRow({ sequence, because }: RowToSee): SeenRow {
	const number = sequence === null ? own.unnumbered : count(sequence);
	if (because.kind === 'not-taken') {
		const { title, detail, code } = problemWords(because.problem);
		return { number, why: `${title}. ${detail}`, code };
	}
	const { code } = because;
	const title = isRefusalCode(code) ? all.problems[code].title : code;
	return { number, why: `${own.saleRefused} ${title}`, code };
}
