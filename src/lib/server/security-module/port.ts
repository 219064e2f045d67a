/**
 * What the backend asks of a security module, whatever it is made of. Keys are named by their slot and
 * never come out; only the decoder key of a public-test meter may be had, because the app is that meter.
 */
import type { Refusal } from '../refusal.ts';

/** One credit token to be made. The same `requestId` with the same contents gives the same token, always. */
export interface CreditOrder {
	readonly requestId: string;
	readonly slot: string;
	readonly drn: string;
	readonly sgc: string;
	readonly krn: number;
	/** Two digits. */
	readonly ti: string;
	readonly ea: 7 | 11;
	readonly amountDeciKwh: number;
	readonly tid: number;
}

export interface IssuedCredit {
	/** Twenty digits. */
	readonly digits: string;
	/** What the token's field carries: the amount asked for, or the next one up that it can. */
	readonly carriedDeciKwh: number;
	/** Made by a software module: never a token of a real utility. */
	readonly test: boolean;
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
}

/** The meter whose decoder key is asked for. */
export type DecoderKeyOrder = Pick<CreditOrder, 'slot' | 'drn' | 'sgc' | 'krn' | 'ti' | 'ea'>;

/** Every call throws a `Fault` `security-module-unavailable` when the module does not answer. */
export interface SecurityModule {
	/** Refusals, in order: `vending-key-unknown`, `vending-key-expired`, `id-reused`, `amount-above-maximum`. */
	issueCredit(order: CreditOrder): Promise<IssuedCredit | Refusal>;
	/** Refusals, in order: `vending-key-unknown`, `decoder-key-withheld`. */
	decoderKey(order: DecoderKeyOrder): Promise<{ decoderKeyHex: string } | Refusal>;
	attributes(slot: string): Promise<SlotAttributes | Refusal>;
	/** Tokens made so far, over all the module's lives: to be compared with the books. */
	counter(): Promise<{ tokens: number }>;
	close(): Promise<void>;
}
