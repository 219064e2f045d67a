/** A paper to see whether a printer works and how wide it is. Nothing on it looks like a token. */
import { CUT, GAP, heading, type Paper, type PaperColumns, RULE, text } from './paper.ts';
import { countIn, type StaffPaperWords } from './paper-words.ts';

export function testPaper(columns: PaperColumns, writing: StaffPaperWords): Paper {
	const own = writing.own.testPaper;
	const digits = '1234567890'.repeat(5).slice(0, columns);
	return [
		heading(own.title),
		text(own.lead),
		text(own.columns(countIn(writing, columns))),
		RULE,
		text(digits),
		text(own.widthWhy),
		RULE,
		text(own.letters),
		{ kind: 'groups', groups: Array<string>(5).fill('TEST'), joiner: ' ' },
		GAP,
		{ kind: 'qr', text: 'tokenline:test' },
		CUT,
	];
}
