/**
 * How a virtual meter stands, at a glance: what the service offers and what this device has, as one list. What
 * this device has is in `standing-glance.ts`, because it takes the whole meter to say how one stands.
 */
import type { VirtualMeterSummary } from '#lib/core/sync/wire.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';

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

/** What this device's own meters show beside these offers, at a moment. */
export type GlancesHere = (offered: readonly VirtualMeterSummary[], nowMs: number) => MeterGlance[];

/** A device without a meter of its own. */
export const NONE_HERE: GlancesHere = () => [];

/** Meters of this device, and after them, since they come later, the others of the service; both by number. */
export function glances(
	here: readonly MeterGlance[],
	offered: readonly VirtualMeterSummary[],
): MeterGlance[] {
	const known = new Set(here.map(({ drn }) => drn));
	const fresh = offered.filter(({ drn }) => !known.has(drn)).map(glanceOfOffer);
	const byNumber = (a: MeterGlance, b: MeterGlance) => (a.drn < b.drn ? -1 : 1);
	return [...here.toSorted(byNumber), ...fresh.sort(byNumber)];
}

function glanceOfOffer({ drn, label, ea }: VirtualMeterSummary): MeterGlance {
	return { ...naming(drn, label, ea), standing: { kind: 'new' } };
}

/** What a meter is called in the list. @param ea undefined: not known */
export function naming(drn: string, label: string, ea: number | undefined) {
	const text = ea === undefined ? '' : String(ea).padStart(2, '0');
	return { drn, drnGrouped: groupMeterNumber(drn), label, ea: text };
}
