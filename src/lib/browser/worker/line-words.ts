/**
 * What a page and its worker say to each other about one line, over a message port. Octets go in frames
 * that the other side takes one by one, so that neither is flooded.
 */
import type { LineFaultName } from '#lib/link/line-faults.ts';
import type { LineDisturbances, LineSettings } from '#lib/link/line.ts';
import type { LinkFaultKind } from '#lib/link/link-fault.ts';

/** Octets on their way to one side that it has not taken. */
export const WINDOW_OCTETS = 65_536;

export const MAX_FRAME_OCTETS = 16_384;

/** Which meter's line, and how it is. */
export interface LineOrder {
	readonly drn: string;
	/** The database of this device in which the meter is. */
	readonly database: string;
	readonly settings: LineSettings;
	/** Whether octets and answers take the time they take on a real line. */
	readonly pace: boolean;
	/** In place of the faults planted in the meter's line. */
	readonly lineFaults?: readonly LineFaultName[];
	/** For the noise of a planted fault. */
	readonly seed: number;
}

/** From the page. */
export type PageWord =
	| { readonly do: 'octets'; readonly octets: Uint8Array }
	| { readonly do: 'taken'; readonly octets: number }
	| { readonly do: 'configure'; readonly settings: LineSettings }
	| { readonly do: 'close' };

/** From the worker. */
export type WorkerWord =
	| { readonly is: 'open' | 'configured' | 'ended' | 'closed' }
	| { readonly is: 'octets'; readonly octets: Uint8Array; readonly disturbances?: LineDisturbances }
	| { readonly is: 'taken'; readonly octets: number }
	| { readonly is: 'fault'; readonly fault: LinkFaultKind };

/** Of a `MessagePort`, what is used here. */
export interface WordPort {
	onmessage: ((event: MessageEvent) => void) | null;
	postMessage(word: PageWord | WorkerWord): void;
	close(): void;
}
