/** The credits (IEC 62056-6-2, class 112): what tokens bring, and what the meter lends when that is gone. */
import { doubleLong, enumerated, unsigned } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { CREDIT_STATUS, type EmergencyCredit, emergencyStatus } from '../emergency-credit.ts';
import { invokeEmergency } from '../hands.ts';
import { cosemObject, type CosemObject, type Invoked, type Question } from './cosem-object.ts';
import { creditOf, eightBits, NO_INSTANT } from './cosem-values.ts';
import { EMERGENCY_CREDIT, TOKEN_CREDIT } from './payment-names.ts';
import { hasEmergency, isPrepaid } from './presence.ts';

const TOKEN_TYPE = 0;
const EMERGENCY_TYPE = 2;

/** Bits of credit_configuration, the first one highest: shown, takes tokens. */
const TOKEN_CONFIGURATION = 0x88;
/** Shown, confirmed before it is selected, paid back. */
const EMERGENCY_CONFIGURATION = 0xe0;

const amountData = (energyWh: number): Data => doubleLong(creditOf(energyWh));
const nothing = (): Data => doubleLong(0);

const creditWh = ({ meter }: Question): number => meter.meter.supply.creditWh;
const lowCredit = ({ meter }: Question): Data => amountData(meter.meter.settings.lowCreditWh);
/** The object is only in meters that lend. */
const emergencyOf = ({ meter }: Question): EmergencyCredit =>
	meter.meter.supply.emergency as EmergencyCredit;

function invoke({ meter, instantMs }: Question): Invoked {
	const { meter: after, taken } = invokeEmergency(meter.meter, instantMs);
	return taken ? { meter: { ...meter, meter: after } } : { refused: 'temporary-failure' };
}

export const CREDIT_OBJECTS: readonly CosemObject[] = [
	cosemObject(
		112,
		TOKEN_CREDIT,
		{
			2: (question) => amountData(creditWh(question)),
			3: () => enumerated(TOKEN_TYPE),
			4: () => unsigned(1),
			5: lowCredit,
			6: nothing,
			7: () => eightBits(TOKEN_CONFIGURATION),
			8: (question) => enumerated(CREDIT_STATUS[creditWh(question) > 0 ? 'in-use' : 'exhausted']),
			9: nothing,
			10: nothing,
			11: () => NO_INSTANT,
		},
		{ lowest: 'consumer', presentIn: isPrepaid },
	),
	cosemObject(
		112,
		EMERGENCY_CREDIT,
		{
			2: (question) => {
				const { presetWh, usedWh } = emergencyOf(question);
				return amountData(presetWh - usedWh);
			},
			3: () => enumerated(EMERGENCY_TYPE),
			4: () => unsigned(2),
			5: nothing,
			6: nothing,
			7: () => eightBits(EMERGENCY_CONFIGURATION),
			8: (question) =>
				enumerated(CREDIT_STATUS[emergencyStatus(emergencyOf(question), creditWh(question))]),
			9: (question) => amountData(emergencyOf(question).presetWh),
			10: nothing,
			11: () => NO_INSTANT,
		},
		{
			presentIn: hasEmergency,
			methods: [{ index: 3, lowest: 'management', invoke }],
		},
	),
];
