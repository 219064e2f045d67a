/**
 * Opening and closing a meter's relay from here (class 70): what its control mode lets happen, and what
 * the relay says afterwards (dlms.md §7).
 */
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { integer } from '#lib/core/dlms/axdr/build.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import type { RelayStanding } from '../glance/relay.ts';

export type RelayWish = 'disconnect' | 'reconnect';

/** What a wish from afar leads to in a mode; undefined where the mode bars it. */
interface ModeRow {
	readonly disconnect?: 'open';
	readonly reconnect?: 'closed' | 'armed';
}

/** The control modes of the standard; makers have others, of which nothing is known. */
export const CONTROL_MODES: Readonly<Record<number, ModeRow>> = {
	0: {},
	1: { disconnect: 'open', reconnect: 'armed' },
	2: { disconnect: 'open', reconnect: 'closed' },
	3: { disconnect: 'open', reconnect: 'armed' },
	4: { disconnect: 'open', reconnect: 'closed' },
	5: { disconnect: 'open', reconnect: 'armed' },
	6: { disconnect: 'open', reconnect: 'armed' },
	7: { disconnect: 'open', reconnect: 'closed' },
};

/** Why a relay is not switched, in order of precedence. */
export const RELAY_REFUSALS = [
	'relay-not-readable',
	/** It stands as wished already. */
	'already-so',
	/** It waits for a hand at the meter already. */
	'already-armed',
	'mode-bars-it',
	/** Without credit no meter closes, whoever wishes it. */
	'no-credit',
] as const;
export type RelayRefusal = (typeof RELAY_REFUSALS)[number];

export interface RelayFacts {
	readonly standing: RelayStanding;
	/** Undefined where it was not to be read. */
	readonly mode: number | undefined;
	/** Undefined where the meter does not say. */
	readonly outOfCredit: boolean | undefined;
}

/** What is expected of the relay afterwards; `unknown` in a mode of the maker's own. */
export type RelayExpectation = 'open' | 'closed' | 'armed' | 'unknown';

/** Whether a relay can be switched, and how it should stand afterwards. */
export function decideSwitch(
	wish: RelayWish,
	{ standing, mode, outOfCredit }: RelayFacts,
): { readonly expected: RelayExpectation } | { readonly refusal: RelayRefusal } {
	if (standing === 'unknown') return { refusal: 'relay-not-readable' };
	if (standing === (wish === 'disconnect' ? 'open' : 'closed')) return { refusal: 'already-so' };
	const row = mode === undefined ? undefined : CONTROL_MODES[mode];
	const expected = row?.[wish];
	if (row && !expected) return { refusal: 'mode-bars-it' };
	if (wish === 'reconnect' && standing === 'armed' && expected === 'armed')
		return { refusal: 'already-armed' };
	if (wish === 'reconnect' && outOfCredit) return { refusal: 'no-credit' };
	return { expected: expected ?? 'unknown' };
}

const RELAY_CLASS = 70;
const METHODS: Readonly<Record<RelayWish, number>> = { disconnect: 1, reconnect: 2 };

/** The wish as a method call. */
export const switchWish = (logicalName: Obis, wish: RelayWish): Wish => ({
	kind: 'action',
	target: { classId: RELAY_CLASS, logicalName, method: METHODS[wish] },
	parameter: integer(0),
});

/** Reading how a relay stands: contacts, state, mode. */
export const relayReads = (logicalName: Obis) =>
	[2, 3, 4].map((attribute) => ({ classId: RELAY_CLASS, logicalName, attribute }));

/** What became of it. */
export const RELAY_VERDICTS = [
	'done',
	/** It will close when a hand at the meter wants it. */
	'waits-for-hand',
	/** The meter said no. */
	'refused',
	/** The meter said yes, and the relay stands as before. */
	'no-change',
	/** Neither its answer nor its standing is known. */
	'unknown',
] as const;
export type RelayVerdict = (typeof RELAY_VERDICTS)[number];

/**
 * What a relay that was read again says.
 * @param result of the method, 0 success; undefined where no answer came
 */
export function judgeSwitch(
	wish: RelayWish,
	result: number | undefined,
	after: RelayStanding,
): RelayVerdict {
	if (after === (wish === 'disconnect' ? 'open' : 'closed')) return 'done';
	// An armed relay is open: for a disconnection that is done too.
	if (after === 'armed') return wish === 'disconnect' ? 'done' : 'waits-for-hand';
	if (result !== undefined && result !== 0) return 'refused';
	return after === 'unknown' || after === 'contradictory' ? 'unknown' : 'no-change';
}
