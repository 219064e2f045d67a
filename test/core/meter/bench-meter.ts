/** A meter on the bench for tests: one key per algorithm, and the tokens a till would make for it. */
import { parseHex } from '#lib/core/bytes/hex.ts';
import { createVirtualMeter, type MeterMaking } from '#lib/core/meter/virtual-meter.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { encodeToken, type TokenWish } from '#lib/core/sts/encode.ts';
import { encodeCreditToken } from '#lib/core/sts/credit-token.ts';
import { encodeKeyChange, type NewKey } from '#lib/core/sts/key-change.ts';
import { minutesSince } from '#lib/core/sts/tid.ts';

export const KEY_7 = '87f3ecbb2e46b48f';
export const KEY_11 = '929bd3a415c9420a05ec5ee9f3ce91c3';
export const MADE_MS = Date.UTC(2024, 0, 1, 12);
export const MADE_TID = minutesSince(2014, MADE_MS);
export const CIPHER = prepareCipher(7, parseHex(KEY_7));
export const CIPHER_11 = prepareCipher(11, parseHex(KEY_11));

export function meterOnBench(more: Partial<MeterMaking> = {}) {
	const ea = more.ea ?? 7;
	return createVirtualMeter({
		...{ drn: '12345678903', ea, sgc: '201457', krn: 1, ti: 1, kt: 2, ken: 255, baseDate: 2014 },
		...{ decoderKeyHex: ea === 7 ? KEY_7 : KEY_11, manufacturedMs: MADE_MS, ...more },
	});
}

export function creditToken(units: number, tid: number, cipher = CIPHER): string {
	const made = encodeCreditToken({ units, tid, rnd: 5 }, cipher);
	if ('refusal' in made) throw new Error(made.refusal);
	return made.digits;
}

export function managementToken(subclass: number, value: number, tid: number): string {
	const wish: TokenWish = { classNumber: 2, subclass, fields: { rnd: 5, tid, value } };
	return encodeToken(wish, CIPHER);
}

export const NEW_KEY: NewKey = {
	decoderKey: parseHex('7f78cdd220be39b8'),
	ken: 255,
	krn: 1,
	kt: 2,
	ti: 2,
	sgc: undefined,
	rollover: false,
};

export const NEW_KEY_11: NewKey = {
	...NEW_KEY,
	decoderKey: parseHex('b199270a77af96d3156c51b0964a8782'),
	sgc: '201457',
};

export const keyChange = (changes: Partial<NewKey> = {}) =>
	encodeKeyChange({ ...NEW_KEY, ...changes }, CIPHER);
