/**
 * Structured log: one JSON object a line on standard error. Ids, states, codes and durations only: never a
 * token's digits, a key, a name or a body.
 */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
	(level: 'info' | 'warn' | 'error', event: string, facts?: LogFacts): void;
}

/** @param write takes one whole line */
export function makeLog(write: (line: string) => void, nowMs: () => number): Log {
	return (level, event, facts = {}) =>
		write(`${JSON.stringify({ at: new Date(nowMs()).toISOString(), level, event, ...facts })}\n`);
}

/** What may be said about something thrown: its kind and where, not what it held. */
export function describeError(error: unknown): LogFacts {
	if (!(error instanceof Error)) return { error: typeof error };
	const where = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
	return { error: error.name, message: error.message, where: where?.trim() };
}
