/** What the house allows tills without a network, beside the office's terms of each vendor, and what it is told of. */

export interface TillSettings {
	/** `TOKENLINE_TARIFF_PACK_DAYS`: how long a till may show estimates from one tariff pack. */
	readonly tariffPackDays: number;
	/** `TOKENLINE_OPERATOR_SALES_HOUR`: sales of one operator in one hour, above which the office is told. */
	readonly operatorSalesHour: number;
}

/** Five sales a minute, for a whole hour, are more than a counter with customers makes. */
export const DEFAULT_TILL: TillSettings = { tariffPackDays: 7, operatorSalesHour: 300 };

const DAYS_MOST = 60;
const SALES_MOST = 99_999;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {Error} with a sentence that names the variable */
export function readTillSettings(environment: Environment): TillSettings {
	const { tariffPackDays, operatorSalesHour } = DEFAULT_TILL;
	const read = (name: string, most: number, otherwise: number) =>
		readNumber(environment, name, most, otherwise);
	return {
		tariffPackDays: read('TOKENLINE_TARIFF_PACK_DAYS', DAYS_MOST, tariffPackDays),
		operatorSalesHour: read('TOKENLINE_OPERATOR_SALES_HOUR', SALES_MOST, operatorSalesHour),
	};
}

function readNumber(
	environment: Environment,
	name: string,
	most: number,
	otherwise: number,
): number {
	const text = environment[name];
	if (text === undefined) return otherwise;
	const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
	if (number === undefined || number > most)
		throw new Error(`${name} must be a whole number, 1 to ${most}, not ${JSON.stringify(text)}`);
	return number;
}
