/**
 * The token gateway (IEC 62056-6-2, class 115): octets of a DLMS client become twenty digits for the
 * meter's decoder, and its verdict becomes a token_status.
 *
 * What `enter` takes is not standardised; this meter takes what is seen in the field, as far as its
 * settings say: twenty ASCII digits, ten octets of packed BCD, nine octets of a 66-bit number. Anything
 * else is a format failure.
 */
import { parseHex } from '#lib/core/bytes/hex.ts';
import { array, enumerated, octetString } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { TOKEN_RESULTS } from '#lib/core/sts/decoder/token-result.ts';
import { hasPlant } from '../plants.ts';
import { clockAt, type CosemMeter } from './cosem-meter.ts';
import { cosemObject, type CosemObject, type Invoked, type Question } from './cosem-object.ts';
import { clockData, NO_INSTANT, textData } from './cosem-values.ts';
import { nextTokenMs, type PendingToken, progressOf } from './gateway.ts';
import {
	carryOutToken,
	DELIVERIES,
	receiveToken,
	resultOf,
	type TokenEntry,
} from './token-entry.ts';
import { resultStatusData, statusCode, tokenStatusData } from './token-status.ts';

export const TOKEN_GATEWAY_NAME = '0.0.19.40.0';
export const ENTER = 1;

/** How far a waiting token has come. */
function pendingStatus(value: CosemMeter, token: PendingToken, instantMs: number): Data {
	const { gateway } = value;
	const { stage } = TOKEN_RESULTS[resultOf(value, token, nextTokenMs(gateway))];
	const waitedMs = instantMs - token.receivedMs;
	return tokenStatusData(statusCode(progressOf(gateway.settings, waitedMs, stage)));
}

/** The status of what the gateway has last. */
function statusData(value: CosemMeter, entry: TokenEntry | undefined, instantMs: number): Data {
	const { pending } = value.gateway;
	if (pending) return pendingStatus(value, pending, instantMs);
	return entry ? resultStatusData(entry.result) : tokenStatusData(statusCode('format-ok'));
}

/** One token at a time: while one waits, another is to come later. */
function enter(
	{ meter: before, instantMs, asking }: Question,
	parameter: Data | undefined,
): Invoked {
	if (asking.role === 'consumer' && hasPlant(before.meter, 'consumer-may-not-enter'))
		return { refused: 'read-write-denied' };
	if (parameter?.type !== 'octet-string') return { refused: 'type-unmatched' };
	const { settings, pending } = before.gateway;
	if (pending) return { refused: 'temporary-failure' };
	const token = receiveToken(parameter.value, settings.encodings, instantMs);
	const after =
		settings.processingMs > 0
			? { ...before, gateway: { settings, pending: token } }
			: carryOutToken(before, token, instantMs, 'remote').value;
	const returned = statusData(after, after.entries.at(-1), instantMs);
	return { meter: after, ...(settings.returnsStatus && { returned }) };
}

/** The entry that the attributes tell of. */
const shownEntry = ({ meter }: Question): TokenEntry | undefined =>
	meter.entries.at(hasPlant(meter.meter, 'status-of-earlier-token') ? -2 : -1);

const pendingToken = ({ meter }: Question): PendingToken | null => meter.gateway.pending;

/** The status to be read, which a planted fault keeps from ever being final. */
function shownStatus(question: Question): Data {
	const { meter, instantMs } = question;
	const entry = shownEntry(question);
	return entry && !meter.gateway.pending && hasPlant(meter.meter, 'status-never-final')
		? tokenStatusData(statusCode('validation-ok'))
		: statusData(meter, entry, instantMs);
}

export const TOKEN_GATEWAY: CosemObject = cosemObject(
	115,
	TOKEN_GATEWAY_NAME,
	{
		2: (question) =>
			octetString(
				parseHex(pendingToken(question)?.tokenHex ?? shownEntry(question)?.tokenHex ?? ''),
			),
		3: (question) => {
			const atMs = pendingToken(question)?.receivedMs ?? shownEntry(question)?.atMs;
			return atMs === undefined ? NO_INSTANT : clockData(clockAt(question.meter, atMs));
		},
		4: (question) => {
			const entry = pendingToken(question) ? undefined : shownEntry(question);
			return entry ? array(textData(entry.result)) : array();
		},
		5: (question) => {
			const entry = pendingToken(question) ? undefined : shownEntry(question);
			return enumerated(DELIVERIES[entry?.delivery ?? 'remote']);
		},
		6: shownStatus,
	},
	{ lowest: 'consumer', methods: [{ index: ENTER, lowest: 'consumer', invoke: enter }] },
);
