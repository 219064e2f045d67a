/**
 * A token on its way into the meter, from a wire or from the keypad, and the note of it that the payment
 * logs show.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import { decodeTokenParameter, type TokenEncoding } from '#lib/core/dlms/profile/meter-profile.ts';
import type { TokenResult } from '#lib/core/sts/decoder/token-result.ts';
import { enterToken, type TokenOutcome } from '../enter-token.ts';
import type { CosemMeter } from './cosem-meter.ts';
import type { PendingToken } from './gateway.ts';

/** How a token came (class 115, attribute 5), by code. */
export const DELIVERIES = { remote: 0, local: 1, manual: 2 } as const;
export type Delivery = keyof typeof DELIVERIES;

/** One token that was entered, as the payment logs show it. */
export interface TokenEntry {
	/** When it was received. */
	readonly atMs: number;
	/** What was received, cut to the octets that are kept. */
	readonly tokenHex: string;
	readonly delivery: Delivery;
	readonly result: TokenResult;
	/** Energy the token credited; 0 where it did not. */
	readonly creditedWh: number;
	/** Credit after it. */
	readonly creditWh: number;
}

/** Entries kept. */
export const TOKEN_ENTRY_CAPACITY = 100;

/** Octets kept of what was entered; a token has at most twenty. */
export const MAX_KEPT_TOKEN_OCTETS = 32;

/** The encodings differ in length, so that each is known by it. */
const ENCODING_OF_LENGTH: Readonly<Record<number, TokenEncoding>> = {
	20: 'ascii-20',
	10: 'bcd-10',
	9: 'binary-9',
};

/** What a client sent as a token that waits to be carried out. */
export function receiveToken(
	octets: Uint8Array,
	encodings: readonly TokenEncoding[],
	instantMs: number,
): PendingToken {
	const encoding = ENCODING_OF_LENGTH[octets.length];
	const isTaken = encoding !== undefined && encodings.includes(encoding);
	return {
		receivedMs: instantMs,
		tokenHex: formatHex(octets.subarray(0, MAX_KEPT_TOKEN_OCTETS)),
		digits: (isTaken ? decodeTokenParameter(octets) : undefined) ?? null,
	};
}

/** What the meter will say to it, and what it is then; a text that is no token never reaches the decoder. */
function outcomeOf(
	value: CosemMeter,
	{ digits }: PendingToken,
	atMs: number,
): ReturnType<typeof enterToken> {
	return digits === null
		? { meter: value.meter, outcome: { result: 'FormatError' } }
		: enterToken(value.meter, digits, atMs);
}

/** The result that a waiting token will have when it is worked through at `atMs`. */
export function resultOf(value: CosemMeter, token: PendingToken, atMs: number): TokenResult {
	return outcomeOf(value, token, atMs).outcome.result;
}

/** Carries a received token out and notes it. */
export function carryOutToken(
	value: CosemMeter,
	token: PendingToken,
	atMs: number,
	delivery: Delivery,
): { readonly value: CosemMeter; readonly outcome: TokenOutcome } {
	const { meter, outcome } = outcomeOf(value, token, atMs);
	const done = 'done' in outcome && outcome.done.kind === 'credited' ? outcome.done : undefined;
	const entry: TokenEntry = {
		atMs: token.receivedMs,
		tokenHex: token.tokenHex,
		delivery,
		result: outcome.result,
		creditedWh: done ? done.energyWh - done.collectedWh : 0,
		creditWh: meter.supply.creditWh,
	};
	const entries = [...value.entries, entry].slice(-TOKEN_ENTRY_CAPACITY);
	return { value: { ...value, meter, entries }, outcome };
}

/**
 * Twenty digits keyed in at the meter itself: carried out at once.
 * @param digits whatever was keyed in
 */
export function enterOnKeypad(
	value: CosemMeter,
	digits: string,
	instantMs: number,
): { readonly value: CosemMeter; readonly outcome: TokenOutcome } {
	const typed = digits.replace(/[^ -~]/g, '?');
	const kept = asciiOctets(typed).subarray(0, MAX_KEPT_TOKEN_OCTETS);
	const token = { receivedMs: instantMs, tokenHex: formatHex(kept), digits };
	return carryOutToken(value, token, instantMs, 'manual');
}
