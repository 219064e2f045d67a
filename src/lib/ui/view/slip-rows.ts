/** A slip as two rows of digits in groups, with the digits marked that it is about. */
import { GROUP_DIGITS } from '#lib/core/sts/token-number.ts';
import type { Slip } from '#lib/core/vending/reject-doctor/slip.ts';

export interface MarkedDigit {
	readonly digit: string;
	readonly marked: boolean;
}

type Row = readonly (readonly MarkedDigit[])[];

/** From which digit on, and how many, are marked. */
interface Span {
	readonly at: number;
	readonly count: number;
}

const NONE: Span = { at: 0, count: 0 };

function spans(slip: Slip): { token: Span; typed: Span } {
	const { at } = slip;
	switch (slip.kind) {
		case 'swapped':
			return { token: { at, count: 2 }, typed: { at, count: 2 } };
		case 'missing':
			return { token: { at, count: slip.count }, typed: NONE };
		case 'extra':
			return { token: NONE, typed: { at, count: slip.count } };
		case 'digit':
		case 'several':
			return { token: { at, count: 1 }, typed: { at, count: 1 } };
	}
}

function row(digits: string, { at, count }: Span): Row {
	const marked = [...digits].map((digit, place) => ({
		digit,
		marked: place >= at && place < at + count,
	}));
	return Array.from({ length: Math.ceil(marked.length / GROUP_DIGITS) }, (_, group) =>
		marked.slice(group * GROUP_DIGITS, (group + 1) * GROUP_DIGITS),
	);
}

export function slipRows(token: string, typed: string, slip: Slip): { token: Row; typed: Row } {
	const marks = spans(slip);
	return { token: row(token, marks.token), typed: row(typed, marks.typed) };
}

/** The group that a slip is in, from 1; one after the last digit belongs to the last group. */
export function slipGroup(token: string, { at }: Slip): number {
	return Math.floor(Math.min(at, token.length - 1) / GROUP_DIGITS) + 1;
}
