/** Tills that sell without a network, as rows. */
import type { TillKind } from '#lib/core/vending/till-kinds.ts';
import type { OutcomeState, TillAlarm } from '#lib/core/sync/wire-till.ts';

/** What the office lets a vendor's tills do, from then on: the newest holds. No row: the defaults do. */
export interface OfflineTermsRow {
	vendor_id: string;
	utility_id: string;
	/** `OfflineTerms` as JSON. */
	terms: string;
	set_by: string;
	set_at_ms: number;
}

/** A journal, from the enrolment that began it, and its last entry that is here; 0 and zeros: none is. */
export interface TillHeadRow {
	device_id: string;
	utility_id: string;
	terminal_id: string;
	/** Public JWK under which its entries are signed: outlives the till's own. */
	signing_key: string;
	sequence: number;
	hash: string;
}

/** A key that a till had when it was revoked, once another device has its place: its own is to hear so for ever. */
export interface RevokedKeyRow {
	id: string;
	utility_id: string;
	terminal_id: string;
	/** Public JWK as JSON. */
	public_key: string;
	/** When it was replaced. */
	at_ms: number;
}

/** One entry of a till's journal, as it was signed. */
export interface TillEntryRow {
	id: string;
	utility_id: string;
	vendor_id: string;
	terminal_id: string;
	device_id: string;
	sequence: number;
	hash: string;
	kind: TillKind;
	/** The vend, sale or batch that it is about, where it is not itself; of a sale, the one that it replaces. */
	subject_id: string | null;
	operator_id: string;
	at_ms: number;
	offset_ms: number | null;
	taken_at_ms: number;
	/** Where the journal ended when the request began that brought it. */
	known_sequence: number;
	/** Sales of the journal up to here, this one counted, that were promised without a token: how many, for how much. */
	provisional_count: number;
	provisional_minor: number;
	/** The `SignedTillEntry` as canonical JSON. */
	entry: string;
}

/** What has become of an entry, once that is final. */
export interface TillOutcomeRow {
	entry_id: string;
	state: OutcomeState;
	code: string | null;
	at_ms: number;
}

/** An entry whose outcome is not final yet: written with its place, taken away with its outcome. */
export interface TillUnsettledRow {
	entry_id: string;
	sequence: number;
	/** How often the background has tried it. */
	tries: number;
	/** When the background tries it next: nobody else is at it then. */
	due_at_ms: number;
}

/** A number whose entry is damaged on the device, by its own word. */
export interface TillMissingRow {
	device_id: string;
	sequence: number;
	hash: string;
	told_at_ms: number;
}

export interface TillAlarmRow {
	id: string;
	utility_id: string;
	vendor_id: string;
	terminal_id: string;
	device_id: string;
	kind: TillAlarm;
	sequence: number;
	entry_id: string | null;
	/** The entry that was refused, as it came: the office decides about it. */
	entry: string | null;
	/** JSON. */
	facts: string;
	at_ms: number;
}

/** What a provisional receipt is redeemed by. */
export interface ClaimRow {
	sale_id: string;
	utility_id: string;
	drn: string;
	/** HMAC-SHA-256 under the home's secret, hex. */
	code_hash: string;
	amount_minor: number;
	at_ms: number;
}

/** A token made beforehand: what it is made for, written with its vend, which is one like any other. */
export interface ReserveRow {
	vend_id: string;
	utility_id: string;
	vendor_id: string;
	terminal_id: string;
	device_id: string;
	drn: string;
	denomination_minor: number;
	issued_at_ms: number;
	expires_at_ms: number;
}

/** The one way in which its digits leave us before it is revealed. */
export interface ReserveSealRow {
	vend_id: string;
	/** `SealedVend`, to the device: asked for again, it is the same. */
	sealed: string;
}

/** How a sealed token ended. One that ran out on its device may still be returned by the office. */
export interface ReserveEndRow {
	vend_id: string;
	state: 'revealed' | 'expired' | 'returned';
	entry_id: string | null;
	shift_batch_id: string | null;
	operator_id: string | null;
	/** `{ method, tenderedMinor }` as JSON. */
	tender: string | null;
	at_ms: number;
}

export interface TillTables {
	offline_terms: OfflineTermsRow;
	till_head: TillHeadRow;
	revoked_key: RevokedKeyRow;
	till_entry: TillEntryRow;
	till_outcome: TillOutcomeRow;
	till_unsettled: TillUnsettledRow;
	till_missing: TillMissingRow;
	till_alarm: TillAlarmRow;
	claim: ClaimRow;
	reserve: ReserveRow;
	reserve_seal: ReserveSealRow;
	reserve_end: ReserveEndRow;
}
