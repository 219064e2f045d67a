/** Who is sold to, under which key, at which price, as rows. */
import type { FbeByApp } from '#lib/core/sync/wire-utility.ts';

/** Who may ask for free basic electricity without staff: `meter/fbe-access.ts`. */
export type { FbeByApp };

/** A tenant. */
export interface UtilityRow {
	id: string;
	name: string;
	address: string;
	vat_number: string;
	help_line: string;
	currency_code: string;
	currency_minor_digits: number;
	time_zone: string;
	min_tender_minor: number;
	max_tender_minor: number;
	/** Guests who come by this host name are this utility's; null for the one that takes all others. */
	host_name: string | null;
	/** What a credit does when the meter's key is behind: `automatic` puts the key-change set before it. */
	key_change_policy: 'automatic' | 'refuse';
	/** Whether free basic electricity fills the month's blocks, 1 or 0. */
	fbe_counts_in_blocks: number;
	fbe_by_app: FbeByApp;
}

/** A supply group and the key revision that its meters are to be on. */
export interface SupplyGroupRow {
	sgc: string;
	utility_id: string;
	name: string;
	current_krn: number;
	/** Tariff of a meter that was first sold to from its card's data; null: no such sales in this group. */
	blind_tariff_id: string | null;
}

/** Attributes of a vending key. Its bytes are in the security module only, under `slot`. */
export interface SupplyGroupKeyRow {
	sgc: string;
	krn: number;
	utility_id: string;
	base_year: number;
	ken: number;
	dkga: number;
	kt: number;
	slot: string;
	public_test: number;
	/** ACT: no token before. */
	active_from_ms: number;
	/** IUT: no token from then on; null for no end. */
	issue_until_ms: number | null;
	/** ULM: units that the module gives out under it in all, 0.1 kWh; null for no limit. Held by the module alone. */
	unit_limit_deci_kwh: number | null;
}

/** One immutable version of a tariff; `definition` is a `Tariff` as JSON. */
export interface TariffRow {
	id: string;
	version: number;
	utility_id: string;
	valid_from_ms: number;
	definition: string;
}

export interface CustomerRow {
	id: string;
	utility_id: string;
	name: string;
	/** E.164, or null. */
	phone: string | null;
	address: string;
	account_number: string;
}

/**
 * A meter. `sgc`, `krn` and `ti` are what it has been given key-change tokens for last; `next_sgc` and
 * `next_ti` what it is to be moved to with its next sale, where the office has planned that.
 */
export interface MeterRow {
	drn: string;
	utility_id: string;
	customer_id: string;
	area: string;
	/** What a virtual meter is called; empty for a real one. */
	label: string;
	state: 'active' | 'blocked';
	tariff_id: string;
	sgc: string;
	krn: number;
	ti: string;
	next_sgc: string | null;
	next_ti: string | null;
	ea: number;
	tct: string;
	/** Whether its 64-bit key-change set may be of three tokens, 1 or 0. */
	takes_three_kct: number;
	resource: 'electricity';
	phases: number;
	dlms_profile: string | null;
	manufactured_at_ms: number;
}

/** A meter of the public-test estate: the key it had when it was made, from which the app makes it anew. */
export interface VirtualMeterRow {
	drn: string;
	sgc: string;
	krn: number;
	ti: string;
}

export interface AccountRow {
	drn: string;
	month: string;
	bought_deci_kwh: number;
	fixed_charge_due: number;
	arrears_minor: number;
	left_over_minor: number;
	/** An `ArrearsPlan` as JSON; null: the tariff's rule. */
	arrears_plan: string | null;
	/** Paid towards the arrears in `month`. */
	arrears_paid_minor: number;
	/** Entitlement per calendar month, 0.1 kWh; 0: none. */
	fbe_deci_kwh: number;
	/** Last month for which it was given; null: never. */
	fbe_month: string | null;
	/** The vend whose first transaction was the last of this meter's: no other can be taken back. */
	last_vend_id: string | null;
}

/** What the customer of a meter owes, set right by the office: immutable. */
export interface ArrearsAdjustmentRow {
	id: string;
	utility_id: string;
	drn: string;
	/** Owed besides; below nothing: no longer owed. */
	amount_minor: number;
	currency: string;
	reason: string;
	content_hash: string;
	made_by: string;
	at_ms: number;
}

/** That a meter is not sold to, or is again: immutable. `meter.state` is what holds. */
export interface BlockDecisionRow {
	/** Of the proposal, where a second person agreed. */
	id: string;
	utility_id: string;
	drn: string;
	/** Of the meter's decisions, from 1. */
	sequence: number;
	deed: 'block' | 'unblock';
	/** A `BlockReason` or `UnblockReason`, by the deed. */
	reason: string;
	note: string;
	/** Operators' ids. */
	made_by: string;
	agreed_by: string | null;
	at_ms: number;
	content_hash: string;
}

export interface EstateTables {
	utility: UtilityRow;
	supply_group: SupplyGroupRow;
	supply_group_key: SupplyGroupKeyRow;
	tariff: TariffRow;
	customer: CustomerRow;
	meter: MeterRow;
	virtual_meter: VirtualMeterRow;
	account: AccountRow;
	arrears_adjustment: ArrearsAdjustmentRow;
	block_decision: BlockDecisionRow;
}
