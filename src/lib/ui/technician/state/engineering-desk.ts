/** The page's one desk for engineering, and the one for firmware. */
import { engineeringApi } from '#lib/browser/api/engineering.ts';
import type { OurTime } from '#lib/core/field/glance/clock.ts';
import { ASSUME_UTC } from '#lib/core/field/meter-time.ts';
import type { Timer } from '#lib/link/transport.ts';
import { rightTimer } from '#lib/ui/probe/open-order.ts';
import { device } from '#lib/browser/device/device.ts';
import { PAGE_LOCKS } from '#lib/ui/probe/page-locks.ts';
import { deliveryDesk, runPorts } from './delivery-desk.ts';
import { technicianDesk } from './desk.svelte.ts';
import { EngineeringDesk } from './engineering.svelte.ts';
import { FirmwareDesk } from './firmware.svelte.ts';

const tell = (error: unknown): void => technicianDesk.tell(error);

export const engineeringDesk = new EngineeringDesk({
	...{ ports: runPorts, api: engineeringApi, locks: PAGE_LOCKS, newId: device.newId, tell },
	take: (lines, wanted) => {
		for (const line of lines) deliveryDesk.add(line);
		if (wanted) deliveryDesk.wanted = wanted;
	},
});

export const firmwareDesk = new FirmwareDesk({ ports: runPorts, locks: PAGE_LOCKS, tell });

/** How far our clock may be off when it was put right by the backend's. */
const PUT_RIGHT_WITHIN_MS = 2000;

/** Our time as a meter's clock is set by it. */
export function ourTime(): { readonly timer: Timer; readonly ours: OurTime } {
	const offsetMs = technicianDesk.desk?.clock.offsetMs ?? null;
	const uncertaintyMs = offsetMs === null ? null : PUT_RIGHT_WITHIN_MS;
	return { timer: rightTimer(offsetMs ?? 0), ours: { uncertaintyMs, zone: ASSUME_UTC } };
}
