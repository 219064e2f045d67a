/** Deliveries to the virtual meter over lines that break, gone on with until there is nothing left to do. */
import { decideToken, goOn, type Choice } from '#lib/core/field/delivery/person-decides.ts';
import type { Delivery } from '#lib/core/field/delivery/delivery.ts';
import { parseDelivery } from '#lib/core/field/delivery/parse-delivery.ts';
import { planDelivery } from '#lib/core/field/delivery/plan-delivery.ts';
import type { QueuedToken } from '#lib/core/field/delivery/queued-token.ts';
import { connect } from '#lib/link/connect.ts';
import { deliverTokens, type Delivered } from '#lib/link/deliver-tokens.ts';
import { type CutBench, type Fate, profileWith, VIRTUAL } from './cut-line.ts';
import { modeEMeter } from './mode-e-meter.ts';

export const METER = 'TKL0012345678903';

/** A delivery to the virtual meter. */
export function planned(queue: readonly QueuedToken[], profile = VIRTUAL): Delivery {
	const plan = planDelivery(METER, profile, queue);
	if ('refused' in plan) throw new Error(JSON.stringify(plan));
	return plan.delivery;
}

/** What a disk gives back: text that was stored, read by the parser. */
export function reloaded(stored: string): Delivery {
	const parsed = parseDelivery(JSON.parse(stored));
	if ('refused' in parsed) throw new Error(JSON.stringify(parsed));
	return parsed;
}

export interface Story {
	readonly last: Delivered;
	/** Every state that was stored, in order. */
	readonly stored: readonly string[];
	readonly connections: number;
}

const MAX_CONNECTIONS = 12;

/**
 * Connects and delivers, again and again. `fates` are those of the connections in turn, later ones are
 * whole. After each break everything but what was stored is forgotten.
 */
export async function deliverThrough(
	bench: CutBench,
	delivery: Delivery,
	fates: readonly Fate[] = [],
	choice?: Choice,
	modeE = false,
): Promise<Story> {
	const stored: string[] = [];
	const answer = modeE ? modeEMeter(bench, { fallsBack: true }) : undefined;
	const profile = modeE ? profileWith({ openings: ['mode-e'] }) : VIRTUAL;
	let disk = JSON.stringify(delivery);
	const keep = (state: Delivery): Promise<void> => {
		disk = JSON.stringify(state);
		stored.push(disk);
		return Promise.resolve();
	};
	for (let connections = 1; connections <= MAX_CONNECTIONS; connections += 1) {
		const port = bench.port('hdlc', fates[connections - 1] ?? {}, answer);
		const connected = await bench.timer.run(connect(bench.order(port, { profile })));
		if (connected.kind === 'failed') continue;
		const { conversation, identity } = connected;
		const last = await bench.timer.run(
			deliverTokens({
				delivery: reloaded(disk),
				conversation,
				meter: identity.deviceName ?? '',
				timer: bench.timer,
				keep,
			}),
		);
		await bench.timer.run(conversation.end());
		if (last.ended === 'ask-person' && choice) await keep(decideToken(last.delivery, choice));
		else if (last.ended === 'stopped' && choice) await keep(goOn(last.delivery));
		else if (last.ended !== 'interrupted') return { last, stored, connections };
	}
	throw new Error('the delivery does not come to an end');
}

/** How often the meter was given each token, and what it said each time. */
export function entriesOf(bench: CutBench): Map<string, string[]> {
	const entries = new Map<string, string[]>();
	for (const { tokenHex, result } of bench.device.state.meter.entries) {
		const digits = Buffer.from(tokenHex, 'hex').toString('latin1');
		entries.set(digits, [...(entries.get(digits) ?? []), result]);
	}
	return entries;
}
