/**
 * What every transport below an association looks like, sans-IO: octets, wishes and the time go in,
 * octets, events and the time of the next wake-up come out. Times are milliseconds of any one clock.
 */
import type { LinkParameters } from './hdlc/parameters.ts';

/** Why a link ended. */
export type DisconnectReason =
	/** We asked, the peer agreed (or said nothing any more). */
	| 'released'
	/** The peer ended it. */
	| 'peer-released'
	/** The peer does not want to connect. */
	| 'refused'
	/** The peer rejected a frame as impossible (FRMR). */
	| 'frame-rejected'
	/** The peer says that there is no connection any more (DM). */
	| 'lost'
	/** Nothing came back, after all retries. */
	| 'no-answer'
	/** Nothing came for the inactivity time-out. */
	| 'inactive'
	/** The peer broke the protocol in a way no retry mends. */
	| 'breach';

/** Who talks to whom, as far as the link knows: SAPs of both sides. */
export interface LinkPeers {
	readonly client: number;
	readonly device: number;
}

export type LinkEvent =
	| { readonly kind: 'connected'; readonly peers: LinkPeers; readonly parameters?: LinkParameters }
	/** One whole APDU, or nothing at all, which some peers answer with. */
	| { readonly kind: 'message'; readonly octets: Uint8Array; readonly peers: LinkPeers }
	/** One APDU that came unasked and outside the numbered exchange. */
	| { readonly kind: 'notification'; readonly octets: Uint8Array }
	| { readonly kind: 'disconnected'; readonly reason: DisconnectReason };

/** One end of a link. */
export interface MessageLink {
	/** Client: begin. Meters wait. */
	connect(nowMs: number): void;
	/** Client: end. */
	disconnect(nowMs: number): void;
	/**
	 * Sends one APDU. A client says whether an answer is awaited; a meter to whom it speaks, where one
	 * link carries several clients.
	 */
	send(message: Uint8Array, nowMs: number, answerAwaited?: boolean, to?: LinkPeers): void;
	/** Client: one more message is awaited though nothing is to be sent. */
	awaitMore(nowMs: number): void;
	/**
	 * Meter: there is no answer to the last message; the turn goes back. Client: nothing to ask, but the
	 * meter shall hear that we are there; does nothing where the link has no such frame.
	 */
	pass(nowMs: number): void;
	/** Takes octets from the line. */
	receive(octets: Uint8Array, nowMs: number): LinkEvent[];
	/** Tells that the time of `wakeAtMs` has come; earlier calls do nothing. */
	wake(nowMs: number): LinkEvent[];
	/** When `wake` must be called unless something happens before; undefined for never. */
	readonly wakeAtMs: number | undefined;
	/** The octets to put on the line, in order, one entry a frame. */
	takeOutput(): Uint8Array[];
}
