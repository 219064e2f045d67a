/**
 * Energy: whole tenths of a kilowatt-hour (`DeciKwh`) on tokens, whole watt-hours from meters. One token
 * unit is 100 Wh.
 */

/** Watt-hours in one token unit of 0.1 kWh. */
export const WH_PER_DECI_KWH = 100;

/** Token units for a person, such as `57.8 kWh`, in the manner of the language. Display only. */
export function formatEnergy(energyDeciKwh: number, language: string): string {
	const digits = new Intl.NumberFormat(language, {
		minimumFractionDigits: 1,
		maximumFractionDigits: 1,
	}).format(energyDeciKwh / 10);
	return `${digits}\u00a0kWh`;
}
