/** The page's one desk for tokens, and the session at the probe as work at a meter needs it. */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { valueOf } from '#lib/core/field/reading.ts';
import { probeAsMet } from '#lib/core/sync/proofs/as-read.ts';
import { PAGE_LOCKS } from '#lib/ui/probe/page-locks.ts';
import { technicianDesk } from './desk.svelte.ts';
import { DeliveryDesk } from './deliveries.svelte.ts';
import type { AtMeter, RunPorts } from './delivery-run.ts';
import { meterDesk } from './meter.svelte.ts';

/** What keeps what is done; undefined while nobody's desk is open. */
export function runPorts(): RunPorts | undefined {
	const { store, desk } = technicianDesk;
	return store && desk && { store, desk, timer: HOST_TIMER };
}

/** The session that stands; undefined where none does, or the meter has not said its number. */
export function atMeter(): AtMeter | undefined {
	const { connected, profile, port, drn, packed, glance } = meterDesk;
	if (!connected || !profile || !port || drn === undefined) return undefined;
	return {
		...{ drn, connected, profile, jobId: packed?.jobId ?? null },
		probe: probeAsMet(port, connected.identity),
		currency: () => glance.shown && valueOf(glance.shown.payment.account.currency),
		sts: glance.shown?.sts.logicalName,
	};
}

export const deliveryDesk = new DeliveryDesk({
	ports: runPorts,
	locks: PAGE_LOCKS,
	tell: (error) => technicianDesk.tell(error),
	changed: () => void meterDesk.glance.afterDeed(),
});
