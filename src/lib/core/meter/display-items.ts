/**
 * What a meter can show, item by item: for a class 1 test token (sts.md §2.2) and for a short code on the
 * keypad. Values are plain; words and units belong to the screen.
 */
import { isTaken } from '../sts/decoder/token-result.ts';
import type { MeterTestName } from '../sts/meter-test.ts';
import { activePowerW, relayOf } from './supply.ts';
import type { VirtualMeter } from './virtual-meter.ts';

/** Each item a meter shows, with how its value is read from the meter. */
const ITEMS = {
	'load-switch': (meter) => relayOf(meter.supply),
	display: () => '88888888',
	'total-registers': (meter) => meter.supply.totalWh,
	'key-revision': (meter) => meter.decoder.keyRegister.krn,
	'key-type': (meter) => meter.decoder.keyRegister.kt,
	'tariff-index': (meter) => meter.decoder.keyRegister.ti,
	'token-input': () => '0123456789',
	'power-limit': (meter) => meter.supply.powerLimitW,
	'tamper-status': (meter) => (meter.tampers.noted.length > 0 ? 1 : 0),
	'active-power': (meter) => activePowerW(meter.supply),
	'software-version': (meter) => meter.software,
	'phase-unbalance-limit': (meter) => meter.supply.phaseUnbalanceLimitW,
	'encryption-algorithm': (meter) => meter.decoder.keyRegister.ea,
	'key-change-tokens': (meter) => keyChangeTokens(meter),
	'supply-group': (meter) => meter.decoder.keyRegister.sgc,
	'key-expiry': (meter) => meter.decoder.keyRegister.ken,
	'meter-number': (meter) => meter.drn,
	credit: (meter) => meter.supply.creditWh,
	'total-credited': (meter) => meter.supply.totalCreditedWh,
	'last-token': (meter) => meter.lastResult,
	'last-token-taken': (meter) => (meter.lastResult && isTaken(meter.lastResult) ? 1 : 0),
} as const satisfies Record<string, (meter: VirtualMeter) => string | number | null>;

/** Name of something a meter shows. */
export type DisplayName = keyof typeof ITEMS;

/** One item shown. Energies in Wh, powers in W; null: not set, or not known to the meter. */
export interface DisplayItem {
	readonly name: DisplayName;
	readonly value: string | number | null;
}

/** Test 0 runs the tests 2 … 5. */
const ALL_TESTS = [
	'display',
	'total-registers',
	'key-revision',
	'key-type',
	'tariff-index',
] as const;

/** The most tokens a key change may take on this meter. */
function keyChangeTokens({ decoder }: VirtualMeter): number {
	if (decoder.keyRegister.ea === 11) return 4;
	return decoder.settings.takesThirdSection ? 3 : 2;
}

/** One item as the meter shows it now. */
export function showItem(meter: VirtualMeter, name: DisplayName): DisplayItem {
	return { name, value: ITEMS[name](meter) };
}

/** The items of a test by its name; none when this meter does not have the test. */
export function itemsOfTest(test: MeterTestName): readonly DisplayName[] {
	if (test === 'all') return ALL_TESTS;
	if (test === 'key-revision') return ['key-revision', 'key-type'];
	return test === 'water-factor' || test === 'tariff-rate' ? [] : [test];
}
