/**
 * Structured log: one JSON object a line on standard error. Ids, states, codes and durations only: never a
 * token's digits, a key, a name or a body.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
	(level: 'info' | 'warn' | 'error', event: string, facts?: LogFacts): void;
}

/** The request that whatever runs now belongs to. */
const current = new AsyncLocalStorage<string>();

/** Every line that is logged while `work` runs carries the request's id. */
export function withinRequest<Result>(requestId: string, work: () => Result): Result {
	return current.run(requestId, work);
}

/** @param write takes one whole line */
export function makeLog(write: (line: string) => void, nowMs: () => number): Log {
	return (level, event, facts = {}) => {
		const at = new Date(nowMs()).toISOString();
		const line = { at, level, event, request: current.getStore(), ...facts };
		write(`${JSON.stringify(line)}\n`);
	};
}

/** What may be said about something thrown: its kind and where, not what it held. */
export function describeError(error: unknown): LogFacts {
	if (!(error instanceof Error)) return { error: typeof error };
	const where = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
	return { error: error.name, message: withoutSecrets(error.message), where: where?.trim() };
}

/**
 * What somebody else's message may quote of what it was given: digits of tokens, phones and meters, keys in
 * hex, and anything between quotes.
 */
function withoutSecrets(message: string): string {
	return message
		.replace(/(["'`]).*?\1/g, '$1…$1')
		.replace(/\b[0-9a-f]{16,}\b/gi, '…')
		.replace(/\+?\d(?:[ -]?\d){6,}/g, '…');
}
