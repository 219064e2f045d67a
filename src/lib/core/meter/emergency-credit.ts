/**
 * Emergency credit (IEC 62056-6-2, class 112, type 2) as a value: a fixed amount that a person may take
 * once the token credit is gone, and that the next token pays back first.
 *
 * Always holds: nothing is used of it before it was invoked; what was used is never more than the amount.
 */

export interface EmergencyCredit {
	/** The amount a meter lends, Wh. */
	readonly presetWh: number;
	/** Lent and not yet paid back, Wh. */
	readonly usedWh: number;
	/** Taken by a person; stays so until all of it is paid back. */
	readonly invoked: boolean;
}

/** Codes of `credit_status` (class 112, attribute 8). */
export const CREDIT_STATUS = {
	enabled: 0,
	selectable: 1,
	selected: 2,
	'in-use': 3,
	exhausted: 4,
} as const;
export type CreditStatus = keyof typeof CREDIT_STATUS;

/** A new meter's emergency credit; a meter that lends nothing has none. */
export function createEmergencyCredit(presetWh: number): EmergencyCredit | null {
	return presetWh > 0 ? { presetWh, usedWh: 0, invoked: false } : null;
}

/** What may still be drawn, Wh: nothing unless it was invoked. */
export function emergencyLeftWh(emergency: EmergencyCredit | null): number {
	return emergency?.invoked ? emergency.presetWh - emergency.usedWh : 0;
}

/** Where it stands beside a token credit of `creditWh`. */
export function emergencyStatus(
	{ invoked, presetWh, usedWh }: EmergencyCredit,
	creditWh: number,
): CreditStatus {
	if (usedWh === presetWh) return 'exhausted';
	if (!invoked) return creditWh === 0 ? 'selectable' : 'enabled';
	return creditWh === 0 ? 'in-use' : 'selected';
}

/** After a token of `energyWh`: what was lent is paid back first; what is left of the token. */
export function repay(
	emergency: EmergencyCredit | null,
	energyWh: number,
): { readonly emergency: EmergencyCredit | null; readonly repaidWh: number } {
	if (!emergency) return { emergency, repaidWh: 0 };
	const repaidWh = Math.min(emergency.usedWh, energyWh);
	const usedWh = emergency.usedWh - repaidWh;
	const invoked = emergency.invoked && usedWh > 0;
	return { emergency: { ...emergency, usedWh, invoked }, repaidWh };
}
