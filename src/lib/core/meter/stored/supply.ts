/** The supply as it is stored, with its limits and its debts. */
import * as v from 'valibot';
import { CONTROL_MODES } from '../control-modes.ts';
import { WHOLE_TOKEN } from '../charge.ts';
import { WMS_PER_WH } from '../counted.ts';
import { CONTROLS, MAX_LOAD_W } from '../supply.ts';
import { counting, whole } from './atoms.ts';

const counted = v.strictObject({ units: whole(), rest: whole(WMS_PER_WH - 1) });
const load = whole(MAX_LOAD_W);

const emergency = v.pipe(
	v.strictObject({ presetWh: counting(), usedWh: whole(), invoked: v.boolean() }),
	v.check(({ presetWh, usedWh, invoked }) => usedWh <= presetWh && (invoked || usedWh === 0)),
);

const trips = v.strictObject({
	count: whole(),
	open: v.nullable(
		v.strictObject({ cause: v.picklist(['open-overload', 'open-unbalance']), untilMs: whole() }),
	),
});

/** How the relay closes after a trip. */
export const storedTripRule = v.strictObject({
	attempts: counting(),
	pauseS: counting(),
	longPauseS: counting(),
});

export const storedSupply = v.strictObject({
	creditWh: whole(),
	fractionWms: whole(WMS_PER_WH - 1),
	totalWh: whole(),
	totalCreditedWh: whole(),
	reactive: counted,
	reversedEnergy: counted,
	loadW: load,
	otherLoadsW: v.pipe(v.array(load), v.maxLength(2)),
	powerFactor: counting(1000),
	powerLimitW: v.nullable(whole()),
	phaseUnbalanceLimitW: v.nullable(whole()),
	trips,
	prepaid: v.boolean(),
	emergency: v.nullable(emergency),
	control: v.picklist(CONTROLS),
	controlMode: whole(CONTROL_MODES.length - 1),
	tampered: v.boolean(),
	reversed: v.boolean(),
	countedMs: whole(),
});

const rule = v.union([
	v.strictObject({ kind: v.literal('per-token'), proportion: counting(WHOLE_TOKEN) }),
	v.strictObject({ kind: v.literal('per-day'), amountWh: counting() }),
]);

export const storedCharge = v.pipe(
	v.strictObject({
		rule,
		paidWh: whole(),
		remainingWh: whole(),
		lastMs: v.nullable(whole()),
		lastWh: whole(),
		nextMs: v.nullable(whole()),
	}),
	v.check((charge) => (charge.nextMs !== null) === (charge.rule.kind === 'per-day')),
);
