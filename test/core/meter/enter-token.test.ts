import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { USUAL_METER } from '#lib/core/meter/make-settings.ts';
import { advance, advanceTo, tamper, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { USUAL_DECODER } from '#lib/core/sts/decoder/decoder.ts';
import { encodeToken } from '#lib/core/sts/encode.ts';
import { encodeKeyChange } from '#lib/core/sts/key-change.ts';
import { encodeMeterTest } from '#lib/core/sts/meter-test.ts';
import {
	CIPHER,
	CIPHER_11,
	creditToken,
	keyChange,
	MADE_MS,
	MADE_TID,
	managementToken,
	meterOnBench,
	NEW_KEY,
	NEW_KEY_11,
} from './bench-meter.ts';

const LATER_MS = MADE_MS + 86_400_000;
const TID = MADE_TID + 100;

/** Enters tokens one after the other and gives the last answer. */
function enter(meter: VirtualMeter, ...tokens: string[]) {
	let at = { meter, outcome: { result: 'none' } as { result: string } };
	for (const token of tokens) at = enterToken(at.meter, token, LATER_MS);
	return at;
}

const results = (meter: VirtualMeter, ...tokens: string[]) => {
	let current = meter;
	return tokens.map((token) => {
		const { meter: next, outcome } = enterToken(current, token, LATER_MS);
		current = next;
		return outcome.result;
	});
};

describe('a credit token', () => {
	it('is credited once, then used', () => {
		const token = creditToken(578, TID);
		const first = enterToken(meterOnBench(), token, LATER_MS);
		expect(first.outcome).toMatchObject({
			result: 'Accept',
			done: { kind: 'credited', energyWh: 57_800, creditWh: 57_800 },
		});
		expect(first.meter.supply.creditWh).toBe(57_800);
		const second = enterToken(first.meter, token, LATER_MS);
		expect(second.outcome.result).toBe('UsedError');
		expect(second.meter.supply.creditWh).toBe(57_800);
	});

	it('may come out of order, but not from before the manufacture', () => {
		const tokens = [TID + 5, TID, TID + 2, MADE_TID - 1, MADE_TID].map((tid) =>
			creditToken(1, tid),
		);
		expect(results(meterOnBench(), ...tokens)).toEqual([
			'Accept',
			'Accept',
			'Accept',
			'OldError',
			'UsedError',
		]);
	});

	it('is old once fifty newer ones have been taken', () => {
		const fifty = Array.from({ length: 50 }, (_, at) => creditToken(1, TID + at));
		const { meter } = enter(meterOnBench(), ...fifty);
		expect(meter.decoder.tidStore).toHaveLength(50);
		expect(results(meter, creditToken(1, TID - 1))).toEqual(['OldError']);
		expect(results(meter, creditToken(1, TID))).toEqual(['UsedError']);
		const oneMore = enter(meter, creditToken(1, TID + 50)).meter;
		expect(results(oneMore, creditToken(1, TID))).toEqual(['OldError']);
	});

	it('that would overflow the register stays good', () => {
		const settings = { ...USUAL_METER, creditCapacityWh: 100_000 };
		const token = creditToken(600, TID);
		const full = meterOnBench({ settings, creditWh: 50_000 });
		const refused = enter(full, token);
		expect(refused.outcome.result).toBe('OverflowError');
		expect(refused.meter.supply.creditWh).toBe(50_000);
		expect(refused.meter.decoder.tidStore).not.toContain(TID);
		const used = advance(refused.meter, { loadW: 10_000, instantMs: LATER_MS });
		const later = advance(used, { loadW: 0, instantMs: LATER_MS + 3_600_000 });
		expect(enterToken(later, token, LATER_MS + 3_600_000).outcome.result).toBe('Accept');
	});

	it('for water, or in currency, is not a function of this meter', () => {
		const water = encodeToken(
			{ classNumber: 0, subclass: 1, fields: { rnd: 5, tid: TID, amount: 10 } },
			CIPHER,
		);
		const currency = encodeToken(
			{ classNumber: 0, subclass: 4, fields: { signExponent: 0, tid: TID, amount: 10 } },
			CIPHER,
		);
		expect(results(meterOnBench(), water, currency)).toEqual(['FunctionError', 'FunctionError']);
	});

	it('under another key, or with a slip, fails its check', () => {
		const other = prepareCipher(7, parseHex('0123456789abcdef'));
		expect(results(meterOnBench(), creditToken(1, TID, other))).toEqual(['CRCError']);
	});

	it('past the expiry of the key is refused, unless the make does not look', () => {
		const token = creditToken(1, TID);
		const ken = (TID >>> 16) - 1;
		expect(results(meterOnBench({ ken }), token)).toEqual(['KeyExpiredError']);
		const decoderSettings = { ...USUAL_DECODER, checksKeyExpiry: false };
		expect(results(meterOnBench({ ken, decoderSettings }), token)).toEqual(['Accept']);
	});

	it('is refused under a default key, a management token is not', () => {
		const meter = meterOnBench({ kt: 1 });
		expect(results(meter, creditToken(1, TID), managementToken(5, 0, TID))).toEqual([
			'DDTKError',
			'Accept',
		]);
	});

	it('names old before used before expired before the default key', () => {
		const meter = meterOnBench({ kt: 1, ken: 0 });
		expect(results(meter, creditToken(1, MADE_TID - 1))).toEqual(['OldError']);
		expect(results(meter, creditToken(1, MADE_TID))).toEqual(['UsedError']);
		expect(results(meter, creditToken(1, TID))).toEqual(['KeyExpiredError']);
	});

	it.each(['', '123', 'hello', '73786976294838206464', '9'.repeat(21), '73786976294838206463'])(
		'%j is a format error',
		(text) => {
			expect(results(meterOnBench(), text)).toEqual(['FormatError']);
		},
	);
});

describe('a management token', () => {
	it('sets the power limit, within the rating', () => {
		const { meter, outcome } = enter(
			meterOnBench({ creditWh: 1000 }),
			managementToken(0, 5000, TID),
		);
		expect(outcome).toMatchObject({ done: { kind: 'power-limit-set', limitW: 5000 } });
		const loaded = advance(meter, { loadW: 5001, instantMs: LATER_MS });
		expect(relayOf(loaded.supply)).toBe('open-overload');
		const lowered = advance(loaded, { loadW: 5000, instantMs: LATER_MS });
		expect(relayOf(advanceTo(lowered, LATER_MS + 30_000).supply)).toBe('closed');
		expect(results(meterOnBench(), managementToken(0, 0xffff, TID))).toEqual(['RangeError']);
	});

	it('clears the credit of electricity or of all, and knows no other register', () => {
		const meter = meterOnBench({ creditWh: 4200 });
		expect(enter(meter, managementToken(1, 0xffff, TID))).toMatchObject({
			meter: { supply: { creditWh: 0 } },
			outcome: { done: { kind: 'credit-cleared', clearedWh: 4200 } },
		});
		expect(results(meter, managementToken(1, 1, TID))).toEqual(['FunctionError']);
		expect(results(meter, managementToken(1, 8, TID))).toEqual(['RangeError']);
	});

	it('clears a tamper, and with it the open relay', () => {
		const opened = tamper(meterOnBench({ creditWh: 1000 }), LATER_MS);
		expect(relayOf(opened.supply)).toBe('open-tamper');
		const { meter, outcome } = enter(opened, managementToken(5, 0, TID));
		expect(outcome).toMatchObject({ done: { kind: 'tamper-cleared' } });
		expect(relayOf(meter.supply)).toBe('closed');
	});

	it('that this meter has no use for is not consumed', () => {
		for (const subclass of [2, 7, 10]) {
			const { meter, outcome } = enter(meterOnBench(), managementToken(subclass, 1, TID));
			expect(outcome.result).toBe('FunctionError');
			expect(meter.decoder.tidStore).not.toContain(TID);
		}
		expect(results(meterOnBench(), managementToken(6, 300, TID))).toEqual(['Accept']);
	});
});

describe('a test token', () => {
	it('is taken by any meter and shows what it asks for', () => {
		expect(enter(meterOnBench(), encodeMeterTest(18, 0))).toMatchObject({
			outcome: {
				result: 'Accept',
				done: { kind: 'shown', items: [{ name: 'meter-number', value: '12345678903' }] },
			},
		});
		expect(enter(meterOnBench(), encodeMeterTest(0, 1))).toMatchObject({
			outcome: { done: { items: [{}, {}, { name: 'key-revision', value: 1 }, {}, {}] } },
		});
	});

	it('of another maker is refused', () => {
		expect(results(meterOnBench(), encodeMeterTest(2, 0, 12))).toEqual(['Accept']);
		expect(results(meterOnBench(), encodeMeterTest(2, 0, 13))).toEqual(['MfrCodeError']);
	});

	it('for something this meter does not have is not a function', () => {
		expect(results(meterOnBench(), encodeMeterTest(12, 0))).toEqual(['FunctionError']);
	});
});

describe('a key change', () => {
	it('of two tokens works in either order, and the old key is dead', () => {
		const [one, two] = keyChange() as [string, string];
		for (const order of [
			[one, two],
			[two, one],
		]) {
			const { meter, outcome } = enter(meterOnBench(), ...order);
			expect(outcome).toMatchObject({ keyChanged: true, missing: [] });
			expect(meter.decoder.keyRegister).toMatchObject({
				decoderKeyHex: '7f78cdd220be39b8',
				ti: 2,
				sgc: null,
			});
			expect(results(meter, creditToken(1, TID))).toEqual(['CRCError']);
			const under = prepareCipher(7, NEW_KEY.decoderKey);
			expect(results(meter, creditToken(1, TID, under))).toEqual(['Accept']);
		}
	});

	it('of three tokens waits for the third, which brings the supply group', () => {
		const set = keyChange({ sgc: '000123' });
		expect(set).toHaveLength(3);
		expect(results(meterOnBench(), ...set)).toEqual(['1stKCT', '2ndKCT', '3rdKCT']);
		expect(enter(meterOnBench(), set[0] as string, set[1] as string).outcome).toMatchObject({
			keyChanged: false,
			missing: [3],
		});
		const { meter } = enter(meterOnBench(), ...[...set].reverse());
		expect(meter.decoder.keyRegister.sgc).toBe('000123');
	});

	it('of four tokens works in any order', () => {
		const set = encodeKeyChange(NEW_KEY_11, CIPHER_11);
		expect(set).toHaveLength(4);
		const orders = [
			[0, 1, 2, 3],
			[3, 2, 1, 0],
			[2, 0, 3, 1],
		];
		for (const order of orders) {
			const tokens = order.map((at) => set[at] as string);
			const { meter, outcome } = enter(meterOnBench({ ea: 11 }), ...tokens);
			expect(outcome).toMatchObject({ keyChanged: true });
			expect(meter.decoder.keyRegister).toMatchObject({
				decoderKeyHex: 'b199270a77af96d3156c51b0964a8782',
				sgc: '201457',
				ti: 2,
			});
		}
	});

	it('is dropped when its sections come too far apart', () => {
		const [one, two] = keyChange() as [string, string];
		const first = enterToken(meterOnBench(), one, LATER_MS).meter;
		const tooLate = enterToken(first, two, LATER_MS + 600_001);
		expect(tooLate.outcome).toMatchObject({ result: '2ndKCT', keyChanged: false, missing: [1] });
		expect(enterToken(first, two, LATER_MS + 600_000).outcome).toMatchObject({ keyChanged: true });
	});

	it('with the rollover bit makes the meter forget its TIDs', () => {
		const credited = enter(meterOnBench(), creditToken(1, TID)).meter;
		const kept = enter(credited, ...keyChange()).meter;
		expect(kept.decoder.tidStore).toContain(TID);
		const forgotten = enter(credited, ...keyChange({ rollover: true })).meter;
		expect(forgotten.decoder.tidStore).toEqual([]);
		expect(forgotten.supply.creditWh).toBe(100);
		const under = prepareCipher(7, NEW_KEY.decoderKey);
		expect(results(forgotten, creditToken(1, 3, under), creditToken(1, 2, under))).toEqual([
			'Accept',
			'Accept',
		]);
	});

	it('to a key type that is not permitted changes nothing', () => {
		for (const kt of [0, 3] as const) {
			const { meter, outcome } = enter(meterOnBench(), ...keyChange({ kt }));
			expect(outcome.result).toBe('KeyTypeError');
			expect(meter.decoder.keyRegister).toEqual(meterOnBench().decoder.keyRegister);
			expect(meter.decoder.keyChange).toBeNull();
		}
		expect(enter(meterOnBench(), ...keyChange({ kt: 1 })).outcome.result).toBe('2ndKCT');
	});

	it('takes no TID, so the same set can be entered again', () => {
		const [one] = keyChange() as [string];
		expect(results(meterOnBench(), one, one)).toEqual(['1stKCT', '1stKCT']);
	});

	it('is not judged by the expiry of the key it replaces', () => {
		expect(results(meterOnBench({ ken: 0 }), ...keyChange())).toEqual(['1stKCT', '2ndKCT']);
	});

	it('with a third section is not for a make of two', () => {
		const decoderSettings = { ...USUAL_DECODER, takesThirdSection: false };
		const set = keyChange({ sgc: '000123' });
		expect(results(meterOnBench({ decoderSettings }), ...set.slice(0, 2))).toEqual([
			'1stKCT',
			'2ndKCT',
		]);
		expect(results(meterOnBench({ decoderSettings }), set[2] as string)).toEqual(['FunctionError']);
	});
});

describe('the lock-out', () => {
	const wrong = creditToken(1, TID, prepareCipher(7, parseHex('0123456789abcdef')));

	it('begins with the third wrong entry and doubles', () => {
		let meter = meterOnBench();
		let atMs = LATER_MS;
		const lockS: number[] = [];
		for (let entry = 0; entry < 12; entry += 1) {
			const entered = enterToken(meter, wrong, atMs);
			meter = entered.meter;
			expect(entered.outcome.result).toBe('CRCError');
			const until = meter.decoder.lockout.untilMs;
			lockS.push(Math.max(0, until - atMs) / 1000);
			atMs = Math.max(atMs, until);
		}
		expect(lockS).toEqual([0, 0, 10, 20, 40, 80, 160, 320, 640, 1280, 1280, 1280]);
	});

	it('refuses every token but class 1, and ends with a good one', () => {
		const { meter, outcome } = enter(meterOnBench(), wrong, wrong, wrong);
		expect(outcome).toMatchObject({ lockedUntilMs: LATER_MS + 10_000 });
		expect(results(meter, creditToken(1, TID))).toEqual(['Lockout']);
		expect(results(meter, encodeMeterTest(2, 0))).toEqual(['Accept']);
		const after = enterToken(meter, creditToken(1, TID), LATER_MS + 10_000);
		expect(after.outcome.result).toBe('Accept');
		expect(after.meter.decoder.lockout).toEqual({ rejects: 0, untilMs: 0 });
	});

	it('is not lifted by a class 1 token', () => {
		expect(results(meterOnBench(), wrong, wrong, encodeMeterTest(2, 0), wrong, wrong)).toEqual([
			'CRCError',
			'CRCError',
			'Accept',
			'CRCError',
			'Lockout',
		]);
	});

	it('can be left out of a make', () => {
		const decoderSettings = { ...USUAL_DECODER, lockout: null };
		const ten = Array.from({ length: 10 }, () => wrong);
		expect(new Set(results(meterOnBench({ decoderSettings }), ...ten))).toEqual(
			new Set(['CRCError']),
		);
	});

	it('does not count half-typed numbers', () => {
		expect(results(meterOnBench(), '1', '12', '123', creditToken(1, TID))).toEqual([
			'FormatError',
			'FormatError',
			'FormatError',
			'Accept',
		]);
	});
});
