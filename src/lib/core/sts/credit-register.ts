/** The registers a ClearCredit token (2.1) can name (IEC 62055-41 6.3.13, sts.md §2.4). */
export const CREDIT_REGISTERS = {
	0x0000: 'electricity',
	0x0001: 'water',
	0x0002: 'gas',
	0x0003: 'time',
	0x0004: 'electricity-currency',
	0x0005: 'water-currency',
	0x0006: 'gas-currency',
	0x0007: 'time-currency',
	0xffff: 'all',
} as const;

/** Number of a credit register. */
export type CreditRegisterNumber = keyof typeof CREDIT_REGISTERS;

/** Name of a credit register. */
export type CreditRegisterName = (typeof CREDIT_REGISTERS)[CreditRegisterNumber];

/** Name of a credit register, or nothing for a reserved number. */
export function creditRegisterName(register: number): CreditRegisterName | undefined {
	return (CREDIT_REGISTERS as Readonly<Record<number, CreditRegisterName>>)[register];
}
