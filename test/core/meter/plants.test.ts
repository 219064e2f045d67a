/** Each planted fault departs in its one place; a meter without it keeps the rule. */
import { describe, expect, it } from 'vitest';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { parseVirtualMeter } from '#lib/core/meter/meter-json.ts';
import { hasPlant, PLANT_NAMES, type PlantName, withPlants } from '#lib/core/meter/plants.ts';
import { tamper, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { encodeKeyChange } from '#lib/core/sts/key-change.ts';
import {
	CIPHER_11,
	creditToken,
	keyChange,
	MADE_MS,
	MADE_TID,
	managementToken,
	meterOnBench,
	NEW_KEY_11,
} from './bench-meter.ts';

const TID = MADE_TID + 100;
const LATER_MS = MADE_MS + 86_400_000;
const OTHER_KEY = prepareCipher(7, parseHex('0123456789abcdef'));

type Making = Parameters<typeof meterOnBench>[0];

/** Enters tokens into a meter with a fault, and into one without; each time the results and the meter. */
function enter(
	plant: PlantName,
	tokens: readonly (readonly [token: string, afterMs: number] | string)[],
	making: Making = {},
	before = (meter: VirtualMeter) => meter,
) {
	const run = (plants: readonly PlantName[]) => {
		let meter = before(meterOnBench({ creditWh: 1000, ...making, plants }));
		const results = tokens.map((token) => {
			const [digits, afterMs] = typeof token === 'string' ? [token, 0] : token;
			const entered = enterToken(meter, digits, LATER_MS + afterMs);
			meter = entered.meter;
			return entered.outcome.result;
		});
		return { meter, results };
	};
	return { sound: run([]), faulty: run([plant]) };
}

describe('a planted fault', () => {
	it('is in no meter unless it was planted', () => {
		expect(meterOnBench().plants).toEqual([]);
		for (const name of PLANT_NAMES) expect(hasPlant(meterOnBench(), name)).toBe(false);
	});

	it('stays in the meter when it is stored, each once and in order', () => {
		const all = withPlants(meterOnBench(), [...PLANT_NAMES, ...PLANT_NAMES].toReversed());
		expect(all.plants).toEqual(PLANT_NAMES);
		const stored = JSON.parse(JSON.stringify(all)) as object;
		expect(parseVirtualMeter(stored)).toEqual({ meter: all });
		for (const plants of [['no-such-fault'], ['credits-twice', 'credits-twice'], 'credits-twice'])
			expect(parseVirtualMeter({ ...stored, plants })).toMatchObject({ refusal: 'corrupt' });
	});

	it('takes a used token', () => {
		const token = creditToken(10, TID);
		const { sound, faulty } = enter('takes-a-used-token', [token, token]);
		expect(sound.results).toEqual(['Accept', 'UsedError']);
		expect(faulty.results).toEqual(['Accept', 'Accept']);
		expect(faulty.meter.supply.creditWh).toBe(3000);
	});

	it('takes an old token', () => {
		const { sound, faulty } = enter('takes-an-old-token', [creditToken(10, MADE_TID - 1)]);
		expect(sound.results).toEqual(['OldError']);
		expect(faulty.results).toEqual(['Accept']);
	});

	it('takes another meter’s token, which does nothing', () => {
		const token = creditToken(10, TID, OTHER_KEY);
		const { sound, faulty } = enter('takes-another-meters-token', [token, '1', token]);
		expect(sound.results).toEqual(['CRCError', 'FormatError', 'CRCError']);
		expect(faulty.results).toEqual(['Accept', 'FormatError', 'Accept']);
		expect(faulty.meter.supply).toEqual(sound.meter.supply);
		expect(faulty.meter.decoder.tidStore).toEqual(sound.meter.decoder.tidStore);
	});

	it('ignores the expiry of the key', () => {
		const ken = (TID >>> 16) - 1;
		const { sound, faulty } = enter('ignores-key-expiry', [creditToken(1, TID)], { ken });
		expect(sound.results).toEqual(['KeyExpiredError']);
		expect(faulty.results).toEqual(['Accept']);
		expect(faulty.meter.decoder.settings).toEqual(sound.meter.decoder.settings);
	});

	it('never locks out', () => {
		const wrong = creditToken(1, TID, OTHER_KEY);
		const { sound, faulty } = enter('never-locks-out', [wrong, wrong, wrong, wrong]);
		expect(sound.results.at(-1)).toBe('Lockout');
		expect(faulty.results.at(-1)).toBe('CRCError');
	});

	it('credits twice', () => {
		const { sound, faulty } = enter('credits-twice', [creditToken(10, TID)]);
		expect(sound.meter.supply.creditWh).toBe(2000);
		expect(faulty.meter.supply.creditWh).toBe(3000);
	});

	it('refuses sections of a key change out of order', () => {
		const [one, two, three] = keyChange({ sgc: '000123' }) as [string, string, string];
		const { sound, faulty } = enter('key-change-needs-order', [two, one, three, two, three]);
		expect(sound.results.slice(0, 3)).toEqual(['2ndKCT', '1stKCT', '3rdKCT']);
		expect(faulty.results).toEqual([
			'FunctionError',
			'1stKCT',
			'FunctionError',
			'2ndKCT',
			'3rdKCT',
		]);
		expect(faulty.meter.decoder.keyRegister.sgc).toBe('000123');
	});

	it('refuses sections of four out of order', () => {
		const [one, two, three, four] = encodeKeyChange(NEW_KEY_11, CIPHER_11) as [
			string,
			string,
			string,
			string,
		];
		const tokens = [four, one, two, four, three, four];
		const { faulty } = enter('key-change-needs-order', tokens, { ea: 11 });
		expect(faulty.results).toEqual([
			'FunctionError',
			'1stKCT',
			'2ndKCT',
			'FunctionError',
			'3rdKCT',
			'4thKCT',
		]);
	});

	it('keeps the sections of a key change for good', () => {
		const [one, two] = keyChange() as [string, string];
		const tokens = [one, [two, 40 * 86_400_000]] as const;
		const { sound, faulty } = enter('key-change-never-times-out', tokens);
		expect(sound.meter.decoder.keyRegister.ti).toBe(1);
		expect(faulty.meter.decoder.keyRegister.ti).toBe(2);
	});

	it('keeps its tokens through a rollover', () => {
		const tokens = [creditToken(1, TID), ...keyChange({ rollover: true })];
		const { sound, faulty } = enter('rollover-keeps-tokens', tokens);
		expect(sound.meter.decoder.tidStore).toEqual([]);
		expect(faulty.meter.decoder.tidStore).toContain(TID);
		expect(faulty.meter.decoder.keyRegister).toEqual(sound.meter.decoder.keyRegister);
	});

	it('accepts a clear-credit token and keeps the credit', () => {
		const { sound, faulty } = enter('clear-credit-does-nothing', [managementToken(1, 0xffff, TID)]);
		expect([sound.results, faulty.results]).toEqual([['Accept'], ['Accept']]);
		expect([sound.meter.supply.creditWh, faulty.meter.supply.creditWh]).toEqual([0, 1000]);
	});

	it('accepts a power limit and keeps none, but sets the other limit', () => {
		const tokens = [managementToken(0, 500, TID), managementToken(6, 400, TID + 1)];
		const { sound, faulty } = enter('power-limit-does-nothing', tokens);
		expect(sound.meter.supply.powerLimitW).toBe(500);
		expect(faulty.results).toEqual(['Accept', 'Accept']);
		expect(faulty.meter.supply).toMatchObject({ powerLimitW: null, phaseUnbalanceLimitW: 400 });
	});

	it('accepts a clear-tamper token and stays open', () => {
		const tokens = [managementToken(5, 0, TID)];
		const { sound, faulty } = enter('tamper-stays', tokens, {}, (meter) => tamper(meter, LATER_MS));
		expect(faulty.results).toEqual(['Accept']);
		expect([sound.meter.supply.tampered, faulty.meter.supply.tampered]).toEqual([false, true]);
	});
});
