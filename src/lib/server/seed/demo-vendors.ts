/** The demo's agents: three vendors with a till each, and one more till that waits for its code. */
import type { OfflineTerms } from '#lib/core/vending/offline-terms.ts';
import type { OfflineTermsRow, TerminalRow, VendorRow } from '../database/schema.ts';
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

const HOUR_MS = 3_600_000;

/**
 * What may be sold without a network: a few days' takings of a small shop, and next to nothing where the
 * browser may throw it away. Sealed tokens are off, as they are unless the office switches them on
 * (`PUT /api/v1/vendors/{vendor}/offline-terms` with a `reserve`).
 */
const SMALL_SHOP: OfflineTerms = {
	queued: { perSaleMinor: 200_000, sumMinor: 4_000_000, count: 200, ageMs: 72 * HOUR_MS },
	unkept: { perSaleMinor: 50_000, sumMinor: 100_000, count: 3, ageMs: 12 * HOUR_MS },
	reserve: null,
};

/** The third vendor sells online only, as of whom the office has said nothing. */
const SELLING_ALONE = ['harbour-kiosk', 'market-corner'];

export function demoTermsRows(setAtMs: number): OfflineTermsRow[] {
	return SELLING_ALONE.map((vendorId) => ({
		...{ vendor_id: vendorId, utility_id: DEMO_UTILITY.id },
		...{ terms: JSON.stringify(SMALL_SHOP), set_by: 'system', set_at_ms: setAtMs },
	}));
}

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
