/**
 * A debt that a meter recovers (IEC 62056-6-2, class 113) as a value, in the unit of credit. A charge has
 * one rule: a share of every credit token, or a fixed amount each day.
 *
 * Always holds: what was paid and what remains add up to what was owed; no more is taken than remains,
 * and no more from the credit than there is.
 */

/** A day of a charge's period. */
export const CHARGE_PERIOD_MS = 86_400_000;

/** The whole, in the unit of `proportion`. */
export const WHOLE_TOKEN = 10_000;

export type ChargeRule =
	/** `proportion` ten-thousandths of each credit token, 1 … 10,000. */
	| { readonly kind: 'per-token'; readonly proportion: number }
	/** So much each day from the credit, as far as there is any; what there is not is not made up for. */
	| { readonly kind: 'per-day'; readonly amountWh: number };

export interface Charge {
	readonly rule: ChargeRule;
	readonly paidWh: number;
	readonly remainingWh: number;
	/** The last collection; null before the first. */
	readonly lastMs: number | null;
	readonly lastWh: number;
	/** When a charge per day is next collected; null with the other rule. */
	readonly nextMs: number | null;
}

/** A debt of `owedWh`, from `instantMs` on. */
export function createCharge(rule: ChargeRule, owedWh: number, instantMs: number): Charge {
	const nextMs = rule.kind === 'per-day' ? instantMs + CHARGE_PERIOD_MS : null;
	return { rule, paidWh: 0, remainingWh: owedWh, lastMs: null, lastWh: 0, nextMs };
}

/** What a credit token of `energyWh` pays of the debt. */
export function shareOfToken(charge: Charge | null, energyWh: number): number {
	if (charge?.rule.kind !== 'per-token') return 0;
	const share = Math.floor((energyWh * charge.rule.proportion) / WHOLE_TOKEN);
	return Math.min(share, charge.remainingWh);
}

/** What is due on a day with `creditWh` of credit. */
export function dueOnDay({ rule, remainingWh }: Charge, creditWh: number): number {
	return rule.kind === 'per-day' ? Math.min(rule.amountWh, remainingWh, creditWh) : 0;
}

/** The debt after `amountWh` of it was collected; nothing collected is no collection. */
export function collect(charge: Charge, amountWh: number, instantMs: number): Charge {
	if (amountWh === 0) return charge;
	return {
		...charge,
		paidWh: charge.paidWh + amountWh,
		remainingWh: charge.remainingWh - amountWh,
		lastMs: instantMs,
		lastWh: amountWh,
	};
}

/** When the debt is next collected by itself; never where it is paid or taken from tokens. */
export function nextCollectionMs(charge: Charge | null): number {
	return charge?.nextMs && charge.remainingWh > 0 ? charge.nextMs : Infinity;
}

/** The debt with its next collection after `instantMs`, whole periods on. */
export function skipCollections(charge: Charge | null, instantMs: number): Charge | null {
	if (!charge?.nextMs || charge.nextMs > instantMs) return charge;
	const periods = Math.floor((instantMs - charge.nextMs) / CHARGE_PERIOD_MS) + 1;
	return { ...charge, nextMs: charge.nextMs + periods * CHARGE_PERIOD_MS };
}
