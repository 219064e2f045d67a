/** From tokens of a pack, of the office or of a person's fingers to a delivery, with what is known of each. Pure. */
import type { MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { planDelivery, type PlanRefusal } from '#lib/core/field/delivery/plan-delivery.ts';
import { MAX_QUEUE } from '#lib/core/field/delivery/delivery.ts';
import { orderTokens } from '#lib/core/field/delivery/order-tokens.ts';
import type { QueuedToken } from '#lib/core/field/delivery/queued-token.ts';
import type { Token } from '../wire.ts';
import type { JobPack } from '../wire-packs.ts';
import {
	FIELD_DELIVERY_VERSION,
	type FieldDelivery,
	isUnfinished,
	type KnownToken,
	settledBy,
} from './field-delivery.ts';

/** One token of a queue. */
export interface QueueLine extends QueuedToken {
	/** Null: somebody keyed the digits in. */
	readonly vendId: string | null;
	readonly sequence: number | null;
	/** Tokens of its vend; null where nobody knows. */
	readonly of: number | null;
	readonly energyDeciKwh: number | null;
	readonly test: boolean;
	/** How an earlier delivery of it ended, as far as the office knew. */
	readonly earlier: 'refused' | 'unknown' | null;
}

type PackMeter = Pick<JobPack['meters'][number], 'key' | 'keyWanted' | 'tokens'>;

/** The tokens that a pack has for a meter, in the order of the office. */
export function linesOfPack({ key, keyWanted, tokens }: PackMeter): QueueLine[] {
	const moves = keyWanted && (keyWanted.sgc !== key.sgc || keyWanted.krn !== key.krn);
	return tokens.map((token) => ({
		...{ digits: token.digits, kind: token.kind, set: token.vendId, place: token.sequence },
		...{ vendId: token.vendId, sequence: token.sequence, of: token.of, test: token.test },
		...{ madeAtMs: token.madeAtMs, energyDeciKwh: token.energyDeciKwh, earlier: token.delivery },
		...(moves && token.sgc === key.sgc && token.krn === key.krn && { underOldKey: true }),
	}));
}

/** The tokens of a vend that the office has just made. */
export const linesOfVend = (
	vendId: string,
	issuedAtMs: number,
	tokens: readonly Token[],
): QueueLine[] =>
	tokens.map(({ digits, kind, sequence, of, test, energyDeciKwh }) => ({
		...{ digits, kind, set: vendId, place: sequence, vendId, sequence, of, test },
		...{ madeAtMs: issuedAtMs, energyDeciKwh, earlier: null },
	}));

/** Twenty digits that somebody keyed in. */
export const lineOfDigits = (digits: string): QueueLine => ({
	...{ digits, vendId: null, sequence: null, of: null, energyDeciKwh: null },
	...{ test: false, earlier: null },
});

/** A token of a delivery that a person puts in the list again; undefined: it is none of it. */
export function lineAgain(field: FieldDelivery, digits: string): QueueLine | undefined {
	const at = field.delivery.tokens.findIndex((token) => token.digits === digits);
	const [token, known] = [field.delivery.tokens[at], field.known[at]];
	if (!token || !known) return undefined;
	const { vendId, sequence, kind, energyDeciKwh, test } = known;
	return {
		...{ ...lineOfDigits(digits), vendId, sequence, energyDeciKwh, test, earlier: 'refused' },
		...(kind && { kind }),
		...(token.set !== null && { set: token.set }),
		...(token.place !== null && { place: token.place }),
	};
}

/**
 * What is still to be handed over, in the order of entry: the pack's tokens and those that were added, without what the meter has
 * taken and what stands in its delivery already.
 * @param added by a person's word: also what was refused before
 */
export function queueOf(
	packed: readonly QueueLine[],
	added: readonly QueueLine[],
	field: FieldDelivery | undefined,
	skipped: readonly string[],
): QueueLine[] {
	const taken = new Set(field ? settledBy(field) : []);
	const listed = new Set(field?.delivery.tokens.map(({ digits }) => digits));
	const seen = new Set<string>();
	const fresh = packed.filter(({ digits }) => !listed.has(digits));
	const queue = [...fresh, ...added].filter(({ digits }) => {
		if (taken.has(digits) || skipped.includes(digits) || seen.has(digits)) return false;
		return seen.add(digits);
	});
	// The order looks at no class.
	const order = orderTokens(queue.map((line) => ({ ...line, tokenClass: 0 })));
	return order.flatMap(({ digits }) => queue.find((line) => line.digits === digits) ?? []);
}

/**
 * The delivery that hands the queue over: what is unfinished goes on, with the queue after it; what is finished
 * makes way, and is remembered by the digits that were taken.
 */
export function takeQueue(
	field: FieldDelivery | undefined,
	drn: string,
	profile: Pick<MeterProfile, 'tokenGateway' | 'tokenEncoding'>,
	queue: readonly QueueLine[],
): { readonly field: FieldDelivery } | PlanRefusal {
	const goesOn = field && isUnfinished(field) ? field : undefined;
	if (goesOn && queue.length === 0) return { field: goesOn };
	const listed = new Set(goesOn?.delivery.tokens.map(({ digits }) => digits));
	const plan = planDelivery(drn, profile, queue);
	if ('refused' in plan) return plan;
	const tokens = plan.delivery.tokens.filter(({ digits }) => !listed.has(digits));
	const known = tokens.map(({ digits }) => knownOf(queue, digits));
	if (!goesOn) {
		const settled = field ? settledBy(field) : [];
		return { field: { version: FIELD_DELIVERY_VERSION, delivery: plan.delivery, known, settled } };
	}
	const { delivery } = goesOn;
	if (delivery.tokens.length + tokens.length > MAX_QUEUE)
		return { refused: 'too-many', most: MAX_QUEUE };
	return {
		field: {
			...goesOn,
			delivery: { ...delivery, tokens: [...delivery.tokens, ...tokens] },
			known: [...goesOn.known, ...known],
		},
	};
}

function knownOf(queue: readonly QueueLine[], digits: string): KnownToken {
	const line = queue.find((each) => each.digits.replace(/\D/g, '') === digits);
	if (!line) throw new TypeError('a planned token stands in the queue');
	const { vendId, sequence, kind = null, energyDeciKwh, test } = line;
	return { vendId, sequence, kind, energyDeciKwh, test, lost: false, proven: null };
}
