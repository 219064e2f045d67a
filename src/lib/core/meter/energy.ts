/**
 * How a supply counts what flows. Between two moments (`passage.ts`) power stands still; what is counted
 * here is one such stretch, and where its credit ends.
 */
import { count, elapsedMsUntil } from './counted.ts';
import { controlMode } from './control-modes.ts';
import { emergencyLeftWh } from './emergency-credit.ts';
import { activePowerW, type Supply } from './supply.ts';

/** Whether what is used is taken from a credit that can end. */
const isDrawn = ({ prepaid, controlMode: mode }: Supply): boolean =>
	prepaid && controlMode(mode).opens;

/** Takes used energy from the credit, then from the emergency credit: never more than there is. */
function draw(
	supply: Supply,
	usedWh: number,
): { readonly supply: Supply; readonly drawnWh: number } {
	const fromCreditWh = Math.min(usedWh, supply.creditWh);
	const { emergency } = supply;
	const lentWh = Math.min(usedWh - fromCreditWh, emergencyLeftWh(emergency));
	return {
		supply: {
			...supply,
			creditWh: supply.creditWh - fromCreditWh,
			emergency: emergency && { ...emergency, usedWh: emergency.usedWh + lentWh },
		},
		drawnWh: fromCreditWh + lentWh,
	};
}

/** The reactive power that flows with an active one, in whole var, at a power factor in thousandths. */
export function reactivePowerVar(powerW: number, powerFactor: number): number {
	const apparentVa = (powerW * 1000) / powerFactor;
	return Math.round(Math.sqrt(apparentVa ** 2 - powerW ** 2));
}

/** Counts a stretch up to an instant, at the power that stood. A clock set back counts nothing. */
export function countEnergy(supply: Supply, instantMs: number): Supply {
	const elapsedMs = Math.max(0, instantMs - supply.countedMs);
	const powerW = activePowerW(supply);
	const { units: usedWh, rest } = count({ units: 0, rest: supply.fractionWms }, powerW, elapsedMs);
	const { supply: drawn, drawnWh } = draw(supply, usedWh);
	const deliveredWh = isDrawn(supply) ? drawnWh : usedWh;
	// What flows in the last millisecond beyond the credit is not worth a register.
	const isOver = powerW > 0 && isDrawn(drawn) && creditLeftWh(drawn) === 0;
	const reactiveVar = reactivePowerVar(powerW, supply.powerFactor);
	return {
		...drawn,
		totalWh: supply.totalWh + deliveredWh,
		fractionWms: isOver ? 0 : rest,
		reactive: count(supply.reactive, reactiveVar, elapsedMs),
		reversedEnergy: supply.reversed
			? count(supply.reversedEnergy, powerW, elapsedMs)
			: supply.reversedEnergy,
		countedMs: instantMs,
	};
}

/** What can still be used, emergency credit and all. */
export function creditLeftWh({ creditWh, emergency }: Supply): number {
	return creditWh + emergencyLeftWh(emergency);
}

/**
 * When, at the power that stands, the credit falls below the warning or is used up, or the emergency
 * credit is: whatever comes first. Never, where nothing is drawn.
 */
export function nextCreditMomentMs(supply: Supply, lowCreditWh: number): number {
	if (!isDrawn(supply)) return Infinity;
	const { creditWh, countedMs, fractionWms } = supply;
	const toWarningWh = creditWh - lowCreditWh + 1;
	const toEndWh = creditWh > 0 ? creditWh : emergencyLeftWh(supply.emergency);
	const unitsWh = creditWh >= lowCreditWh && toWarningWh < toEndWh ? toWarningWh : toEndWh;
	return countedMs + elapsedMsUntil(unitsWh, fractionWms, activePowerW(supply));
}
