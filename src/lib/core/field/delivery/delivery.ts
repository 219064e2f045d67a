/**
 * A delivery of one token, or of a queue, to one meter: a value that is stored after every step, before
 * anything goes on the line, so that a reload or a pulled cable changes nothing about what is known.
 *
 * Always holds: tokens stand in the order of entry; at most one of them is on its way; a token that may be
 * in the meter is never sent again but by a person's word.
 */
import * as v from 'valibot';
import type { Obis } from '../../dlms/cosem/obis.ts';
import { TOKEN_ENCODINGS } from '../../dlms/profile/meter-profile.ts';
import { ACTION_RESULTS } from '../../dlms/apdu/results.ts';
import { MAX_TOKEN_OCTETS } from './gateway-reading.ts';
import { UNCLEAR } from './judge-landing.ts';
import { TOKEN_KINDS } from './queued-token.ts';
import { STATUS_STAGES } from './token-status.ts';

/** Of what is stored; rises with every change of it. */
export const DELIVERY_VERSION = 1;

/** A meter remembers fifty tokens (sts.md §13.4); a queue of more is somebody's mistake. */
export const MAX_QUEUE = 50;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const orNull = <Shape extends v.GenericSchema>(shape: Shape) => v.nullable(shape);
const hex = (octets: number) =>
	v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})*$/), v.maxLength(2 * octets));
const logicalName = v.pipe(
	v.string(),
	v.regex(/^\d{1,3}(\.\d{1,3}){5}$/),
	v.transform((text) => text as Obis),
);

const Status = v.strictObject({ code: whole, bits: hex(8) });

const Reading = v.strictObject({
	token: orNull(hex(MAX_TOKEN_OCTETS)),
	time: orNull(hex(12)),
	method: orNull(whole),
	status: orNull(Status),
	credit: orNull(v.pipe(v.number(), v.safeInteger())),
	available: orNull(v.pipe(v.number(), v.safeInteger())),
});

/** Why a person must decide about a token. */
export const UNDECIDED = [
	...UNCLEAR,
	/** The meter has the token and never came to an end with it. */
	'no-final-status',
	/** It went out several times, the meter answers to nothing, and does not have it. */
	'never-arrives',
	/** The meter says something about it that the standard does not know. */
	'status-not-known',
] as const;
export type Undecided = (typeof UNDECIDED)[number];

const Phase = v.variant('phase', [
	v.strictObject({ phase: v.literal('waiting') }),
	/** Stored before the token goes out. Found after a reload, it means that nobody knows. */
	v.strictObject({ phase: v.literal('entering'), before: Reading }),
	/** The answer is lost. `absent`: one reading has not found the token; `readings` so far. */
	v.strictObject({
		phase: v.literal('unknown'),
		before: Reading,
		readings: whole,
		absent: v.boolean(),
	}),
	/** The meter has it. `same`: a final status that reads as it did before was read once. */
	v.strictObject({
		phase: v.literal('pending'),
		before: Reading,
		readings: whole,
		same: v.boolean(),
	}),
	v.strictObject({
		phase: v.literal('undecided'),
		before: Reading,
		why: v.picklist(UNDECIDED),
		found: Reading,
		/** Whether the meter is known to have it. */
		landed: v.boolean(),
	}),
	v.strictObject({
		phase: v.literal('accepted'),
		status: Status,
		before: Reading,
		after: orNull(Reading),
	}),
	v.strictObject({
		phase: v.literal('refused'),
		stage: v.picklist(STATUS_STAGES),
		status: Status,
		before: Reading,
		after: orNull(Reading),
	}),
	/** The gateway did not take it at all: the result of the method, by name. */
	v.strictObject({
		phase: v.literal('not-taken'),
		result: v.picklist(ACTION_RESULTS.map(({ name }) => name)),
	}),
	/** A person has let it be; what became of it is not known, or it was never sent. */
	v.strictObject({ phase: v.literal('left') }),
]);

const Token = v.strictObject({
	digits: v.pipe(v.string(), v.regex(/^\d{20}$/)),
	tokenClass: v.picklist([0, 1, 2]),
	kind: orNull(v.picklist(TOKEN_KINDS)),
	set: orNull(v.pipe(v.string(), v.maxLength(64))),
	place: orNull(whole),
	/** How often it went out. */
	sends: whole,
	/** The last time by a person's word, although the meter may have had it. */
	again: v.boolean(),
	state: Phase,
});

/** Why the rest of a queue is held back. */
export const STOP_REASONS = [
	/** The gateway takes no token, or not in this form: none of the rest will fare better. */
	'gateway-refuses',
	/** A wrong key, a wrong meter or a slip of the keys: a wrong key fails all, and each more locks the meter longer. */
	'not-authentic',
	/** What kept the meter from carrying this one out, a full register or a lock-out, is still there for the next. */
	'not-carried-out',
	/** Two in a row were old, used or expired; after a third many meters lock. */
	'refused-in-a-row',
	/** A section was refused: the rest of the set is of no use, and what comes after it is under the new key. */
	'key-change-refused',
	/** Our own side cannot send it: not agreed, too long, or the key used up. */
	'cannot-send',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

export const DeliveryShape = v.strictObject({
	version: v.literal(DELIVERY_VERSION),
	/** Which meter, as it tells itself: a delivery goes on with that one only. */
	meter: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
	place: v.strictObject({ gateway: logicalName, credit: logicalName, account: logicalName }),
	/** The one way this meter takes a token. */
	encoding: v.picklist(TOKEN_ENCODINGS),
	/** What the gateway said since the last token and since we connected; null: read before the next. */
	seen: orNull(Reading),
	tokens: v.pipe(v.array(Token), v.minLength(1), v.maxLength(MAX_QUEUE)),
	stopped: orNull(v.picklist(STOP_REASONS)),
});

type Deep<T> = T extends string | number | boolean | null
	? T
	: { readonly [Key in keyof T]: Deep<T[Key]> };

export type Delivery = Deep<v.InferOutput<typeof DeliveryShape>>;
export type DeliveryToken = Delivery['tokens'][number];
export type TokenState = DeliveryToken['state'];
export type TokenPhase = TokenState['phase'];

/** A token about which nothing is to be done any more. */
export const FINAL_PHASES = ['accepted', 'refused', 'not-taken', 'left'] as const;

export function isFinal({ state }: DeliveryToken): boolean {
	return (FINAL_PHASES as readonly TokenPhase[]).includes(state.phase);
}

/** Whether a token is on its way, so that the meter must be read before anything else. */
export const isUnderWay = ({ tokens }: Pick<Delivery, 'tokens'>): boolean =>
	tokens.some(({ state }) => ['entering', 'unknown', 'pending'].includes(state.phase));

/** The delivery with one token in another state. */
export function withState(delivery: Delivery, index: number, state: TokenState): Delivery {
	return withToken(delivery, index, { state });
}

export function withToken(
	delivery: Delivery,
	index: number,
	changes: Partial<DeliveryToken>,
): Delivery {
	const token = { ...(delivery.tokens[index] as DeliveryToken), ...changes };
	return { ...delivery, tokens: delivery.tokens.with(index, token) };
}

/** The tokens that have not come to an end, in their order. */
export function remaining({ tokens }: Delivery): DeliveryToken[] {
	return tokens.filter((token) => !isFinal(token));
}
