/**
 * The token gateway (IEC 62056-6-2, class 115): octets of a DLMS client become twenty digits for the
 * meter's decoder, and its verdict becomes a token_status.
 *
 * What `enter` takes is not standardised; this meter takes what is seen in the field: twenty ASCII
 * digits, ten octets of packed BCD, nine octets of a 66-bit number. Anything else is a format failure.
 */
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { array, enumerated, octetString, structure } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { TOKEN_STATUS_CODES, type TokenStatusName } from '#lib/core/dlms/cosem/payment-classes.ts';
import {
	TOKEN_RESULTS,
	type TokenResult,
	type TokenStage,
} from '#lib/core/sts/decoder/token-result.ts';
import { TOKEN_DIGITS } from '#lib/core/sts/token-number.ts';
import { enterToken } from '../enter-token.ts';
import { clockAt, MAX_KEPT_TOKEN_OCTETS, noteEntry, type TokenEntry } from './cosem-meter.ts';
import { cosemObject, type CosemObject, type Invoked, type Question } from './cosem-object.ts';
import { clockData, eightBits, NO_INSTANT, textData } from './cosem-values.ts';

/** The status of a token that was refused at a stage. A locked meter does not carry it out, now. */
const STATUS_OF_STAGE: Readonly<Record<TokenStage, TokenStatusName>> = {
	format: 'format-failure',
	authentication: 'authentication-failure',
	validation: 'validation-failure',
	execution: 'execution-failure',
	lockout: 'execution-failure',
};

/** The `token_status` code of a result. */
export function tokenStatusCode(result: TokenResult): number {
	const { stage, taken } = TOKEN_RESULTS[result];
	const name: TokenStatusName = taken ? 'execution-ok' : STATUS_OF_STAGE[stage];
	return (TOKEN_STATUS_CODES.find((row) => row.name === name) as { code: number }).code;
}

/** The status of an entry; the eight bits are the number one widespread maker shows for the result. */
export function tokenStatusData(entry: TokenEntry | undefined): Data {
	if (!entry) return structure(enumerated(0), eightBits(0));
	const { register } = TOKEN_RESULTS[entry.result];
	return structure(enumerated(tokenStatusCode(entry.result)), eightBits(register ?? 0));
}

const BCD_OCTETS = 10;
const BINARY_OCTETS = 9;

/** Octets as twenty digits, in any of the three forms; undefined for anything else. */
export function tokenDigitsOf(octets: Uint8Array): string | undefined {
	if (octets.length === TOKEN_DIGITS) {
		const text = String.fromCharCode(...octets);
		return /^\d+$/.test(text) ? text : undefined;
	}
	const hex = formatHex(octets.subarray(0, BCD_OCTETS));
	if (octets.length === BCD_OCTETS) return /^\d+$/.test(hex) ? hex : undefined;
	if (octets.length !== BINARY_OCTETS || (octets[0] as number) > 3) return undefined;
	return BigInt(`0x${hex}`).toString().padStart(TOKEN_DIGITS, '0');
}

function enter({ meter: before, instantMs }: Question, parameter: Data | undefined): Invoked {
	if (parameter?.type !== 'octet-string') return { refused: 'type-unmatched' };
	const digits = tokenDigitsOf(parameter.value);
	const { creditWh: creditBeforeWh } = before.meter.supply;
	const entered = digits
		? enterToken(before.meter, digits, instantMs)
		: { meter: before.meter, outcome: { result: 'FormatError' as const } };
	const { creditWh } = entered.meter.supply;
	const entry: TokenEntry = {
		atMs: instantMs,
		tokenHex: formatHex(parameter.value.subarray(0, MAX_KEPT_TOKEN_OCTETS)),
		result: entered.outcome.result,
		creditedWh: Math.max(0, creditWh - creditBeforeWh),
		creditWh,
	};
	const meter = noteEntry({ ...before, meter: entered.meter }, entry);
	return { meter, returned: tokenStatusData(entry) };
}

const lastEntry = ({ meter }: Question): TokenEntry | undefined => meter.entries.at(-1);

/** 0 remote: every entry that the gateway keeps came over the wire. */
const REMOTE = 0;

export const TOKEN_GATEWAY: CosemObject = cosemObject(
	115,
	'0.0.19.40.0',
	{
		2: (question) => octetString(parseHex(lastEntry(question)?.tokenHex ?? '')),
		3: (question) => {
			const entry = lastEntry(question);
			return entry ? clockData(clockAt(question.meter, entry.atMs)) : NO_INSTANT;
		},
		4: (question) => {
			const entry = lastEntry(question);
			return entry ? array(textData(entry.result)) : array();
		},
		5: () => enumerated(REMOTE),
		6: (question) => tokenStatusData(lastEntry(question)),
	},
	{ methods: [{ index: 1, lowest: 'reading', invoke: enter }] },
);
