/** How a virtual meter stands, at a glance: what the service offers and what this device has, as one list. */
import { meterAt } from '#lib/browser/store/virtual-meter-row.ts';
import type { MeterHere } from '#lib/browser/store/virtual-meters.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import type { VirtualMeterSummary } from '#lib/core/sync/wire.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import { readKwh } from './reading.ts';

export interface MeterGlance {
	readonly drn: string;
	readonly drnGrouped: string;
	readonly label: string;
	/** Two digits; empty when not known. */
	readonly ea: string;
	readonly standing:
		| {
				readonly kind: 'running';
				readonly figure: string;
				readonly prepaid: boolean;
				readonly supplyOn: boolean;
		  }
		| { readonly kind: 'new' }
		| { readonly kind: 'unreadable' };
}

/** Meters of this device and of the service, each once, by number. */
export function glances(
	here: readonly MeterHere[],
	offered: readonly VirtualMeterSummary[],
	nowMs: number,
): MeterGlance[] {
	const known = new Set(here.map(({ drn }) => drn));
	const fresh = offered.filter(({ drn }) => !known.has(drn)).map(glanceOfOffer);
	const offers = new Map(offered.map((offer) => [offer.drn, offer]));
	const present = here.flatMap((meter) => glanceOfHere(meter, offers.get(meter.drn), nowMs));
	return [...present, ...fresh].sort((a, b) => (a.drn < b.drn ? -1 : 1));
}

function glanceOfOffer({ drn, label, ea }: VirtualMeterSummary): MeterGlance {
	return { ...naming(drn, label, ea), standing: { kind: 'new' } };
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

function naming(drn: string, label: string, ea: number | undefined) {
	const text = ea === undefined ? '' : String(ea).padStart(2, '0');
	return { drn, drnGrouped: groupMeterNumber(drn), label, ea: text };
}
