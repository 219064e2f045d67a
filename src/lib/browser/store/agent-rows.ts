/**
 * What an agent's device keeps, row by row. In clear stands what must be read without the PIN: the journal
 * itself (whose private part is sealed to the backend), how far it is, and the money of each sale. Meter
 * numbers, names, codes and digits are sealed to the operator. Money in minor units, instants in epoch
 * milliseconds by the device's clock.
 */
import type { SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import type { TillKind } from '#lib/core/vending/till-kinds.ts';
import type { TillProgress } from '#lib/core/sync/till-outbox.ts';
import type { TillStop } from '#lib/core/vending/till-refusals.ts';
import type { TillSaleState } from '#lib/core/sync/till-sale-state.ts';
import type { TariffPack, TillStatus } from '#lib/core/sync/wire-till.ts';
import type { BatchClosingRequest, BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import type { Language } from '#lib/core/units/languages.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { TenderMethod, Utility } from '#lib/core/sync/wire.ts';

/** The form of these rows; a later version of the app reads every earlier one. */
export const AGENT_ROW_SCHEMA = 1;

/** The till that this device is: one row, under the key `till`. */
export interface TerminalHereRow {
	readonly key: 'till';
	readonly schema: number;
	/** Of the journal; also the id in `deviceKeys` under the owner `till`. */
	readonly deviceId: string;
	readonly terminalId: string;
	readonly name: string;
	readonly vendor: { readonly id: string; readonly name: string };
	readonly utilityId: string;
	readonly utility: Utility;
	readonly saleKey: DeviceKey;
	readonly enrolledAtMs: number;
	/** What the server's clock was ahead of ours when last heard; null: never. */
	readonly offsetMs: number | null;
	/** The last status heard and when; null: none yet. */
	readonly status: TillStatus | null;
	readonly heardAtMs: number | null;
	/** The office has revoked it: everything sealed is gone, only what was not handed in is left, to be exported. */
	readonly revokedAtMs: number | null;
	/** Why nothing more is handed in; null: nothing stands in the way. */
	readonly stop: TillStop | null;
}

/** Who may stand at this till. */
export interface OperatorHereRow {
	readonly operatorId: string;
	readonly login: string;
	readonly name: string;
	readonly lastSignedInMs: number;
	/** ECDH P-256: answers of this operator's sales are sealed to it. The private half lies in the vault. */
	readonly inbox: DeviceKey;
}

/** One entry of the journal: added once, never changed, never deleted before the backend has it. */
export interface TillEntryHereRow {
	readonly deviceId: string;
	readonly sequence: number;
	readonly id: string;
	readonly kind: TillKind;
	readonly hash: string;
	readonly entry: SignedTillEntry;
}

/** How far an entry is. The same keys as its entry. */
export interface TillProgressRow extends TillProgress {
	readonly deviceId: string;
	readonly id: string;
}

/** One sale as the till shows it. `sealed` and `answer` open with the operator's PIN only. */
export interface TillSaleRow {
	/** Of the entry, and of the vend. Of a revealed token: of the reveal's entry. */
	readonly id: string;
	readonly schema: number;
	readonly operatorId: string;
	/** HMAC of the meter number under a key of the operator's vault, base64url: what is searched by. */
	readonly drnTag: string;
	readonly atMs: number;
	readonly shiftId: string;
	readonly amountMinor: number;
	readonly method: TenderMethod | 'none';
	readonly energyDeciKwh: number | null;
	readonly promise: 'token' | 'provisional' | 'reserve';
	readonly state: TillSaleState;
	readonly code: string | null;
	/** AES-GCM under the vault's key: a `SaleDetails` as JSON. */
	readonly sealed: SealedHere;
	/** What came back, JWE to the operator's inbox: a `VendAnswer`; null: nothing yet. */
	readonly answer: string | null;
	/** The shift in which its money went back, or into the sale in its place; absent: neither. */
	readonly settledIn?: string;
	/** `energyDeciKwh` is what its tokens carry, not what was estimated. */
	readonly energyHeard?: true;
	/** How often its provisional receipt went to a printer; absent: never. */
	readonly printedProvisional?: number;
	/** How often its receipt with the token went to a printer. */
	readonly printed: number;
	/**
	 * When its token came though the customer had left with a provisional receipt: it is to be handed over.
	 * Absent: nothing is, or it was.
	 */
	readonly handOverMs?: number;
}

export { TILL_SALE_STATES, type TillSaleState } from '#lib/core/sync/till-sale-state.ts';

/** Octets sealed under the vault's key, with the form of what is inside. */
export interface SealedHere {
	readonly version: number;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly octets: Uint8Array<ArrayBuffer>;
}

/** A meter that was sold to from here, sealed: a `MeterConfirmation` or null, and when it was fetched. */
export interface CustomerHereRow {
	readonly operatorId: string;
	readonly drnTag: string;
	readonly lastSoldMs: number;
	readonly sales: number;
	readonly sealed: SealedHere;
}

/** A shift, or the sales or banking batch around it, as this till has it. */
export interface BatchHereRow {
	readonly id: string;
	readonly kind: 'shift' | 'sales' | 'banking';
	readonly parentId: string | null;
	readonly operatorId: string | null;
	readonly state: 'open' | 'closed';
	readonly openedAtMs: number;
	readonly closedAtMs: number | null;
	readonly closing: BatchClosingRequest | null;
	/** The till's own Z totals; null while it is open. */
	readonly totals: BatchTotals | null;
	/** How often its Z report went to a printer; absent: never. */
	readonly printed?: number;
	/** The backend's word on it once it is closed here; absent: not heard yet. */
	readonly heard?: BatchHeard;
}

/** What the backend said of a batch. */
export interface BatchHeard {
	readonly state: 'open' | 'closed';
	readonly totals: BatchTotals;
	readonly atMs: number;
}

export interface PackHereRow {
	readonly key: 'tariff';
	readonly pack: TariffPack;
	readonly fetchedAtMs: number;
}

/** A sealed token on this device. It opens with the device's sealing key, after its reveal is on the disk. */
export interface ReserveHereRow {
	readonly vendId: string;
	readonly operatorId: string;
	readonly drnTag: string;
	readonly denominationMinor: number;
	readonly expiresAtMs: number;
	readonly state: 'sealed' | 'revealed' | 'ended';
	/** Under the vault's key: whose meter it is for, without its digits. */
	readonly about: SealedHere;
	/** JWE; empty once it has ended. */
	readonly sealed: string;
}

/** Something to be printed, and how that went. */
export interface PrintJobRow {
	readonly id: string;
	readonly saleId: string | null;
	/** Of a report: the shift or batch; absent: it is of none. */
	readonly batchId?: string;
	/** The kind of paper; what is on it is made when it is printed. */
	readonly paper: 'receipt' | 'provisional' | 'refund' | 'x-report' | 'z-report' | 'test';
	/** 1 is the first; every further one is marked as a reprint. */
	readonly copy: number;
	/** In which a customer's paper was asked for; absent: English, as staff's papers are, and all once were. */
	readonly language?: Language;
	readonly askedAtMs: number;
	readonly state: 'waiting' | 'printing' | 'printed' | 'failed';
	/** Why it failed, of `browser/print`'s closed list. */
	readonly fault: string | null;
}

/** How this device prints: about the desk, and not about who stands at it. */
export interface PrintingHereRow {
	readonly key: 'printing';
	/** Of `browser/print/print-settings`, which reads it with care. */
	readonly settings: unknown;
}
