/**
 * What the entries of event logs mean, as names. Codes differ from maker to maker, so a meter's profile
 * says which code is which; a code without a name is shown as the number it is.
 */
export const EVENT_NAMES = [
	'manufactured',
	'power-down',
	'power-up',
	'clock-changed',
	'clock-invalid',
	'daylight-saving-changed',
	'battery-low',
	'battery-replaced',
	'self-test-failed',
	'watchdog-reset',
	'firmware-ready',
	'firmware-activated',
	'firmware-refused',
	'settings-changed',
	'tariff-changed',
	'rate-switched',
	'log-cleared',
	'security-key-changed',
	'access-refused',
	'meter-cover-opened',
	'meter-cover-closed',
	'terminal-cover-opened',
	'terminal-cover-closed',
	'magnet-noticed',
	'magnet-gone',
	'current-reversed',
	'current-normal',
	'current-bypassed',
	'tamper-detected',
	'tamper-ended',
	'tamper-cleared',
	'voltage-missing',
	'voltage-low',
	'voltage-high',
	'voltage-normal',
	'phases-swapped',
	'phases-unbalanced',
	'relay-opened',
	'relay-closed',
	'relay-opened-remotely',
	'relay-closed-remotely',
	'relay-opened-by-hand',
	'relay-closed-by-hand',
	'relay-opened-for-credit',
	'relay-opened-for-tamper',
	'relay-opened-for-load',
	'relay-opened-for-unbalance',
	'relay-ready',
	'limit-exceeded',
	'limit-changed',
	'credit-low',
	'credit-out',
	'credit-cleared',
	'charge-collected',
	'emergency-credit-taken',
	'emergency-credit-used-up',
	'emergency-credit-repaid',
	'token-accepted',
	'token-not-a-token',
	'token-not-authentic',
	'token-not-valid',
	'token-not-carried-out',
	'keypad-locked',
	'key-changed',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** Names by code, 0 … 65,535. */
export type EventCodes = Readonly<Record<number, EventName>>;

/** Codes that a profile may name. */
export const MAX_EVENT_CODES = 512;

const HIGHEST_CODE = 65_535;

/** A table of codes from a profile's JSON, `{"11": "relay-opened"}`; undefined where it is none. */
export function parseEventCodes(json: unknown): EventCodes | undefined {
	if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
	const rows = Object.entries(json);
	const known: readonly unknown[] = EVENT_NAMES;
	const sound = rows.every(
		([code, name]) =>
			/^(?:0|[1-9]\d{0,4})$/.test(code) && Number(code) <= HIGHEST_CODE && known.includes(name),
	);
	return sound && rows.length <= MAX_EVENT_CODES ? (json as EventCodes) : undefined;
}
