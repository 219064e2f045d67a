/**
 * One run of sending a purchase's tokens over a connection that stands: from the store, through the
 * technician's own machine, back to the store.
 *
 * Always holds: a state is kept before what follows from it goes out; what the meter has said of a token and
 * the keypad's record of it stand in the store together.
 */
import { keepMeterDelivery, readMeterDelivery } from '#lib/browser/store/meter-deliveries.ts';
import { readEntry } from '#lib/browser/store/keypad.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import type { StoredMeterDelivery, TokenlineStore } from '#lib/browser/store/store.ts';
import type { MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import type { DeliveryWish } from '#lib/core/field/delivery/decide-delivery.ts';
import { type Delivery, isUnderWay } from '#lib/core/field/delivery/delivery.ts';
import {
	parseDelivery,
	type StoredDeliveryRefusal,
} from '#lib/core/field/delivery/parse-delivery.ts';
import { type Choice, decideToken } from '#lib/core/field/delivery/person-decides.ts';
import type { PlanRefusal } from '#lib/core/field/delivery/plan-delivery.ts';
import {
	entryAfter,
	isAsked,
	planPurchase,
	type SendablePurchase,
	takenByMeter,
} from '#lib/core/sync/purchase-delivery.ts';
import type { Conversation } from '#lib/link/conversation.ts';
import { type Delivered, deliverTokens } from '#lib/link/deliver-tokens.ts';
import type { Timer } from '#lib/link/transport.ts';

/** What a person wished beside the usual. */
export type RunWish =
	/** Everything from the first token on, whatever is said to be in. */
	| 'all-again'
	/** About the token that the machine does not decide about. */
	| Choice;

export interface RunOrder {
	readonly store: TokenlineStore;
	readonly timer: Timer;
	readonly purchase: SendablePurchase;
	readonly profile: MeterProfile;
	/** With the meter of the purchase, and no other. */
	readonly conversation: Conversation;
	readonly wish?: RunWish | undefined;
	readonly tell: (delivery: Delivery, doing: DeliveryWish | undefined) => void;
	readonly signal: AbortSignal;
}

export type RunEnd =
	| Delivered
	| {
			readonly ended: 'not-planned';
			readonly because: PlanRefusal | { readonly refused: 'all-in' };
	  }
	| { readonly ended: 'stored-damaged'; readonly because: StoredDeliveryRefusal };

/** What is kept of a purchase, read back; undefined: nothing. */
export function storedDelivery(
	row: Pick<StoredMeterDelivery, 'snapshot'> | undefined,
): Delivery | StoredDeliveryRefusal | undefined {
	if (!row) return undefined;
	try {
		return parseDelivery(JSON.parse(row.snapshot));
	} catch {
		return { refused: 'not-a-delivery' };
	}
}

/** Runs until it is done, or until something or somebody else is needed. @throws {StoreFault} before anything was sent */
export async function runPurchase(order: RunOrder): Promise<RunEnd> {
	const { store, timer, purchase, profile, conversation, wish, tell, signal } = order;
	const { id, drn } = purchase;
	const row = await readMeterDelivery(store, id);
	const read = storedDelivery(row);
	const damaged = read && 'refused' in read ? read : undefined;
	// What cannot be read may have been on its way: only a person's word sends again.
	if (damaged && wish !== 'all-again') return { ended: 'stored-damaged', because: damaged };
	const kept = damaged ? undefined : (read as Delivery | undefined);
	const entry = await stored(() => readEntry(store, id));
	const from = wish === 'all-again' ? 0 : (entry?.takenMs.length ?? 0);
	const plan = planPurchase(purchase, profile, kept, from);
	if ('refused' in plan) return { ended: 'not-planned', because: plan };
	const keeper = keeperOf(order, row);
	const delivery = decided(plan.delivery, wish);
	if (delivery !== kept) await keeper(delivery);
	return deliverTokens({
		...{ delivery, conversation, timer, signal, meter: drn },
		keep: async (state) => {
			await keeper(state);
			tell(state, undefined);
		},
		progress: tell,
	});
}

/** After a person's choice, where somebody was asked. */
const decided = (delivery: Delivery, wish: RunWish | undefined): Delivery =>
	wish && wish !== 'all-again' && isAsked(delivery) ? decideToken(delivery, wish) : delivery;

function keeperOf(
	{ store, timer, purchase, profile }: RunOrder,
	row: StoredMeterDelivery | undefined,
): (delivery: Delivery) => Promise<void> {
	const { id, drn, tokens } = purchase;
	const bits = profile.tokenStatusBits;
	let [revision, taken] = [row?.revision ?? 0, row?.taken ?? 0];
	return async (delivery) => {
		const nowMs = timer.nowMs();
		taken = takenByMeter(tokens, delivery, bits, taken);
		const state: StoredMeterDelivery = {
			...{ id, drn, revision, taken, updatedAtMs: nowMs },
			...{ snapshot: JSON.stringify(delivery), underWay: isUnderWay(delivery) },
		};
		revision = await keepMeterDelivery(store, state, (entry) =>
			entryAfter(entry, tokens, delivery, bits, nowMs),
		);
	};
}
