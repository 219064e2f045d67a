/**
 * The charges (IEC 62056-6-2, class 113): what is used, taken from credit one for one whatever the rate;
 * and a debt, recovered by the rule it was given.
 */
import {
	array,
	doubleLong,
	doubleLongUnsigned,
	enumerated,
	integer,
	long,
	longUnsigned,
	octetString,
	structure,
	unsigned,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { type Charge, CHARGE_PERIOD_MS } from '../charge.ts';
import { clockAt } from './cosem-meter.ts';
import { cosemObject, type CosemObject, type Question } from './cosem-object.ts';
import { attributeData, clockData, creditOf, eightBits, NO_INSTANT } from './cosem-values.ts';
import { CONSUMPTION_CHARGE, DEBT_CHARGE } from './payment-names.ts';
import { hasCharge } from './presence.ts';

const CONSUMPTION_TYPE = 0;
const TIME_TYPE = 1;
const PAYMENT_TYPE = 2;

/** Bits of charge_configuration, the first one highest. */
const PERCENTAGE = 0x80;
const CONTINUOUS = 0x40;

const HIGHEST_LONG = 0x7fff;

const nothing = (): Data => doubleLong(0);
const amountData = (energyWh: number): Data => doubleLong(creditOf(energyWh) % 2 ** 31);

/** So many hundredths of a kilowatt-hour of credit for each that an object counts. */
const unitCharge = (perUnit: number): Data =>
	structure(
		structure(integer(1), integer(-2)),
		attributeData(3, '1.0.1.8.0', 2),
		array(structure(octetString(new Uint8Array()), long(perUnit))),
	);

/** The object is only in meters that recover a debt. */
const chargeOf = ({ meter }: Question): Charge => meter.meter.charge as Charge;

const isPerToken = (question: Question): boolean => chargeOf(question).rule.kind === 'per-token';

const proportion = (question: Question): number => {
	const { rule } = chargeOf(question);
	return rule.kind === 'per-token' ? rule.proportion : 0;
};

/** The amount of each day, as far as its type holds it. */
const debtUnitCharge = (question: Question): Data => {
	const { rule } = chargeOf(question);
	const amount = rule.kind === 'per-day' ? creditOf(rule.amountWh) : 0;
	return unitCharge(Math.min(amount, HIGHEST_LONG));
};

export const CHARGE_OBJECTS: readonly CosemObject[] = [
	cosemObject(113, CONSUMPTION_CHARGE, {
		2: ({ meter }) => amountData(meter.meter.supply.totalWh),
		3: () => enumerated(CONSUMPTION_TYPE),
		4: () => unsigned(1),
		5: () => unitCharge(1),
		6: () => unitCharge(1),
		7: () => NO_INSTANT,
		8: () => doubleLongUnsigned(0),
		9: () => eightBits(CONTINUOUS),
		10: ({ meter, instantMs }) => clockData(clockAt(meter, instantMs)),
		11: nothing,
		12: nothing,
		13: () => longUnsigned(0),
	}),
	cosemObject(
		113,
		DEBT_CHARGE,
		{
			2: (question) => amountData(chargeOf(question).paidWh),
			3: (question) => enumerated(isPerToken(question) ? PAYMENT_TYPE : TIME_TYPE),
			4: () => unsigned(2),
			5: debtUnitCharge,
			6: debtUnitCharge,
			7: () => NO_INSTANT,
			8: (question) => doubleLongUnsigned(isPerToken(question) ? 0 : CHARGE_PERIOD_MS / 1000),
			9: (question) => eightBits(isPerToken(question) ? PERCENTAGE : CONTINUOUS),
			10: (question) => {
				const { lastMs } = chargeOf(question);
				return lastMs === null ? NO_INSTANT : clockData(clockAt(question.meter, lastMs));
			},
			11: (question) => amountData(chargeOf(question).lastWh),
			12: (question) => amountData(chargeOf(question).remainingWh),
			13: (question) => longUnsigned(proportion(question)),
		},
		{ presentIn: hasCharge },
	),
];
