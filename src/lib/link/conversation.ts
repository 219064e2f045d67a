/**
 * An association with one meter as everything above it uses it: glance, delivery, engineering, the test
 * bench. One question at a time; those asked meanwhile wait their turn. An outcome is a value; only slips
 * are thrown.
 */
import type { Agreement, WishRefusal } from '#lib/core/dlms/association/client.ts';
import type { RequestFailure } from '#lib/core/dlms/association/failure.ts';
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import type { LinkFaultKind } from './link-fault.ts';

/** Why a conversation is over. */
export type ConversationEnd =
	/** We released it. */
	| { readonly why: 'released' }
	/** The association or the link below it failed. */
	| { readonly why: 'failed'; readonly failure: RequestFailure }
	/** The world broke in. */
	| { readonly why: 'fault'; readonly fault: LinkFaultKind }
	/** Our own counters could not be kept, so that nothing more may be sent. */
	| { readonly why: 'counters-not-kept' };

export type AskOutcome =
	| { readonly kind: 'answer'; readonly answer: Answer }
	/** Nothing was put on the line. */
	| {
			readonly kind: 'not-sent';
			readonly because: WishRefusal | { readonly refused: 'over' | 'called-off' };
	  }
	/**
	 * The meter may have the question or not, may have acted on it or not. Never "failed": whoever asked
	 * something that must not be done twice reads back first.
	 */
	| { readonly kind: 'unknown'; readonly because: ConversationEnd };

export interface Conversation {
	readonly agreement: Agreement;
	/** A question still waiting its turn is taken back when `signal` aborts; one on the line is not. */
	ask(wish: Wish, signal?: AbortSignal): Promise<AskOutcome>;
	/** Settles once the conversation is over, for whatever reason; never rejects. */
	readonly ended: Promise<ConversationEnd>;
	/** Releases the association and the link and closes the line. Never rejects. */
	end(): Promise<void>;
}
