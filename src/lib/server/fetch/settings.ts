/** How far back purchases are fetched again by phone and meter. */

export interface FetchSettings {
	/** `TOKENLINE_FETCH_DAYS`: days since the purchase. */
	readonly days: number;
}

export const DEFAULT_FETCH: FetchSettings = { days: 90 };

const DAYS_MOST = 730;

/** @throws {Error} with a sentence that names the variable */
export function readFetchSettings(
	environment: Readonly<Record<string, string | undefined>>,
): FetchSettings {
	const { TOKENLINE_FETCH_DAYS: text } = environment;
	if (text === undefined) return DEFAULT_FETCH;
	const days = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : undefined;
	if (days === undefined || days > DAYS_MOST)
		throw new Error(
			`TOKENLINE_FETCH_DAYS must be a whole number, 1 to ${DAYS_MOST}, not ${JSON.stringify(text)}`,
		);
	return { days };
}
