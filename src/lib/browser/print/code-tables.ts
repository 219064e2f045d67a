/**
 * The tables of letters that a printer can be told to use. Only such ones are offered that nearly every make has
 * under the same number and that the platform can read back, so that what a table holds is not ours to type.
 */

export const CODE_TABLES = ['ascii', 'windows1252', 'cp866'] as const;
export type CodeTable = (typeof CODE_TABLES)[number];

const LABELS: Readonly<Record<Exclude<CodeTable, 'ascii'>, string>> = {
	windows1252: 'windows-1252',
	cp866: 'ibm866',
};

const sets = new Map<CodeTable, ReadonlySet<string>>();

/** Characters beyond ASCII that the table has; none of `ascii`. */
export function charactersOf(table: CodeTable): ReadonlySet<string> {
	const known = sets.get(table) ?? readTable(table);
	sets.set(table, known);
	return known;
}

function readTable(table: CodeTable): ReadonlySet<string> {
	if (table === 'ascii') return new Set();
	const upper = Uint8Array.from({ length: 128 }, (_, at) => at + 128);
	const read = [...new TextDecoder(LABELS[table]).decode(upper)];
	// Gaps come back as control characters; spaces and hyphens that are not seen are the layout's business.
	return new Set(read.filter((character) => !/^[\p{C}\p{Z}\ufffd]$/u.test(character)));
}
