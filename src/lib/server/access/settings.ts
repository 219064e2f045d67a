/**
 * How often whom, and how old a signature may be: the defaults, and the environment variables that change
 * them. The same for every address: nobody is let off for where they ask from.
 */

/** An allowance: so many at once, and one more each time this long has passed. */
export interface Rate {
	readonly atOnce: number;
	readonly everyMs: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Scope → its default. What follows `:` in a bucket's key is the one who is counted. */
export const DEFAULT_RATES = {
	/** Whatever a person who is not signed in asks for, per network address: 600 a minute. */
	address: { atOnce: 600, everyMs: 100 },
	/** Whatever a signed-in person asks for: 600 a minute. */
	operator: { atOnce: 600, everyMs: 100 },
	/** Whatever a till asks for: 1,200 a minute, as an outbox of hours drains in one go. */
	terminal: { atOnce: 1_200, everyMs: 50 },
	/** Confirm customer and trial vend, per network address: 30 a minute. */
	'meter-lookup': { atOnce: 30, everyMs: 2 * SECOND_MS },
	/** The same per till or signed-in person: 600 a minute. */
	'meter-lookup-known': { atOnce: 600, everyMs: 100 },
	/** The same per meter, over all who are not known: 60 a minute. Tills are never shut out by it. */
	meter: { atOnce: 60, everyMs: SECOND_MS },
	/** Meter numbers that do not exist, per address, till or person: at most 60 in any hour. */
	miss: { atOnce: 20, everyMs: 90 * SECOND_MS },
	/** Passwords, passkeys, codes typed, enrolments, per network address: 10 a minute. */
	'sign-in': { atOnce: 10, everyMs: 6 * SECOND_MS },
	/** Packs, per technician or till: at most 22 in any hour. */
	pack: { atOnce: 10, everyMs: 5 * MINUTE_MS },
	/** Claim codes tried, per network address: at most 140 in any hour. */
	claim: { atOnce: 20, everyMs: 30 * SECOND_MS },
	/** The same per till or signed-in person: at most 780 in any hour. */
	'claim-known': { atOnce: 60, everyMs: 5 * SECOND_MS },
	/** The same per meter, over all who are not known: at most 70 in any hour. */
	'claim-meter': { atOnce: 10, everyMs: MINUTE_MS },
	/** Reminders set, moved and taken back, per network address, till or person: at most 100 in any hour. */
	reminder: { atOnce: 40, everyMs: MINUTE_MS },
	/**
	 * Free electricity asked for without staff, per network address: at most 420 in any hour. On the 1st all
	 * of a carrier's customers come from a few addresses; whoever is turned away asks again by itself.
	 */
	fbe: { atOnce: 60, everyMs: 10 * SECOND_MS },
	/** Codes sent to a phone: at most 5 in any hour. */
	'code-phone': { atOnce: 3, everyMs: 30 * MINUTE_MS },
	/** Codes asked for from a network address: at most 20 in any hour. */
	'code-address': { atOnce: 10, everyMs: 6 * MINUTE_MS },
	/** Codes to fetch purchases again, per network address: many phones share one. At most 50 in any hour. */
	'fetch-code': { atOnce: 20, everyMs: 2 * MINUTE_MS },
	/** The same per phone: at most 6 in any hour. */
	'fetch-code-phone': { atOnce: 3, everyMs: 20 * MINUTE_MS },
	/** The same per meter: at most 11 in any hour. */
	'fetch-code-meter': { atOnce: 5, everyMs: 10 * MINUTE_MS },
	/** Such codes typed, per network address: at most 140 in any hour. */
	fetch: { atOnce: 20, everyMs: 30 * SECOND_MS },
	/** The same per meter: at most 70 in any hour. */
	'fetch-meter': { atOnce: 10, everyMs: MINUTE_MS },
} as const satisfies Record<string, Rate>;

export type RateScope = keyof typeof DEFAULT_RATES;

export interface AccessSettings {
	/** `TOKENLINE_SIGNATURE_WINDOW_MS`: how far the time of a till's signature may be from the server's. */
	readonly signatureWindowMs: number;
	/** `TOKENLINE_RATE_<SCOPE>`, such as `TOKENLINE_RATE_METER_LOOKUP=30/2000`: at once / every so many ms. */
	readonly rates: Readonly<Record<RateScope, Rate>>;
}

export const DEFAULT_ACCESS: AccessSettings = {
	signatureWindowMs: 5 * MINUTE_MS,
	rates: DEFAULT_RATES,
};

export const RATE_SCOPES = Object.keys(DEFAULT_RATES) as readonly RateScope[];

export const rateVariable = (scope: RateScope): string =>
	`TOKENLINE_RATE_${scope.toUpperCase().replaceAll('-', '_')}`;

/** @throws {Error} with a sentence that names the variable */
export function readRates(
	environment: Readonly<Record<string, string | undefined>>,
): AccessSettings['rates'] {
	const rates = RATE_SCOPES.map((scope) => {
		const name = rateVariable(scope);
		const text = environment[name];
		return [scope, text === undefined ? DEFAULT_RATES[scope] : parseRate(name, text)];
	});
	return Object.fromEntries(rates) as Record<RateScope, Rate>;
}

function parseRate(name: string, text: string): Rate {
	const [, atOnce, everyMs] = /^([1-9]\d{0,6})\/([1-9]\d{0,7})$/.exec(text) ?? [];
	if (atOnce === undefined || everyMs === undefined)
		throw new Error(
			`${name} must be how many at once / one more every so many milliseconds, such as 30/2000, not ${JSON.stringify(text)}`,
		);
	return { atOnce: Number(atOnce), everyMs: Number(everyMs) };
}
