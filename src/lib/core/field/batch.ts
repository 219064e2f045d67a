/**
 * Attributes read together: how many one request may ask for, the request, and what its answer means for
 * each of them.
 */
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import { allows } from '#lib/core/dlms/apdu/conformance.ts';
import type { GetResult } from '#lib/core/dlms/apdu/get.ts';
import type { AttributeTarget } from '#lib/core/dlms/apdu/target.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';

/** One attribute to be read. */
export interface PlannedRead {
	readonly classId: number;
	readonly logicalName: Obis;
	readonly attribute: number;
}

/** The key of a read among its fellows. */
export const readKey = ({ classId, logicalName, attribute }: PlannedRead): string =>
	`${classId}/${logicalName}/${attribute}`;

/** Attributes in one request at most: beyond, a person waits too long for the next sign of life. */
export const MOST_IN_A_LIST = 16;

/** Class, name, attribute and the flag of no selection. */
const OCTETS_OF_A_TARGET = 10;
/** Tag, kind, invoke id, count, and what ciphering adds. */
const OCTETS_AROUND = 64;
/** What one value takes at most, as a rule: a text, a structure of a few numbers. */
const OCTETS_OF_A_VALUE = 40;

/** Attributes that one request may ask for; 1 where lists were not agreed. */
export function mostInAList({ conformance, maxPdu }: Agreement): number {
	if (!allows(conformance, 'multiple-references')) return 1;
	const asked = Math.floor((maxPdu - OCTETS_AROUND) / OCTETS_OF_A_TARGET);
	// Without blocks the answer has to fit as a whole; what a meter takes is what it gives, as a rule.
	const answered = allows(conformance, 'block-transfer-with-get')
		? MOST_IN_A_LIST
		: Math.floor((maxPdu - OCTETS_AROUND) / OCTETS_OF_A_VALUE);
	return Math.max(1, Math.min(MOST_IN_A_LIST, asked, answered));
}

const targetOf = ({ classId, logicalName, attribute }: PlannedRead): AttributeTarget => ({
	classId,
	logicalName,
	attribute,
});

/** The request for some reads, one at least. */
export function batchWish(reads: readonly PlannedRead[]): Wish {
	const [only] = reads;
	return reads.length === 1 && only
		? { kind: 'get', target: targetOf(only) }
		: { kind: 'get-list', targets: reads.map(targetOf) };
}

/**
 * What an answer says of each of `count` reads, undefined where it says nothing; `ask-alone` where each
 * is to be asked for by itself: a meter that refuses whole lists, loses them or answers them with another
 * count may still answer single questions.
 */
export function batchResults(
	answer: Answer | 'no-answer',
	count: number,
): readonly (GetResult | undefined)[] | 'ask-alone' {
	const results = resultsOf(answer, count);
	if (count === 1) return results ?? [undefined];
	return results?.some((result) => 'data' in result) ? results : 'ask-alone';
}

function resultsOf(answer: Answer | 'no-answer', count: number): readonly GetResult[] | undefined {
	if (answer === 'no-answer') return undefined;
	if (answer.kind === 'get') return count === 1 ? [answer.result] : undefined;
	return answer.kind === 'get-list' && answer.results.length === count ? answer.results : undefined;
}
