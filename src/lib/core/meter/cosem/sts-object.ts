/** The STS attributes of the meter (IEC 62056-6-2, class 116): what a till must know of its key. */
import {
	array,
	doubleLongUnsigned,
	long64Unsigned,
	structure,
	unsigned,
	visibleString,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { KeyRegister } from '#lib/core/sts/decoder/decoder.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import { showItem } from '../display-items.ts';
import { cosemObject, type Question } from './cosem-object.ts';

/** Keypad entry of tokens, the numeric carrier; and the virtual one. */
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

const key = ({ meter }: Question): KeyRegister => meter.meter.decoder.keyRegister;

export const STS_ATTRIBUTES = cosemObject(116, '0.0.19.60.0', {
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
