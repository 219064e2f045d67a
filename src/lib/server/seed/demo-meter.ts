/** What every meter of the demo has in common. */
import { luhnDigit } from '#lib/core/sts/luhn.ts';
import type { AccountRow, CustomerRow, MeterRow } from '../database/schema.ts';
import { DEMO_UTILITY } from './demo-utility.ts';

export const DAY_MS = 86_400_000;

/** A meter, whose it is, and its account as it stands when the demo begins. */
export interface SeededMeter {
	readonly customer: CustomerRow;
	readonly meter: MeterRow;
	readonly account: AccountRow;
	/** Of the public-test estate. */
	readonly isVirtual: boolean;
}

type Own = Pick<
	MeterRow,
	'drn' | 'area' | 'label' | 'tariff_id' | 'sgc' | 'krn' | 'ti' | 'ea' | 'manufactured_at_ms'
>;

/** A meter that is active, of one phase, without a planned change. */
export function meterRow(own: Own): MeterRow {
	return {
		...own,
		utility_id: DEMO_UTILITY.id,
		customer_id: customerId(own.drn),
		state: 'active',
		tct: '02',
		next_sgc: null,
		next_ti: null,
		takes_three_kct: 1,
		resource: 'electricity',
		phases: 1,
		dlms_profile: null,
	};
}

/** Its customer, without a phone. */
export function customerRow(drn: string, name: string, address: string): CustomerRow {
	return {
		id: customerId(drn),
		utility_id: DEMO_UTILITY.id,
		name,
		phone: null,
		address,
		account_number: `A${drn}`,
	};
}

/** Nothing bought and nothing owed in a month. */
export function emptyAccount(drn: string, month: string): AccountRow {
	return {
		drn,
		month,
		bought_deci_kwh: 0,
		fixed_charge_due: 1,
		arrears_minor: 0,
		left_over_minor: 0,
		arrears_plan: null,
		arrears_paid_minor: 0,
		fbe_deci_kwh: 0,
		fbe_month: null,
		last_vend_id: null,
	};
}

/** A serial number as a meter number. */
export function withCheckDigit(digits: string): string {
	return `${digits}${luhnDigit(digits)}`;
}

function customerId(drn: string): string {
	return `customer-${drn}`;
}
