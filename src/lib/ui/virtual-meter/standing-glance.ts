/** How this device's own virtual meters stand, at a glance. */
import type { StoredVirtualMeter } from '#lib/browser/store/store.ts';
import { meterAt } from '#lib/browser/store/virtual-meter-row.ts';
import { meterHere, type MeterHere } from '#lib/browser/store/virtual-meters.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import type { VirtualMeterSummary } from '#lib/core/sync/wire.ts';
import { naming, type GlancesHere, type MeterGlance } from './glance.ts';
import { readKwh } from './reading.ts';

/** Opens what is stored once; what it shows changes with the offers and the time. */
export function glancesHere(rows: readonly StoredVirtualMeter[]): GlancesHere {
	const here = rows.map(meterHere);
	return (offered, nowMs) => glancesOf(here, offered, nowMs);
}

/** Each meter of this device, under the name that the service gives it now. */
export function glancesOf(
	here: readonly MeterHere[],
	offered: readonly VirtualMeterSummary[],
	nowMs: number,
): MeterGlance[] {
	const offers = new Map(offered.map((offer) => [offer.drn, offer]));
	return here.flatMap((meter) => glanceOfHere(meter, offers.get(meter.drn), nowMs));
}

function glanceOfHere(
	here: MeterHere,
	offer: VirtualMeterSummary | undefined,
	nowMs: number,
): MeterGlance[] {
	if (here.kind === 'absent') return [];
	const label = offer?.label ?? here.label;
	if (here.kind === 'unreadable')
		return [{ ...naming(here.drn, label, offer?.ea), standing: { kind: 'unreadable' } }];
	const { supply } = meterAt(here.standing, nowMs);
	const standing = {
		kind: 'running',
		figure: readKwh(supply.prepaid ? supply.creditWh : supply.totalWh),
		prepaid: supply.prepaid,
		supplyOn: relayOf(supply) === 'closed',
	} as const;
	return [{ ...naming(here.drn, label, here.standing.provision.ea), standing }];
}
