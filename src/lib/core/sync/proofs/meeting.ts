/** What is written down of having met a meter, and of having read it. Pure. */
import type { MeterGlance } from '#lib/core/field/glance/glance.ts';
import { valueOf } from '#lib/core/field/reading.ts';
import { type JournalContents, MAX_READ_REGISTERS, type ProbeAsMet } from '../field-deeds.ts';
import { meterAtAGlance, oneLine, wholeOrNull } from './as-read.ts';

const NUMBER = 40;
const TEXT = 60;
const UNIT = 12;
const WIDEST_SCALE = 12;

const NOTHING_READ = { clockMs: null, credit: null, relay: null, key: null, totalWh: null };

/** @param glance as far as it was read; undefined: nothing of it was */
export function meterMet(
	probe: ProbeAsMet,
	identity: {
		readonly systemTitle?: string | undefined;
		readonly serialNumber?: string | undefined;
	},
	drn: string | undefined,
	glance: MeterGlance | undefined,
): JournalContents['meter-met'] {
	const title = identity.systemTitle?.toLowerCase();
	const firmware = glance?.identity.firmware.find(({ kind }) => kind === 'identifier');
	const told = glance && valueOf(glance.sts.pan)?.drn;
	return {
		probe,
		systemTitleHex: title !== undefined && /^[0-9a-f]{16}$/.test(title) ? title : null,
		drnRead: oneLine(told ?? drn ?? identity.serialNumber, NUMBER),
		serial: oneLine(identity.serialNumber, TEXT),
		firmware: oneLine(firmware && valueOf(firmware.text), TEXT),
		seal: null,
		meter: glance ? meterAtAGlance(glance) : NOTHING_READ,
	};
}

/** The registers of a glance: energy, then power quality, as many as the journal takes. */
export function readingOfMeter(
	probe: ProbeAsMet,
	glance: MeterGlance,
	framesDigest: string | null,
	profileDigest: string | null = null,
): JournalContents['reading'] {
	const registers = [...glance.energy, ...glance.powerQuality].flatMap((register) => {
		const quantity = valueOf(register.quantity);
		if (!quantity || Math.abs(quantity.scaler) > WIDEST_SCALE) return [];
		const value = wholeOrNull(Number(quantity.raw));
		if (value === null) return [];
		const obis = register.logicalName;
		return [{ obis, value, scale: quantity.scaler, unit: oneLine(quantity.unit, UNIT) }];
	});
	return {
		probe,
		clockMs: wholeOrNull(valueOf(glance.clock.time)?.atMs),
		registers: registers.slice(0, MAX_READ_REGISTERS),
		profileDigest,
		framesDigest,
	};
}
