/**
 * Draining the outbox: every due sale takes its next steps until it is final or has to wait. One writer at a
 * time over all tabs and the service worker (a Web Lock); each sale for itself, so that one bad row never
 * blocks the rest. Everything it decides is decided in `core/sync/outbox`.
 */
import type { Api } from '#lib/browser/api/api.ts';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { absorbOutcome, type Sale } from '#lib/browser/store/sales.ts';
import type { TokenlineStore } from '#lib/browser/store/store.ts';
import {
	beginStep,
	decideStep,
	isDue,
	isPending,
	type OutboxRow,
	type Step,
	type StepOutcome,
} from '#lib/core/sync/outbox.ts';
import { isFbe } from '#lib/core/sync/fbe.ts';
import type { PaymentAnswer, VendAnswer } from '#lib/core/sync/wire.ts';

/** What draining needs of the world; tests give their own. */
export interface DrainPorts {
	readonly store: TokenlineStore;
	readonly api: Pick<Api, 'putVend' | 'putPayment' | 'askVend'>;
	readonly now: () => number;
	/** A number in [0, 1). */
	readonly chance: () => number;
}

const LOCK = 'tokenline-outbox';

/** A sale takes at most this many steps in one drain: hand in, ask for the payment, ask after it. */
const STEPS_PER_DRAIN = 4;

/**
 * Drains once, as the only writer.
 * @returns when the next sale is due (epoch milliseconds), or null when none is pending
 */
export function drainOutbox(ports: DrainPorts): Promise<number | null> {
	return navigator.locks.request(LOCK, () => drainAsOnlyWriter(ports));
}

/** Runs a change to the outbox while no drain is under way. */
export function withOutboxStill<T>(change: () => Promise<T>): Promise<T> {
	return navigator.locks.request(LOCK, change);
}

/** The drain itself, without the lock. */
export async function drainAsOnlyWriter(ports: DrainPorts): Promise<number | null> {
	const all = await ports.store.progress.toArray();
	for (const progress of all) if (isDue(progress, ports.now())) await drainSale(ports, progress.id);
	const rest = await ports.store.progress.toArray();
	const times = rest.filter(({ state }) => isPending(state)).map(({ notBeforeMs }) => notBeforeMs);
	return times.length > 0 ? Math.min(...times) : null;
}

async function drainSale(ports: DrainPorts, id: string): Promise<void> {
	for (let taken = 0; taken < STEPS_PER_DRAIN; taken += 1) {
		const sale = await dueSale(ports, id);
		const step = sale && decideStep(sale.progress);
		if (!sale || !step) return;
		// Marked before the request leaves, so that a crash in between never looks like "never sent".
		await ports.store.progress.put(beginStep(sale.progress));
		const outcome = await takeStep(ports.api, sale.row, step);
		await absorbOutcome(ports.store, id, outcome, ports.now(), ports.chance());
	}
}

async function dueSale({ store, now }: DrainPorts, id: string): Promise<Sale | undefined> {
	const [row, progress] = await Promise.all([store.outbox.get(id), store.progress.get(id)]);
	if (!row || !progress || !isDue(progress, now())) return undefined;
	return { row, progress };
}

async function takeStep(api: DrainPorts['api'], row: OutboxRow, step: Step): Promise<StepOutcome> {
	const { id, request } = row;
	switch (step) {
		case 'put-vend':
			return aboutVend(await api.putVend(id, request));
		case 'ask-vend':
			return aboutVend(await api.askVend(id));
		case 'put-payment':
			// A backend never waits for the payment of what is free; one that says so is asked again.
			if (isFbe(request)) return aboutVend(await api.askVend(id));
			return aboutPayment(
				await api.putPayment(request.paymentId, {
					vendId: id,
					amountMinor: request.amountMinor,
					currency: request.currency,
					method: 'sandbox',
				}),
			);
	}
}

const aboutVend = (outcome: ApiOutcome<VendAnswer>): StepOutcome =>
	outcome.kind === 'answer' ? { kind: 'vend', answer: outcome.answer } : outcome;

const aboutPayment = (outcome: ApiOutcome<PaymentAnswer>): StepOutcome =>
	outcome.kind === 'answer' ? { kind: 'payment', answer: outcome.answer } : outcome;
