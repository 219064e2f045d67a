/**
 * The extended token set (STS 202-5, sts.md §2.3): a value of 16 bits is an index and a control value;
 * index 63 writes one flag. What a flag's value means to a meter is the maker's matter: payment modes in
 * particular have no agreed polarity, so only raw values pass here (sts.md §21, point 10).
 */

/** What the flags of index 63 switch. */
export const EXTENDED_FLAGS = {
	0: 'certification-test',
	1: 'detect-tamper',
	2: 'disconnect-service',
	3: 'disconnect-on-tamper',
	4: 'disconnect-on-power-limit',
	5: 'disconnect-on-under-frequency',
	6: 'electricity-payment-mode',
	7: 'water-payment-mode',
	8: 'gas-payment-mode',
	9: 'time-payment-mode',
	10: 'commissioning-mode',
	11: 'tariff-index-fallback-power-limit',
} as const;

/** Name of a flag of index 63. */
export type ExtendedFlagName = (typeof EXTENDED_FLAGS)[keyof typeof EXTENDED_FLAGS];

/** The index that writes or reads a flag. */
export const FLAG_INDEX = 63;

/** What an extended token sets. */
export type ExtendedSetting =
	| { readonly index: number; readonly controlValue: number }
	| {
			readonly index: typeof FLAG_INDEX;
			readonly flagNumber: number;
			/** Nothing for a flag number that has no name yet. */
			readonly flag: ExtendedFlagName | undefined;
			readonly flagValue: 0 | 1;
	  };

/** Name of a flag, or nothing for a number without one. */
export function extendedFlagName(flagNumber: number): ExtendedFlagName | undefined {
	return (EXTENDED_FLAGS as Readonly<Record<number, ExtendedFlagName>>)[flagNumber];
}

function checkBits(name: string, value: number, bits: number): void {
	if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits)
		throw new RangeError(`${name} has ${bits} bits`);
}

/** Index (6 bits, not 63) and control value (10 bits) as the token's value. @throws {RangeError} slip */
export function extendedValue(index: number, controlValue: number): number {
	checkBits('the index', index, 6);
	checkBits('the control value', controlValue, 10);
	return (index << 10) | controlValue;
}

/** A flag write as the token's value: index 63, flag number (9 bits), flag value. @throws {RangeError} slip */
export function flagValue(flagNumber: number, value: 0 | 1): number {
	checkBits('the flag number', flagNumber, 9);
	return (FLAG_INDEX << 10) | (flagNumber << 1) | value;
}

/** The value of an extended set token (2.10) taken apart. */
export function readExtendedValue(value: number): ExtendedSetting {
	const index = value >>> 10;
	const controlValue = value & 0x3ff;
	if (index !== FLAG_INDEX) return { index, controlValue };
	const flagNumber = controlValue >>> 1;
	const flag = extendedFlagName(flagNumber);
	return { index, flagNumber, flag, flagValue: (controlValue & 1) as 0 | 1 };
}

/** The control field of an extended read token (1.2): 36 bits with the index in the upper six. */
export function readExtendedControl(control: number): { index: number; rest: number } {
	const index = Math.floor(control / 2 ** 30);
	return { index, rest: control - index * 2 ** 30 };
}
