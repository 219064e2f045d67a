/**
 * The virtual meter that `npm run meter` is when nobody names another: a public-test meter whose decoder
 * key is written down here, and tokens for it. The key belongs to no supply group in use.
 */
import { parseHex } from '#lib/core/bytes/hex.ts';
import { createCosemMeter, type CosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import type { GatewaySettings } from '#lib/core/meter/cosem/gateway.ts';
import { loadPhases } from '#lib/core/meter/hands.ts';
import { loadsOf } from '#lib/core/meter/supply.ts';
import {
	advance,
	createVirtualMeter,
	type MeterMaking,
	powerUp,
	type VirtualMeter,
} from '#lib/core/meter/virtual-meter.ts';
import type { Ea } from '#lib/core/sts/algorithms.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { encodeCreditToken } from '#lib/core/sts/credit-token.ts';
import { minutesSince } from '#lib/core/sts/tid.ts';

/** How the built-in meter was made. */
export const TEST_METER: MeterMaking = {
	drn: '12345678903',
	ea: 7,
	sgc: '999901',
	krn: 1,
	ti: 1,
	kt: 2,
	ken: 255,
	baseDate: 2014,
	decoderKeyHex: '0123456789abcdef',
	manufacturedMs: Date.UTC(2024, 0, 1),
	creditWh: 100_000,
};

/** The same with a key of 128 bits. */
const TEST_METER_11: MeterMaking = {
	...TEST_METER,
	ea: 11,
	decoderKeyHex: '0123456789abcdef0011223344556677',
};

/** How the built-in meter of an algorithm was made. */
export const testMeter = (ea: Ea = 7): MeterMaking => (ea === 11 ? TEST_METER_11 : TEST_METER);

/** Whether a meter is the built-in one, whose tokens are written down. */
export const isTestMeter = ({ drn, decoder }: VirtualMeter): boolean =>
	drn === TEST_METER.drn &&
	decoder.keyRegister.decoderKeyHex === testMeter(decoder.keyRegister.ea).decoderKeyHex;

/** Load that is connected unless said otherwise, in watts. */
export const USUAL_LOAD_W = 460;

/** How long a new meter has been running when it is first met, so that it has something to show. */
const HISTORY_MS = 2 * 86_400_000;

/** Connects loads: one for all phases together, or one for each. @throws {Error} a sentence */
export function connect(
	meter: VirtualMeter,
	loadsW: readonly number[],
	instantMs: number,
): VirtualMeter {
	const phases = loadsOf(meter.supply).length;
	const [loadW = 0] = loadsW;
	if (loadsW.length === phases) return loadPhases(meter, loadsW, instantMs);
	if (loadsW.length > 1) throw new Error('the meter has one phase; --load takes one number');
	return advance(meter, { loadW, instantMs });
}

/** A new meter of this making that has been under load for `HISTORY_MS`, or since it was made. */
export function startMeter(
	making: MeterMaking,
	loadsW: number | readonly number[],
	nowMs: number,
	gateway?: GatewaySettings,
): CosemMeter {
	const sinceMs = Math.max(making.manufacturedMs, nowMs - HISTORY_MS);
	const meter = powerUp(createVirtualMeter(making), sinceMs);
	const loaded = connect(meter, typeof loadsW === 'number' ? [loadsW] : loadsW, sinceMs);
	return createCosemMeter(loaded, sinceMs, gateway);
}

/** Units of 0.1 kWh and the day of each sample token. */
const SAMPLES = [
	{ units: 500, dayMs: Date.UTC(2025, 0, 1) },
	{ units: 250, dayMs: Date.UTC(2025, 0, 2) },
	{ units: 1000, dayMs: Date.UTC(2025, 0, 3) },
] as const;

/** Credit tokens for the built-in meter of an algorithm: each is good once. */
export function sampleTokens(ea: Ea = 7): { readonly digits: string; readonly units: number }[] {
	const cipher = prepareCipher(ea, parseHex(testMeter(ea).decoderKeyHex));
	return SAMPLES.flatMap(({ units, dayMs }) => {
		const made = encodeCreditToken({ units, tid: minutesSince(2014, dayMs), rnd: 5 }, cipher);
		return 'digits' in made ? [{ digits: made.digits, units }] : [];
	});
}
