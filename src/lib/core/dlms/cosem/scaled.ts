/** Scaler and unit of a register (IEC 62056-6-2, class 3): value = raw × 10^scaler. */
import { enumerated, integer, structure } from '../axdr/build.ts';
import type { Data } from '../axdr/data-type.ts';

/** The units of the trade by code. */
export const UNITS = [
	{ code: 7, symbol: 's' },
	{ code: 10, symbol: 'currency' },
	{ code: 27, symbol: 'W' },
	{ code: 28, symbol: 'VA' },
	{ code: 29, symbol: 'var' },
	{ code: 30, symbol: 'Wh' },
	{ code: 31, symbol: 'VAh' },
	{ code: 32, symbol: 'varh' },
	{ code: 33, symbol: 'A' },
	{ code: 35, symbol: 'V' },
	{ code: 44, symbol: 'Hz' },
	{ code: 56, symbol: '%' },
	{ code: 255, symbol: '' },
] as const;
export type UnitSymbol = (typeof UNITS)[number]['symbol'];

export interface ScalerUnit {
	/** −128 … 127. */
	readonly scaler: number;
	/** A code of `UNITS`, or one without a row. */
	readonly unit: number;
}

/** A scaler_unit attribute; undefined where it is not one. */
export function scalerUnitOf(data: Data): ScalerUnit | undefined {
	if (data.type !== 'structure' || data.value.length !== 2) return undefined;
	const [scaler, unit] = data.value;
	if (scaler?.type !== 'integer' || unit?.type !== 'enum') return undefined;
	return { scaler: scaler.value, unit: unit.value };
}

export function scalerUnitData({ scaler, unit }: ScalerUnit): Data {
	return structure(integer(scaler), enumerated(unit));
}

/** The symbol of a unit code; "unit 77" for one without a row. */
export function unitSymbol(code: number): string {
	return UNITS.find((row) => row.code === code)?.symbol ?? `unit ${code}`;
}

/** A raw whole number with its scaler as decimal text, without rounding: (12345, −2) is "123.45". */
export function formatScaled(raw: number | bigint, scaler: number): string {
	const negative = raw < 0;
	const digits = String(raw).replace('-', '');
	const sign = negative ? '-' : '';
	if (scaler >= 0) return digits === '0' ? '0' : sign + digits + '0'.repeat(scaler);
	const padded = digits.padStart(1 - scaler, '0');
	return `${sign}${padded.slice(0, scaler)}.${padded.slice(scaler)}`;
}
