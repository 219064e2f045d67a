/** A virtual meter as the factory makes it of its papers, in the make that was chosen. */
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { parseVirtualMeter } from '#lib/core/meter/meter-json.ts';
import { type PresetName, USUAL_PRESET } from '#lib/core/meter/presets.ts';
import { connectLoad } from '#lib/core/meter/supply.ts';
import { createVirtualMeter, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { isKeyType } from '#lib/core/sts/key-type.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import type { StandingMeter } from './virtual-meter-row.ts';

/** The load that hangs behind a meter fresh from the factory, in W. */
export const FIRST_LOAD_W = 300;

/** What a prepayment meter of this device lends once its credit is gone. */
export const EMERGENCY_WH = 5000;

/** The meter as the factory makes it. @throws {RangeError} the papers do not describe a meter */
export function manufacture(
	provision: VirtualMeterProvision,
	preset: PresetName = USUAL_PRESET,
	emergencyWh = 0,
): VirtualMeter {
	const { drn, ea, sgc, krn, ken, kt, ti, baseYear, decoderKeyHex, manufacturedAtMs } = provision;
	if (!isKeyType(kt)) throw new RangeError('not a key type');
	const meter = createVirtualMeter({
		...{ drn, ea, sgc, krn, ken, kt, decoderKeyHex, preset, emergencyWh },
		ti: Number(ti),
		baseDate: baseYear,
		manufacturedMs: manufacturedAtMs,
	});
	// What cannot be read back must not be stored.
	const read = parseVirtualMeter(JSON.parse(JSON.stringify(meter)));
	if ('refusal' in read) throw new RangeError(`not a meter: ${read.place ?? read.refusal}`);
	return meter;
}

/** Whether papers describe a meter that this app can make. */
export function describesMeter(provision: VirtualMeterProvision): boolean {
	try {
		manufacture(provision);
		return true;
	} catch {
		return false;
	}
}

/**
 * A new meter, hung up and switched on now: energy counts from here on.
 * @throws {RangeError} the papers do not describe a meter
 */
export function fromFactory(
	provision: VirtualMeterProvision,
	preset: PresetName,
	nowMs: number,
): StandingMeter {
	const made = manufacture(provision, preset, EMERGENCY_WH);
	const supply = { ...connectLoad(made.supply, FIRST_LOAD_W), countedMs: nowMs };
	const cosem = createCosemMeter({ ...made, supply }, nowMs);
	return { provision, cosem, counters: {}, lapse: 1, lineFaults: [], savedAtMs: nowMs };
}
