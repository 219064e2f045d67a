/** Who asked for a vend: from the caller into its row, and back for what is recorded of it later. */
import { systemCaller, type Caller } from '../access/caller.ts';
import type { VendRow } from '../database/schema.ts';

/** Issuing point of everything sold over the web, and of everything made by the office. */
const WEB = 'WEB';
const OFFICE = 'OFFICE';

/** The row's columns that say who asked, and at which point its receipt is numbered. */
export function askerColumns(caller: Caller) {
	return {
		vendor_id: caller.vendorId ?? null,
		terminal_id: caller.terminalId ?? null,
		operator_id: caller.operatorId ?? null,
		issuing_point: caller.terminalId ?? (caller.operatorId === undefined ? WEB : OFFICE),
	};
}

/** A consumer over the web, whoever the browser belongs to. */
export const WEB_ASKER = {
	vendor_id: null,
	terminal_id: null,
	operator_id: null,
	issuing_point: WEB,
} as const;

/** Somebody of the office. */
export function officeAsker(operatorId: string) {
	return { vendor_id: null, terminal_id: null, operator_id: operatorId, issuing_point: OFFICE };
}

/** Whether anybody who has its unguessable id may see it. */
export function isOfTheWeb(row: Pick<VendRow, 'issuing_point' | 'vendor_id'>): boolean {
	return row.issuing_point === WEB && row.vendor_id === null;
}

/** The asker as a caller: for the audit of what is done later on their behalf. */
export function askerOf(row: VendRow): Caller {
	return {
		...systemCaller(row.utility_id),
		...(row.operator_id !== null && { operatorId: row.operator_id }),
		...(row.terminal_id !== null && { terminalId: row.terminal_id }),
		...(row.vendor_id !== null && { vendorId: row.vendor_id }),
	};
}
