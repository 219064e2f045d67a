/**
 * What a byte stream looks like to everything above it, whatever it is made of: a socket, a serial line,
 * a pair in memory. Octets come in the pieces the stream has them in; a reader that is slow is not sent
 * more (the stream below holds back).
 */

/** One end of a byte stream. */
export interface Transport {
	/** The next octets; undefined once the stream has ended, and ever after. One call at a time. */
	receive(): Promise<Uint8Array | undefined>;
	/** Resolves when the stream takes more. Does nothing once the stream has ended. */
	send(octets: Uint8Array): Promise<void>;
	/** Ends both directions; a second time does nothing. */
	close(): Promise<void>;
}

/** The host's clock. */
export interface Timer {
	/** Milliseconds since 1970. */
	nowMs(): number;
	/** Calls back once the clock has passed `atMs`; the function it gives calls that off. */
	wakeAt(atMs: number, callBack: () => void): () => void;
}
