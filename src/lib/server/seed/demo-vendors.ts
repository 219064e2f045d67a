/** The demo's agents: three vendors with a till each, and one more till that waits for its code. */
import type { TerminalRow, VendorRow } from '../database/schema.ts';
import { DEMO_UTILITY } from './demo-utility.ts';

const COMMON = {
	utility_id: DEMO_UTILITY.id,
	state: 'active',
	float_minor: 0,
	blind_vend: 0,
} as const;

export const DEMO_VENDORS: readonly VendorRow[] = [
	{
		...COMMON,
		id: 'harbour-kiosk',
		name: 'Harbour Kiosk',
		credit_limit_minor: 0,
		commission_basis_points: 200,
	},
	{
		...COMMON,
		id: 'market-corner',
		name: 'Market Corner Shop',
		credit_limit_minor: 500_000,
		commission_basis_points: 200,
		blind_vend: 1,
	},
	{
		...COMMON,
		id: 'station-pharmacy',
		name: 'Station Pharmacy',
		credit_limit_minor: 0,
		commission_basis_points: 150,
	},
];

/** Tills that have sold over the year; their keys are on devices that nobody has. */
export const DEMO_TILLS: readonly { readonly id: string; readonly vendorId: string }[] = [
	{ id: 'T-001', vendorId: 'harbour-kiosk' },
	{ id: 'T-002', vendorId: 'market-corner' },
	{ id: 'T-003', vendorId: 'station-pharmacy' },
];

/** A till of the demo that was never enrolled: the office gives it a code when somebody wants to sell. */
export const DEMO_NEW_TILL = { id: 'T-004', vendorId: 'market-corner' } as const;

/** @param state `active` for the tills that have sold; a key comes with an enrolment only */
export function tillRow(
	{ id, vendorId }: { readonly id: string; readonly vendorId: string },
	state: TerminalRow['state'],
	enrolledAtMs: number | null,
): TerminalRow {
	const vendor = DEMO_VENDORS.find((row) => row.id === vendorId);
	return {
		id,
		utility_id: DEMO_UTILITY.id,
		vendor_id: vendorId,
		name: `${vendor?.name ?? vendorId}, till ${id}`,
		state,
		enrolment_code_hash: null,
		enrolment_expires_at_ms: null,
		public_key: null,
		enrolled_at_ms: enrolledAtMs,
		...{ device_id: null, sealing_key: null, journal_state: null },
	};
}
