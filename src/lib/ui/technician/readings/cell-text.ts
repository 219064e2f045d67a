/** A cell of a profile for a person. */
import { formatDecimal } from '#lib/core/field/quantity.ts';
import { decimalOfFloat } from '#lib/core/field/quantity.ts';
import type { ProfileColumn } from '#lib/core/field/profile-reading/columns.ts';
import type { Cell } from '#lib/core/field/profile-reading/rows.ts';
import { language } from '#lib/ui/state/language.ts';
import { formatMoment } from '#lib/ui/view/ages.ts';

/** Empty where the row has nothing there. */
export function cellForPerson(cell: Cell, { kind, scaler, unit }: ProfileColumn): string {
	if (cell === null) return '';
	if (typeof cell === 'string') return cell;
	if (kind === 'time') return formatMoment(Number(cell), language);
	if (kind !== 'value') return String(cell);
	const whole = typeof cell === 'bigint' || Number.isInteger(cell);
	const decimal = whole ? { raw: BigInt(cell), scaler: 0 } : decimalOfFloat(cell);
	if (!decimal) return '';
	const text = formatDecimal({ raw: decimal.raw, scaler: decimal.scaler + scaler }, language);
	return unit === '' ? text : `${text}\u00a0${unit}`;
}
