/**
 * What a meter writes on its own display. It has English capitals, figures and `. : - + / ?` and no other
 * signs, at most sixteen a line, whatever language the app around it speaks: meters are like that.
 */
import type { DisplayName } from '#lib/core/meter/display-items.ts';
import type { TokenResult } from '#lib/core/sts/decoder/token-result.ts';

/** Above a value it shows. */
export const METER_ITEMS: Record<DisplayName, string> = {
	'load-switch': 'RELAY',
	display: 'DISPLAY TEST',
	'total-registers': 'TOTAL USED',
	'key-revision': 'KEY REVISION',
	'key-type': 'KEY TYPE',
	'tariff-index': 'TARIFF INDEX',
	'token-input': 'KEYPAD TEST',
	'power-limit': 'POWER LIMIT',
	'tamper-status': 'TAMPER',
	'active-power': 'LOAD NOW',
	'software-version': 'SOFTWARE',
	'phase-unbalance-limit': 'PHASE LIMIT',
	'encryption-algorithm': 'ALGORITHM',
	'key-change-tokens': 'KEY PARTS',
	'supply-group': 'SUPPLY GROUP',
	'key-expiry': 'KEY EXPIRY NO.',
	'meter-number': 'METER NUMBER',
	credit: 'CREDIT',
	'total-credited': 'TOTAL CREDITED',
	'last-token': 'LAST TOKEN',
	'last-token-taken': 'LAST TOKEN TAKEN',
};

export const METER_DISPLAY = {
	supplyOff: 'SUPPLY OFF',
	lowCredit: 'LOW CREDIT',
	tamper: 'TAMPER',
	locked: 'LOCKED',
	emergency: 'EMERGENCY',
	remoteOff: 'REMOTE OFF',
	phase: (phase: number) => `L${phase}`,
	rate: (rate: number) => `RATE ${rate}`,
	credit: 'CREDIT',
	emergencyCredit: 'EMERGENCY CREDIT',
	totalUsed: 'TOTAL USED',
	noCredit: 'NO CREDIT',
	digitsOf: (count: number) => `${count} OF 20`,
	pressEnter: 'PRESS ENTER',
	lockedFor: (clock: string) => `LOCKED ${clock}`,
};

/** To a key, before a token is whole. */
export const METER_ENTRY = {
	incomplete: 'NOT 20 DIGITS',
	timedOut: 'TIME OUT',
	offered: 'PRESS ENTER',
	unknownCode: 'NO SUCH CODE',
};

/** To a token. */
export const METER_VERDICTS: Record<TokenResult, string> = {
	Accept: 'ACCEPTED',
	'1stKCT': 'KEY PART 1 OK',
	'2ndKCT': 'KEY PART 2 OK',
	'3rdKCT': 'KEY PART 3 OK',
	'4thKCT': 'KEY PART 4 OK',
	OverflowError: 'CREDIT TOO HIGH',
	KeyTypeError: 'KEY TYPE',
	FormatError: 'NOT A TOKEN',
	RangeError: 'OUT OF RANGE',
	FunctionError: 'NO FUNCTION',
	OldError: 'OLD',
	UsedError: 'USED',
	KeyExpiredError: 'EXPIRED',
	DDTKError: 'FACTORY KEY',
	CRCError: 'WRONG TOKEN',
	MfrCodeError: 'OTHER MAKE',
	Lockout: 'LOCKED',
};

/** Values that are not numbers. */
export const METER_VALUES = {
	notSet: 'NOT SET',
	yes: 'YES',
	no: 'NO',
	open: 'OPEN',
	closed: 'CLOSED',
};
