/**
 * What the backend asks of a security module, whatever it is made of. Keys are named by their slot and
 * never come out; only the decoder key of a public-test meter may be had, because the app is that meter.
 *
 * A module gives out tokens and keeps no books. Asked again with the same `requestId` it makes the same
 * token (software module), or one with the same TID (a module that chooses the random field itself): the
 * meter takes one of them. Nobody has seen the first, or it would not have been asked again.
 */
import type { ManagementOrder as ManagementWish } from '#lib/core/sts/management-token.ts';
import type { Refusal } from '../refusal.ts';

/** The key that a token is made under, and the meter it is for. */
export interface TokenTarget {
	readonly slot: string;
	readonly drn: string;
	readonly sgc: string;
	readonly krn: number;
	/** Two digits. */
	readonly ti: string;
	readonly ea: 7 | 11;
	/** Token carrier type, two digits. */
	readonly tct: string;
}

/**
 * One credit token to be made. The same `requestId` with other contents is refused, for whatever it was
 * used; the time of asking is not of the contents.
 */
export interface CreditOrder extends TokenTarget {
	readonly requestId: string;
	readonly amountDeciKwh: number;
	readonly tid: number;
	/** The server's clock, for activation and issue-until; a module with a clock of its own uses that. */
	readonly nowMs: number;
}

export interface IssuedCredit {
	/** Twenty digits. */
	readonly digits: string;
	/** What the token's field carries: the amount asked for, or the next one up that it can. */
	readonly carriedDeciKwh: number;
	/** Made by a software module: never a token of a real utility. */
	readonly test: boolean;
}

/** A class 2 token that carries a TID. */
export interface ManagementOrder extends TokenTarget {
	readonly requestId: string;
	/** What the token is to do, in the core's words; watts, register or raw value with it. */
	readonly wish: ManagementWish;
	readonly tid: number;
	readonly nowMs: number;
}

export interface IssuedManagement {
	readonly digits: string;
	/** Limits only: what is really set, never below what was asked for. */
	readonly watts: number | null;
	readonly test: boolean;
}

/** From what a meter is on to what it is to be on. Repeating it gives identical tokens. */
export interface KeyChangeOrder {
	readonly requestId: string;
	readonly from: TokenTarget;
	readonly to: Pick<TokenTarget, 'slot' | 'sgc' | 'krn' | 'ti'>;
	/** 2 or 3 for EA07, 4 for EA11. */
	readonly sections: 2 | 3 | 4;
	readonly nowMs: number;
}

export interface IssuedKeyChange {
	/** In the order of entry. */
	readonly digits: readonly string[];
	/** The new key has a later base date: the meter forgets its TIDs. */
	readonly rollover: boolean;
	readonly test: boolean;
}

export interface VerifyOrder extends TokenTarget {
	readonly digits: string;
}

/** What a token says under the meter's key. */
export interface VerifiedToken {
	readonly tokenClass: number;
	readonly subclass: number;
	/** Null where the token has none. */
	readonly tid: number | null;
	/** 0.1 kWh for credit, the raw value of a management token; null for all others. */
	readonly amount: number | null;
}

/** What may be known of a key. */
export interface SlotAttributes {
	readonly slot: string;
	readonly sgc: string;
	readonly krn: number;
	readonly kt: number;
	readonly dkga: number;
	readonly baseYear: number;
	readonly ken: number;
	/** Of the public-test estate: virtual meters, whose decoder keys may be handed out. */
	readonly publicTest: boolean;
	/** ACT. */
	readonly activeFromMs: number;
	/** IUT; null for no end. */
	readonly issueUntilMs: number | null;
	/** ULM, 0.1 kWh over the key's whole life; null for no limit. */
	readonly unitLimitDeciKwh: number | null;
}

/** The meter whose decoder key is asked for. */
export type DecoderKeyOrder = Omit<TokenTarget, 'tct'>;

/** Requests that made something, for the daily close. */
export interface ModuleUsage {
	/**
	 * Over all the module's lives. A key-change set counts once, whatever its number of tokens. Null: a module
	 * that tells no count.
	 */
	readonly requests: number | null;
	/**
	 * Their ids in the order in which they were first made, from number `after + 1` on, at most 10,000: the
	 * next ones are had by asking again. Null: this kind of module only counts.
	 */
	readonly ids: readonly string[] | null;
}

/**
 * Every call throws a `Fault` `security-module-unavailable` when the module does not answer; whether it made
 * something is then unknown, and the same order is to be asked for again. `security-module-refused` is a
 * module's definite no for which there is no better word.
 */
export interface SecurityModule {
	/**
	 * Refusals, in order: `vending-key-unknown`, `id-reused`, `vending-key-not-active`,
	 * `vending-key-issue-ended`, `vending-key-expired`, `vending-key-type`, `amount-above-maximum`,
	 * `vending-key-limit`. A repeat of an order that was carried out is carried out again, whatever the clock
	 * and the limit say by then (software module).
	 */
	issueCredit(order: CreditOrder): Promise<IssuedCredit | Refusal>;
	/** Refusals: those of `issueCredit`, with `engineering-value` for the amount's and no limit. */
	issueManagement(order: ManagementOrder): Promise<IssuedManagement | Refusal>;
	/**
	 * Refusals, in order: `vending-key-unknown` (either), `id-reused`, `key-change-same`,
	 * `key-change-not-allowed`, then of the new key `vending-key-not-active`, `vending-key-issue-ended`,
	 * `vending-key-expired`. A key that expired may be left.
	 */
	issueKeyChange(order: KeyChangeOrder): Promise<IssuedKeyChange | Refusal>;
	/** Refusals, in order: `vending-key-unknown`, `token-unreadable`. Counts as nothing made. */
	verifyToken(order: VerifyOrder): Promise<VerifiedToken | Refusal>;
	/** Refusals, in order: `vending-key-unknown`, `decoder-key-withheld`. */
	decoderKey(order: DecoderKeyOrder): Promise<{ decoderKeyHex: string } | Refusal>;
	attributes(slot: string): Promise<SlotAttributes | Refusal>;
	/** `after`: how many requests are known already. */
	usage(order: { readonly after: number }): Promise<ModuleUsage>;
	close(): Promise<void>;
}
