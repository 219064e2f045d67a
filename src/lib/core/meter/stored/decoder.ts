/** The decoder as it is stored. */
import * as v from 'valibot';
import { ENCRYPTION_ALGORITHMS } from '../../sts/algorithms.ts';
import { isKen, isKrn, isSgc, isTariffIndex } from '../../sts/key-attributes.ts';
import { MAX_TID } from '../../sts/tid.ts';
import { bits, checked, whole } from './atoms.ts';

const keyType = v.picklist([0, 1, 2, 3]);

const keyRegister = v.pipe(
	v.strictObject({
		decoderKeyHex: v.pipe(v.string(), v.regex(/^(?:[0-9a-fA-F]{16}){1,2}$/)),
		ea: v.picklist([7, 11]),
		sgc: v.nullable(v.pipe(v.string(), v.check(isSgc))),
		krn: checked(isKrn),
		ti: checked(isTariffIndex),
		kt: keyType,
		ken: checked(isKen),
	}),
	v.check(({ decoderKeyHex, ea }) => {
		return decoderKeyHex.length === ENCRYPTION_ALGORITHMS[ea].keyOctets * 2;
	}),
);

const sections = v.strictObject({
	first: v.exactOptional(
		v.strictObject({
			kenHigh: bits(4),
			krn: bits(4),
			rollover: bits(1),
			threeTokens: bits(1),
			kt: bits(2),
			keyPart: bits(32),
		}),
	),
	second: v.exactOptional(v.strictObject({ kenLow: bits(4), ti: bits(8), keyPart: bits(32) })),
	thirdOf64: v.exactOptional(v.strictObject({ sgc: bits(24), pad: bits(20) })),
	thirdOf128: v.exactOptional(v.strictObject({ sgcLow: bits(12), keyPart: bits(32) })),
	fourthOf128: v.exactOptional(v.strictObject({ sgcHigh: bits(12), keyPart: bits(32) })),
});

export const storedDecoder = v.strictObject({
	keyRegister,
	mfrCode: whole(9999),
	tidStore: v.pipe(
		v.array(whole(MAX_TID)),
		v.check((tids) => tids.every((tid, at) => at === 0 || tid >= (tids[at - 1] as number))),
	),
	keyChange: v.nullable(v.strictObject({ latestMs: whole(), sections })),
	lockout: v.strictObject({ rejects: whole(), untilMs: whole() }),
	settings: v.strictObject({
		tidStoreSize: v.pipe(whole(1000), v.minValue(1)),
		checksKeyExpiry: v.boolean(),
		takesThirdSection: v.boolean(),
		keyChangeTimeoutMs: whole(),
		keyTypeChanges: v.strictObject({
			0: v.array(keyType),
			1: v.array(keyType),
			2: v.array(keyType),
			3: v.array(keyType),
		}),
		lockout: v.nullable(v.strictObject({ rejects: whole(), firstS: whole(), longestS: whole() })),
	}),
});
