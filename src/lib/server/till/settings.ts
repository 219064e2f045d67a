/** What the house allows tills without a network, beside the office's terms of each vendor. */

export interface TillSettings {
	/** `TOKENLINE_TARIFF_PACK_DAYS`: how long a till may show estimates from one tariff pack. */
	readonly tariffPackDays: number;
}

export const DEFAULT_TILL: TillSettings = { tariffPackDays: 7 };

const DAYS_MOST = 60;

/** @throws {Error} with a sentence that names the variable */
export function readTillSettings(
	environment: Readonly<Record<string, string | undefined>>,
): TillSettings {
	const { TOKENLINE_TARIFF_PACK_DAYS: text } = environment;
	if (text === undefined) return DEFAULT_TILL;
	const days = /^[1-9]\d?$/.test(text) ? Number(text) : undefined;
	if (days === undefined || days > DAYS_MOST)
		throw new Error(
			`TOKENLINE_TARIFF_PACK_DAYS must be a whole number, 1 to ${DAYS_MOST}, not ${JSON.stringify(text)}`,
		);
	return { tariffPackDays: days };
}
