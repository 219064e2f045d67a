/** Emergency credit as the page shows it: to be had, in use, or nothing to say. */
import { emergencyLeftWh, emergencyStatus } from '#lib/core/meter/emergency-credit.ts';
import type { VirtualMeter } from '#lib/core/meter/virtual-meter.ts';

export type EmergencyView =
	{ readonly kind: 'none' } | { readonly kind: 'to-be-had' | 'in-use'; readonly energyWh: number };

export function emergencyView({ supply }: VirtualMeter): EmergencyView {
	const { emergency, creditWh } = supply;
	if (!emergency) return { kind: 'none' };
	const status = emergencyStatus(emergency, creditWh);
	if (status === 'selectable') return { kind: 'to-be-had', energyWh: emergency.presetWh };
	if (!emergency.invoked) return { kind: 'none' };
	return { kind: 'in-use', energyWh: emergencyLeftWh(emergency) };
}
