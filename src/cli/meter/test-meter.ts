/**
 * The virtual meter that `npm run meter` is when nobody names another: a public-test meter whose decoder
 * key is written down here, and tokens for it. The key belongs to no supply group in use.
 */
import { parseHex } from '#lib/core/bytes/hex.ts';
import { createCosemMeter, type CosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import {
	advance,
	createVirtualMeter,
	type MeterMaking,
	powerUp,
} from '#lib/core/meter/virtual-meter.ts';
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

/** Load that is connected unless said otherwise, in watts. */
export const USUAL_LOAD_W = 460;

/** How long a new meter has been running when it is first met, so that it has something to show. */
const HISTORY_MS = 2 * 86_400_000;

/** A new meter of this making that has been under load for `HISTORY_MS`, or since it was made. */
export function startMeter(making: MeterMaking, loadW: number, nowMs: number): CosemMeter {
	const sinceMs = Math.max(making.manufacturedMs, nowMs - HISTORY_MS);
	const meter = powerUp(createVirtualMeter(making), sinceMs);
	return createCosemMeter(advance(meter, { loadW, instantMs: sinceMs }), sinceMs);
}

/** Units of 0.1 kWh and the day of each sample token. */
const SAMPLES = [
	{ units: 500, dayMs: Date.UTC(2025, 0, 1) },
	{ units: 250, dayMs: Date.UTC(2025, 0, 2) },
	{ units: 1000, dayMs: Date.UTC(2025, 0, 3) },
] as const;

/** Credit tokens for the built-in meter: each is good once. */
export function sampleTokens(): { readonly digits: string; readonly units: number }[] {
	const cipher = prepareCipher(TEST_METER.ea, parseHex(TEST_METER.decoderKeyHex));
	return SAMPLES.flatMap(({ units, dayMs }) => {
		const made = encodeCreditToken({ units, tid: minutesSince(2014, dayMs), rnd: 5 }, cipher);
		return 'digits' in made ? [{ digits: made.digits, units }] : [];
	});
}
