/** What a vendor's money means in the books: pure, from the event to entries that add up to zero. */
import { transfer, type Entry } from './entries.ts';

/** Paid in at the bank: the float grows. */
export function entriesOfDeposit(vendorId: string, amountMinor: number): Entry[] {
	const credit = { kind: 'agent-float', owner: vendorId } as const;
	return transfer(amountMinor, { debit: 'bank', credit }, 'deposit');
}

/** The money of a sealed token goes back into the float, and what was earned by it with it. */
export function entriesOfReserveReturn(
	vendorId: string,
	amountMinor: number,
	commissionMinor: number,
): Entry[] {
	const float = { kind: 'agent-float', owner: vendorId } as const;
	const payable = { kind: 'commission-payable', owner: vendorId } as const;
	return [
		...transfer(amountMinor, { debit: 'reserve-returned', credit: float }, 'reserve-return'),
		...(commissionMinor === 0
			? []
			: transfer(
					commissionMinor,
					{ debit: payable, credit: 'commission-expense' },
					'commission-returned',
				)),
	];
}

/** What was earned is paid out: into the float, or at the bank. */
export function entriesOfSettlement(
	vendorId: string,
	amountMinor: number,
	paidTo: 'float' | 'bank',
): Entry[] {
	const debit = { kind: 'commission-payable', owner: vendorId } as const;
	const credit = paidTo === 'bank' ? 'bank' : ({ kind: 'agent-float', owner: vendorId } as const);
	return transfer(amountMinor, { debit, credit }, 'commission-settled');
}
