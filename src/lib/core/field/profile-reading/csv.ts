/**
 * A profile as CSV (RFC 4180): times in ISO 8601 with their offset, numbers exact with a point, units in
 * the header. What came from a meter as text cannot become a formula in a spreadsheet.
 */
import { formatScaled } from '#lib/core/dlms/cosem/scaled.ts';
import { type AssumedZone, deviationOf, isoText } from '../meter-time.ts';
import { decimalOfFloat } from '../quantity.ts';
import type { ProfileColumn } from './columns.ts';
import type { Cell, ProfileRow } from './rows.ts';

const LINE_END = '\r\n';
/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A field that is a text: quoted where it must be, and never a formula. */
export function csvText(text: string): string {
	const harmless = FORMULA.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * The header's line.
 * @param names for people, one per column; the logical name stands for one that is missing
 */
export function csvHeader(
	columns: readonly ProfileColumn[],
	names: readonly string[] = [],
): string {
	return (
		columns.map((column, at) => csvText(headerOf(column, names[at] ?? ''))).join(',') + LINE_END
	);
}

function headerOf({ kind, logicalName, attribute, unit }: ProfileColumn, name: string): string {
	const named = name === '' ? `${logicalName}/${attribute}` : name;
	return kind === 'time' || unit === '' ? named : `${named} (${unit})`;
}

/** One line per row. */
export function csvLines(
	columns: readonly ProfileColumn[],
	rows: readonly ProfileRow[],
	zone: AssumedZone,
): string {
	return rows
		.map(
			(row) =>
				row.cells.map((cell, at) => csvCell(cell, columns[at], row, zone)).join(',') + LINE_END,
		)
		.join('');
}

function csvCell(
	cell: Cell,
	column: ProfileColumn | undefined,
	row: ProfileRow,
	zone: AssumedZone,
): string {
	if (cell === null) return '';
	if (typeof cell === 'string') return csvText(cell);
	if (column?.kind === 'time') return isoText(Number(cell), deviationOf(row, zone));
	return cellText(cell, column?.scaler ?? 0);
}

/** A number of a cell with its scaler, exact. */
export function cellText(cell: number | bigint, scaler: number): string {
	if (typeof cell === 'bigint' || Number.isInteger(cell)) return formatScaled(BigInt(cell), scaler);
	const decimal = decimalOfFloat(cell);
	return decimal ? formatScaled(decimal.raw, decimal.scaler + scaler) : '';
}
