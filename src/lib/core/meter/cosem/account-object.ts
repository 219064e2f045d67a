/**
 * The account (IEC 62056-6-2, class 111): which credits and charges there are, what is available of the
 * credits together, what is owed. All in hundredths of a kilowatt-hour.
 */
import {
	array,
	asciiOctets,
	doubleLong,
	enumerated,
	integer,
	longUnsigned,
	structure,
	unsigned,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { emergencyStatus } from '../emergency-credit.ts';
import { creditLeftWh } from '../energy.ts';
import { isCreditLow, type VirtualMeter } from '../virtual-meter.ts';
import { clockAt } from './cosem-meter.ts';
import { cosemObject, type Question } from './cosem-object.ts';
import { clockData, creditOf, eightBits, nameData, NO_INSTANT } from './cosem-values.ts';
import {
	COLLECTED_ALWAYS,
	CONSUMPTION_CHARGE,
	DEBT_CHARGE,
	EMERGENCY_CREDIT,
	TOKEN_CREDIT,
} from './payment-names.ts';

/** Stands in a threshold for "there is none". */
const NONE = -(2 ** 31);

const CREDIT_MODE = 1;
const PREPAYMENT_MODE = 2;
const ACTIVE = 2;
const CONSUMPTION_UNIT = 1;

/** Bits of current_credit_status, the first one highest. */
const IN_CREDIT = 0x80;
const LOW_CREDIT = 0x40;
const OUT_OF_CREDIT = 0x02;
const NEXT_CREDIT = {
	enabled: 0x20,
	selectable: 0x10,
	selected: 0x08,
	'in-use': 0x04,
	exhausted: 0,
} as const;

/** How the credits stand together; without credits, in credit mode, there is nothing to say. */
function creditStatus(meter: VirtualMeter): number {
	const { prepaid, creditWh, emergency } = meter.supply;
	if (!prepaid) return 0;
	const left = creditLeftWh(meter.supply) > 0 ? IN_CREDIT : OUT_OF_CREDIT;
	const low = isCreditLow(meter) ? LOW_CREDIT : 0;
	return left | low | (emergency ? NEXT_CREDIT[emergencyStatus(emergency, creditWh)] : 0);
}

/** The place of the credit in use among the references, from 1; 0 where there are none. */
function creditInUse({ supply: { prepaid, creditWh, emergency } }: VirtualMeter): number {
	if (!prepaid) return 0;
	return creditWh === 0 && emergency?.invoked ? 2 : 1;
}

const credits = ({ supply: { prepaid, emergency } }: VirtualMeter): readonly string[] => [
	...(prepaid ? [TOKEN_CREDIT] : []),
	...(emergency ? [EMERGENCY_CREDIT] : []),
];

const charges = ({ charge }: VirtualMeter): readonly string[] => [
	CONSUMPTION_CHARGE,
	...(charge ? [DEBT_CHARGE] : []),
];

/** Which charge is taken from which credit: what is used from all, a debt from tokens only. */
const collections = (meter: VirtualMeter): readonly (readonly [string, string])[] => [
	...credits(meter).map((credit) => [credit, CONSUMPTION_CHARGE] as const),
	...(meter.charge ? [[TOKEN_CREDIT, DEBT_CHARGE] as const] : []),
];

const of =
	(make: (meter: VirtualMeter) => Data) =>
	({ meter }: Question): Data =>
		make(meter.meter);

const amount = (amountOf: (meter: VirtualMeter) => number) =>
	of((meter) => doubleLong(creditOf(amountOf(meter))));

const nothing = (): Data => doubleLong(0);

const madeAt = ({ meter }: Question): Data => {
	const made = meter.meter.events.find(({ kind }) => kind === 'manufactured');
	return made ? clockData(clockAt(meter, made.atMs)) : NO_INSTANT;
};

export const ACCOUNT = cosemObject(
	111,
	'0.0.19.0.0',
	{
		2: of(({ supply }) =>
			structure(enumerated(supply.prepaid ? PREPAYMENT_MODE : CREDIT_MODE), enumerated(ACTIVE)),
		),
		3: of((meter) => unsigned(creditInUse(meter))),
		4: of((meter) => eightBits(creditStatus(meter))),
		5: amount(({ supply }) => creditLeftWh(supply)),
		6: amount(({ supply }) => supply.emergency?.usedWh ?? 0),
		7: nothing,
		8: amount(({ charge }) => charge?.remainingWh ?? 0),
		9: of((meter) => array(...credits(meter).map(nameData))),
		10: of((meter) => array(...charges(meter).map(nameData))),
		11: of((meter) =>
			array(
				...collections(meter).map(([credit, charge]) =>
					structure(nameData(credit), nameData(charge), eightBits(COLLECTED_ALWAYS)),
				),
			),
		),
		12: of(({ supply }) =>
			supply.prepaid ? array(structure(nameData(TOKEN_CREDIT), unsigned(100))) : array(),
		),
		13: madeAt,
		14: () => NO_INSTANT,
		15: () =>
			structure(
				{ type: 'utf8-string', value: asciiOctets('kWh') },
				integer(-2),
				enumerated(CONSUMPTION_UNIT),
			),
		16: amount(({ settings }) => settings.lowCreditWh),
		17: of(({ supply }) => doubleLong(supply.emergency ? 0 : NONE)),
		18: () => longUnsigned(0),
		19: nothing,
	},
	{ lowest: 'consumer' },
);
