/**
 * A meter's tokens as a technician's device keeps them: the delivery machine's state, and beside each token
 * what it is of and what of it is written in the journal already. Stored as JSON after every step.
 *
 * Always holds: a verdict is written down once, and again only when it becomes another one.
 */
import * as v from 'valibot';
import {
	type Delivery,
	type DeliveryToken,
	isFinal,
	isUnderWay,
} from '#lib/core/field/delivery/delivery.ts';
import {
	parseDelivery,
	type StoredDeliveryRefusal,
} from '#lib/core/field/delivery/parse-delivery.ts';
import { DELIVERY_VERDICTS, type DeliveryVerdict } from '../field-deeds.ts';
import { Id, TOKEN_KINDS } from '../wire.ts';

/** Of what is stored around the delivery; rises with every change of it. */
export const FIELD_DELIVERY_VERSION = 1;

/** Tokens taken by this meter that are remembered, so that a list fetched before does not offer them again. */
export const MAX_SETTLED = 200;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const digits = v.pipe(v.string(), v.regex(/^\d{20}$/));

const Known = v.strictObject({
	/** Null: somebody keyed the digits in. */
	vendId: v.nullable(Id),
	sequence: v.nullable(v.pipe(whole, v.minValue(1), v.maxValue(20))),
	kind: v.nullable(v.picklist(TOKEN_KINDS)),
	energyDeciKwh: v.nullable(whole),
	test: v.boolean(),
	/** The answer to it was lost at least once. */
	lost: v.boolean(),
	/** What the journal says of it. */
	proven: v.nullable(v.picklist(DELIVERY_VERDICTS)),
});

const Stored = v.strictObject({
	version: v.literal(FIELD_DELIVERY_VERSION),
	delivery: v.unknown(),
	known: v.array(Known),
	settled: v.pipe(v.array(digits), v.maxLength(MAX_SETTLED)),
});

export type KnownToken = Readonly<v.InferOutput<typeof Known>>;

export interface FieldDelivery {
	readonly version: typeof FIELD_DELIVERY_VERSION;
	readonly delivery: Delivery;
	/** In the order of the delivery's tokens. */
	readonly known: readonly KnownToken[];
	/** Digits that this meter has taken before. */
	readonly settled: readonly string[];
}

/** What was stored, read back; a list that does not belong to its delivery is refused with it. */
export function parseFieldDelivery(snapshot: string): FieldDelivery | StoredDeliveryRefusal {
	let json: unknown;
	try {
		json = JSON.parse(snapshot);
	} catch {
		return { refused: 'not-a-delivery' };
	}
	if (typeof json !== 'object' || json === null || !('version' in json))
		return { refused: 'not-a-delivery' };
	const { version } = json;
	if (typeof version === 'number' && version !== FIELD_DELIVERY_VERSION)
		return { refused: 'version', found: version };
	const stored = v.safeParse(Stored, json, { abortEarly: true });
	if (!stored.success) return { refused: 'field', path: v.getDotPath(stored.issues[0]) ?? '' };
	const delivery = parseDelivery(stored.output.delivery);
	if ('refused' in delivery) return delivery;
	if (delivery.tokens.length !== stored.output.known.length) return { refused: 'contradiction' };
	return { ...stored.output, delivery };
}

/** Takes a state of the machine in; a token whose answer is lost is remembered as such. */
export function withDelivery(field: FieldDelivery, delivery: Delivery): FieldDelivery {
	const known = field.known.map((one, at) =>
		!one.lost && delivery.tokens[at]?.state.phase === 'unknown' ? { ...one, lost: true } : one,
	);
	return { ...field, delivery, known };
}

/**
 * The verdict of a token that can be written down; undefined where it is not handed over, or still on its way.
 * @param over nobody is at the meter any more: what is on its way is unknown until somebody is
 */
export function verdictOf(
	{ state, sends }: DeliveryToken,
	over: boolean,
): DeliveryVerdict | undefined {
	switch (state.phase) {
		case 'accepted':
			return 'accepted';
		case 'refused':
		case 'not-taken':
			return 'refused';
		case 'undecided':
			return 'unknown';
		case 'left':
			return sends > 0 ? 'unknown' : undefined;
		case 'entering':
		case 'unknown':
		case 'pending':
			return over ? 'unknown' : undefined;
		case 'waiting':
			return undefined;
	}
}

/** Places of the tokens whose verdict is to be written down now, in order. */
export function dueProofs({ delivery, known }: FieldDelivery, over: boolean): number[] {
	const { tokens } = delivery;
	const reached = tokens.findLastIndex(({ state }) => state.phase !== 'waiting');
	return tokens.flatMap((token, at) => {
		const verdict = verdictOf(token, over);
		if (verdict === undefined || verdict === known[at]?.proven) return [];
		// The credit after it is read in a moment, unless the queue has gone on or is over.
		const { state } = token;
		const ending = state.phase === 'accepted' || state.phase === 'refused';
		return ending && !state.after && !over && at === reached ? [] : [at];
	});
}

/** The record with one verdict written down. */
export function withProof(
	field: FieldDelivery,
	at: number,
	verdict: DeliveryVerdict,
): FieldDelivery {
	const known = field.known.map((one, place) => (place === at ? { ...one, proven: verdict } : one));
	return { ...field, known };
}

/** Whether anything is still to be done about it: sent, read back, or decided by a person. */
export const isUnfinished = ({ delivery: { tokens } }: FieldDelivery): boolean =>
	tokens.some((token) => !isFinal(token));

/** Whether a token is on its way, so that the meter must be read before anything else. */
export const isOnItsWay = ({ delivery }: FieldDelivery): boolean => isUnderWay(delivery);

/** Digits that the meter has taken: those before, and those of this delivery. */
export function settledBy({ settled, delivery }: FieldDelivery): string[] {
	const taken = delivery.tokens.filter(({ state }) => state.phase === 'accepted');
	return [...new Set([...settled, ...taken.map((token) => token.digits)])].slice(-MAX_SETTLED);
}
