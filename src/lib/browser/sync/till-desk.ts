/**
 * All that an agent's page works with, put together: the vault, the journal that is the outbox, the sales, the
 * shift, and what keeps them moving. One desk for one operator at one till; who signs out closes it.
 */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type {
	BatchHereRow,
	CustomerHereRow,
	OperatorHereRow,
	PrintJobRow,
	ReserveHereRow,
	TerminalHereRow,
	TillSaleRow,
} from '#lib/browser/store/agent-rows.ts';
import type { LeaveRefusal } from '#lib/browser/store/agent-leave.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import type { Keeping } from '#lib/browser/device/keeping.ts';
import type { Mending } from './till-mend.ts';
import type { FilledReserve } from './till-reserve.ts';
import type { Vault } from '#lib/browser/vault/vault.ts';
import type { ExpectedMoney, RefusedMoney } from '#lib/core/sync/till-totals.ts';
import type { OfflineCaps, OfflineRefusal, Unsynced } from '#lib/core/vending/offline-terms.ts';
import type { TariffPackRefusal } from '#lib/core/vending/till-refusals.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';
import type { TillStop } from '#lib/core/vending/till-refusals.ts';
import type { ClaimAnswer } from '#lib/core/sync/wire-till.ts';
import type { BatchClosingRequest, BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import type {
	FloatVendRequest,
	MeterConfirmation,
	Problem,
	TenderMethod,
	VendAnswer,
} from '#lib/core/sync/wire.ts';

export type { ExpectedMoney, Keeping, Mending };

/** What a sale says that only its operator may read: sealed in its row. */
export interface SaleDetails {
	readonly drn: string;
	readonly ownerMasked: string | null;
	readonly area: string | null;
	readonly tenderedMinor: number;
	/** What was shown before the sale; null: nothing could be. */
	readonly waterfall: Waterfall | null;
	/** By the backend's price, or estimated from the pack. */
	readonly priced: 'backend' | 'estimate' | 'not';
	readonly claimCode: string;
	readonly notifyPhone: string | null;
	readonly replaces: string | null;
	/** Of a sealed token that was revealed: the vend it is; absent: the sale's own id. */
	readonly vendId?: string;
}

/** A sale opened: its row, its details, and the answer when there is one. */
export interface OpenedSale {
	readonly row: TillSaleRow;
	/** Null: another operator's, or damaged. */
	readonly details: SaleDetails | null;
	readonly answer: VendAnswer | null;
}

/** What is known of a meter. */
export type MeterSight =
	| {
			readonly kind: 'known';
			readonly confirmation: MeterConfirmation;
			/** Heard now, or kept from an earlier time. */
			readonly from: 'backend' | 'kept';
			readonly fetchedAtMs: number;
	  }
	/** Its check digit is right, and nothing more is known while the backend is out of reach. */
	| { readonly kind: 'unheard' }
	| { readonly kind: 'problem'; readonly problem: Problem };

export interface RecentCustomer {
	readonly drn: string;
	readonly confirmation: MeterConfirmation | null;
	readonly lastSoldMs: number;
}

/** A token that is on this device, sealed: what it carries is not known before it is revealed. */
export interface SealedToken {
	readonly vendId: string;
	readonly expiresAtMs: number;
}

/** What an amount buys, before anything is sold. */
export type Priced =
	| {
			readonly kind: 'priced';
			/** `backend`: the sale is held to it, and refused where it would buy less. */
			readonly by: 'backend' | 'estimate';
			readonly waterfall: Waterfall;
			readonly agreed: NonNullable<FloatVendRequest['agreed']>;
	  }
	/** Nothing is known that it could be estimated from: no pack, or one that is too old. */
	| { readonly kind: 'not-priced' }
	| { readonly kind: 'problem'; readonly problem: Problem };

/** What is wanted at the tap. */
export interface SaleWish {
	readonly drn: string;
	readonly amountMinor: number;
	readonly tender: { readonly method: TenderMethod; readonly tenderedMinor: number };
	readonly sight: MeterSight | null;
	readonly priced: Priced | null;
	readonly meter?: FloatVendRequest['meter'];
	readonly notifyPhone?: string;
	/** The refused sale in whose place this one is made. */
	readonly replaces?: string;
}

/** What came of a tap. In every case but `not-sold` the sale is on the disk. */
export type SellOutcome =
	| { readonly kind: 'issued'; readonly sale: OpenedSale }
	/** The customer gets a provisional receipt: out of reach, or no answer within `ANSWER_WITHIN_MS`. */
	| { readonly kind: 'provisional'; readonly sale: OpenedSale }
	/** The backend said no: the customer's money goes back. */
	| { readonly kind: 'refused'; readonly sale: OpenedSale; readonly code: string }
	/** Nothing was sold or written. */
	| {
			readonly kind: 'not-sold';
			readonly because:
				| OfflineRefusal
				| TillStop
				| 'shift-needed'
				/** The backend, asked for the price, said no for good: the price says why. */
				| 'refused-now'
				/** The vault was locked meanwhile. */
				| 'locked'
				/** Another tap is being written down: a double tap is one sale. */
				| 'under-way';
	  };

/** What a customer has of a sale: its token, or the promise of one. */
export type SalePaper = Extract<PrintJobRow['paper'], 'receipt' | 'provisional'>;

/** A sale just like one of so long ago may be a second tap. */
export const RECENT_SAME_MS = 120_000;

/** What is always in sight. */
export interface TillGlance {
	/** From the float, less all that waits; null: never heard. */
	readonly availableMinor: number | null;
	readonly heardAtMs: number | null;
	readonly unsynced: Unsynced;
	/** The caps that hold here now; null: nothing is sold without the network. */
	readonly caps: OfflineCaps | null;
	/** Refused sales whose money is still here, and rows that need mending. */
	readonly toRefund: number;
	readonly toMend: number;
	/** Tokens that came after the customer had left with a provisional receipt. */
	readonly toHandOver: number;
	readonly shift: BatchHereRow | null;
	/** Why nothing more is handed in; null: nothing stands in the way. */
	readonly stop: TillStop | null;
	readonly reserve: { readonly count: number; readonly sumMinor: number };
	/** What prices a sale without the network; null: none was fetched. */
	readonly pack: {
		readonly version: string;
		readonly fetchedAtMs: number;
		readonly validUntilMs: number;
	} | null;
	/** Why the last pack that came was not kept; null: it was. */
	readonly packRefused: TariffPackRefusal | null;
}

export type SignOutOutcome =
	/** Their vault is destroyed: no PIN opens it, and what only it opened is lost. */
	{ readonly kind: 'signed-out' } | LeaveRefusal;

/** A file to be kept elsewhere. */
export interface TillFile {
	readonly name: string;
	readonly type: 'application/json';
	readonly parts: readonly string[];
}

export interface TillDesk {
	readonly store: AgentStore;
	readonly operator: OperatorHereRow;
	readonly vault: Vault;
	/** The till as it is now. */
	terminal(): Promise<TerminalHereRow>;
	keeping(): Promise<Keeping>;
	/** Asks the browser, and where it must the person, to keep what is stored. */
	askToKeep(): Promise<Keeping>;
	/** Reads tables only, so that it can be a live query. */
	glance(): Promise<TillGlance>;

	lookUp(drn: string): Promise<MeterSight>;
	/** Trial vend: as the backend counts while it can be reached, else from the pack. */
	price(drn: string, amountMinor: number, sight: MeterSight | null): Promise<Priced>;
	/** Rows of `agent-sales.ts`, opened: those that a screen watches. */
	openCustomers(rows: readonly CustomerHereRow[]): Promise<readonly RecentCustomer[]>;
	/** What the sales of a meter are found by; undefined: locked. */
	meterTag(drn: string): Promise<string | undefined>;
	/** When the same meter was sold the same amount within `RECENT_SAME_MS`: to be asked about; null: it was not. */
	recentSame(drn: string, amountMinor: number): Promise<number | null>;
	/** @throws {StoreFault} nothing was sold */
	sell(wish: SaleWish): Promise<SellOutcome>;

	/** @throws {StoreFault} */
	openSale(id: string): Promise<OpenedSale | undefined>;
	/** Rows of `agent-sales.ts`, opened: those that a screen watches. */
	openSales(rows: readonly TillSaleRow[]): Promise<readonly OpenedSale[]>;
	/** Where a provisional sale is, by its code: of any till of the utility. */
	redeem(drn: string, code: string): Promise<ApiOutcome<ClaimAnswer>>;
	/** The money was given back, out of the drawer. @throws {StoreFault} nothing was written */
	payRefund(saleId: string): Promise<void>;
	/**
	 * A sale's paper goes to a printer; a receipt is a reprint from the second time on, and written down.
	 * Undefined: it is not the sale's paper any more, and nothing is counted. @throws {StoreFault} nothing was written
	 */
	notePrint(saleId: string, paper: SalePaper): Promise<{ readonly copy: number } | undefined>;
	/** The customer has the token that came late: by whatever way, without a paper. @throws {StoreFault} */
	handOver(saleId: string): Promise<void>;
	/** The sealed token for just this meter and amount, which a sale would reveal; null: there is none. */
	sealedFor(drn: string, amountMinor: number): Promise<SealedToken | null>;

	openShift(): Promise<BatchHereRow>;
	/** X: as it stands. */
	totals(batchId: string): Promise<BatchTotals>;
	/** What should be in the drawer of a shift now, and as slips, by pay type: with what became of refused sales. */
	expected(shiftId: string): Promise<readonly ExpectedMoney[]>;
	/** What became of the money of the refused sales of a batch. @param totals of the batch */
	refused(batchId: string, totals: BatchTotals): Promise<RefusedMoney>;
	closeShift(closing: BatchClosingRequest): Promise<BatchHereRow>;
	/** Closes the sales and banking batches around the closed shifts. */
	bank(closing: BatchClosingRequest): Promise<BatchHereRow>;
	/** The latest first, each with the backend's word on it once that was heard. */
	batches(most: number): Promise<readonly BatchHereRow[]>;
	/** The Z report of a closed batch goes to a printer: 1 is the first, every further one a reprint. */
	noteReport(batchId: string): Promise<{ readonly copy: number }>;
	/** What cannot be handed in as it is, beside sales whose money is to be given back. Reads tables only. */
	mending(): Promise<Mending>;

	/** Asks for sealed tokens for the regular meters, as far as the terms go. */
	fillReserve(): Promise<FilledReserve>;
	reserve(): Promise<readonly { row: ReserveHereRow; drn: string; ownerMasked: string | null }[]>;

	/** Looks at once whether the backend can be reached, and hands in what waits. */
	tryNow(): Promise<void>;
	/** Work is going on: idleness does not lock. */
	hold(): () => void;
	lock(): void;
	signOut(): Promise<SignOutOutcome>;
	close(): void;
}
