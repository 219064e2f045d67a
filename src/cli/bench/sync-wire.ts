/** What the bench and its backend, a process of its own, say to each other beside HTTP. */

/** A till that waits for its device. */
export interface WaitingTill {
	readonly enrolmentCode: string;
	/** Who stands at it. */
	readonly operatorId: string;
	/** Meters that no other till sells to. */
	readonly drns: readonly string[];
}

/** What the backend's process used since it was asked the last time. */
export interface Usage {
	readonly cpuMs: number;
	readonly rssOctets: number;
}

export type FromBackend =
	| { readonly what: 'ready'; readonly origin: string; readonly tills: readonly WaitingTill[] }
	| { readonly what: 'usage'; readonly usage: Usage };

/** The only question there is. */
export const ASK_USAGE = 'usage';

/** No office lets a till queue more. */
export const MOST_QUEUED = 10_000;
