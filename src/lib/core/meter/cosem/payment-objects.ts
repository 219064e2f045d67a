/**
 * Account, credit, charge and the STS attributes (IEC 62056-6-2, classes 111, 112, 113, 116). Credit is
 * energy, in hundredths of a kilowatt-hour; one charge takes it as it is used, one for one.
 */
import {
	array,
	asciiOctets,
	doubleLong,
	doubleLongUnsigned,
	enumerated,
	integer,
	long,
	long64Unsigned,
	longUnsigned,
	octetString,
	structure,
	unsigned,
	visibleString,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import { showItem } from '../display-items.ts';
import { isCreditLow, type VirtualMeter } from '../virtual-meter.ts';
import { clockAt } from './cosem-meter.ts';
import { cosemObject, type CosemObject, type Question } from './cosem-object.ts';
import {
	attributeData,
	clockData,
	creditOf,
	eightBits,
	nameData,
	NO_INSTANT,
} from './cosem-values.ts';
import { TOKEN_GATEWAY } from './token-gateway.ts';

const CREDIT = '0.0.19.10.0';
const CHARGE = '0.0.19.20.0';

/** Stands in a threshold for "there is none". */
const NONE = -(2 ** 31);

/** Bits of current_credit_status and credit_configuration, the first one highest. */
const IN_CREDIT = 0x80;
const LOW_CREDIT = 0x40;
const OUT_OF_CREDIT = 0x02;
const SHOWN_AND_TAKES_TOKENS = 0x88;
const CONTINUOUS = 0x40;

function creditStatus(meter: VirtualMeter): number {
	if (meter.supply.creditWh === 0) return OUT_OF_CREDIT;
	return isCreditLow(meter) ? IN_CREDIT | LOW_CREDIT : IN_CREDIT;
}

const IN_USE = 3;
const EXHAUSTED = 4;
const PREPAYMENT = 2;
const ACTIVE = 2;
const CONSUMPTION_UNIT = 1;

const credit = ({ meter }: Question): Data => doubleLong(creditOf(meter.meter.supply.creditWh));
const lowCredit = ({ meter }: Question): Data =>
	doubleLong(creditOf(meter.meter.settings.lowCreditWh));
const nothing = (): Data => doubleLong(0);

const madeAt = ({ meter }: Question): Data => {
	const made = meter.meter.events.find(({ kind }) => kind === 'manufactured');
	return made ? clockData(clockAt(meter, made.atMs)) : NO_INSTANT;
};

const ACCOUNT = cosemObject(111, '0.0.19.0.0', {
	2: () => structure(enumerated(PREPAYMENT), enumerated(ACTIVE)),
	3: () => unsigned(1),
	4: ({ meter }) => eightBits(creditStatus(meter.meter)),
	5: credit,
	6: nothing,
	7: nothing,
	8: nothing,
	9: () => array(nameData(CREDIT)),
	10: () => array(nameData(CHARGE)),
	11: () => array(structure(nameData(CREDIT), nameData(CHARGE), eightBits(0))),
	12: () => array(structure(nameData(CREDIT), unsigned(100))),
	13: madeAt,
	14: () => NO_INSTANT,
	15: () =>
		structure(
			{ type: 'utf8-string', value: asciiOctets('kWh') },
			integer(-2),
			enumerated(CONSUMPTION_UNIT),
		),
	16: lowCredit,
	17: () => doubleLong(NONE),
	18: () => longUnsigned(0),
	19: nothing,
});

const TOKEN_CREDIT = cosemObject(112, CREDIT, {
	2: credit,
	3: () => enumerated(0),
	4: () => unsigned(1),
	5: lowCredit,
	6: nothing,
	7: () => eightBits(SHOWN_AND_TAKES_TOKENS),
	8: ({ meter }) => enumerated(meter.meter.supply.creditWh > 0 ? IN_USE : EXHAUSTED),
	9: nothing,
	10: nothing,
	11: () => NO_INSTANT,
});

/** One hundredth of a kilowatt-hour of credit for each that is used, whatever the tariff index. */
const unitCharge = (): Data =>
	structure(
		structure(integer(1), integer(-2)),
		attributeData(3, '1.0.1.8.0', 2),
		array(structure(octetString(new Uint8Array()), long(1))),
	);

const CONSUMPTION_CHARGE = cosemObject(113, CHARGE, {
	2: ({ meter }) => doubleLong(creditOf(meter.meter.supply.totalWh) % 2 ** 31),
	3: () => enumerated(0),
	4: () => unsigned(1),
	5: unitCharge,
	6: unitCharge,
	7: () => NO_INSTANT,
	8: () => doubleLongUnsigned(0),
	9: () => eightBits(CONTINUOUS),
	10: ({ meter, instantMs }) => clockData(clockAt(meter, instantMs)),
	11: nothing,
	12: nothing,
	13: () => longUnsigned(0),
});

/** Keypad entry of tokens, the numeric carrier. */
const TOKEN_CARRIERS = [2, 7];

/** Issuer, meter number and check digit of a meter PAN. */
function panData(drn: string): Data {
	const pan = meterPanOf(drn);
	return structure(
		doubleLongUnsigned(Number(pan.slice(0, -drn.length - 1))),
		long64Unsigned(BigInt(drn)),
		unsigned(Number(pan.slice(-1))),
	);
}

const key = ({ meter }: Question) => meter.meter.decoder.keyRegister;

const STS_ATTRIBUTES = cosemObject(116, '0.0.19.60.0', {
	2: ({ meter }) => panData(meter.meter.drn),
	3: () => visibleString('ELECTRICITY'),
	4: () => array(...TOKEN_CARRIERS.map(unsigned)),
	5: (question) => unsigned(key(question).ea),
	6: (question) => doubleLongUnsigned(Number(key(question).sgc ?? 0)),
	7: (question) => unsigned(key(question).ti),
	8: (question) => unsigned(key(question).krn),
	9: (question) => unsigned(key(question).kt),
	10: (question) => unsigned(key(question).ken),
	11: ({ meter }) => unsigned(Number(showItem(meter.meter, 'key-change-tokens').value)),
	12: () => visibleString('NONE'),
});

export const PAYMENT_OBJECTS: readonly CosemObject[] = [
	ACCOUNT,
	TOKEN_CREDIT,
	CONSUMPTION_CHARGE,
	TOKEN_GATEWAY,
	STS_ATTRIBUTES,
];
