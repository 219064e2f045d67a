/** What a vector is, and what can be said of it after it was run. */

/** One published example: `kind` for STS, `layer` for DLMS. */
export interface Vector {
	readonly id: string;
	readonly kind?: string;
	readonly layer?: string;
	readonly [field: string]: unknown;
}

/** What became of a vector. */
export type Verdict =
	| { readonly outcome: 'passed' }
	| { readonly outcome: 'failed'; readonly expected: string; readonly came: string }
	| { readonly outcome: 'skipped'; readonly why: string };

/** One thing that must agree. Texts agree without regard to case; numbers and their decimal text are the same. */
export interface Check {
	readonly what: string;
	readonly expected: unknown;
	readonly came: unknown;
}

/** A value as text to compare and to print: objects with their members in order of name. */
function plain(value: unknown): string {
	if (typeof value !== 'object' || value === null) return String(value).toLowerCase();
	if (Array.isArray(value)) return `[${value.map(plain).join(',')}]`;
	const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${members.map(([name, member]) => `${name}:${plain(member)}`).join(',')}}`;
}

/** The first check that does not agree, or that all do. No check at all is a failure too. */
export function judge(checks: readonly Check[]): Verdict {
	if (checks.length === 0)
		return { outcome: 'failed', expected: 'something to check', came: 'nothing named in expected' };
	const broken = checks.find(({ expected, came }) => plain(expected) !== plain(came));
	if (!broken) return { outcome: 'passed' };
	const { what, expected, came } = broken;
	return {
		outcome: 'failed',
		expected: `${what} ${plain(expected)}`,
		came: came === undefined ? 'nothing' : plain(came),
	};
}

/** A failure that has a sentence of its own. */
export function failed(expected: string, came: string): Verdict {
	return { outcome: 'failed', expected, came };
}
