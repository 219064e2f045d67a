/** The server's clock as something that is handed in: the truth for TIDs, receipts and deadlines. */
export interface Clock {
	/** Epoch milliseconds. */
	nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };
