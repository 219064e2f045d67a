/**
 * What the backend does of itself, beside the requests: rounds of work, each with a period and a loop of its
 * own, so that one that is slow or fails holds up no other. Every node runs them all: a round is written so
 * that two nodes in the same one do no harm.
 */
import { describeError, type Log } from './log.ts';
import { timed, type Measure } from './measure/measure.ts';

export interface Round {
	/** Names it in logs and metrics: `recovery`, `audit-seal` … */
	readonly name: string;
	/** From the end of one run to the beginning of the next. */
	readonly everyMs: number;
	/** One run. What it throws is logged, and the next run comes all the same. */
	readonly run: (turn: Turn) => Promise<void>;
}

export interface Turn {
	/** The first run of this process: nobody else's work is known to be under way. */
	readonly first: boolean;
	/** Aborted when the process is to end: a long round leaves the rest for the next one. */
	readonly signal: AbortSignal;
}

export interface Background {
	/** No run begins any more; resolves when those under way have ended. */
	stop(): Promise<void>;
}

/** Who is told how the rounds go. */
interface Watch {
	readonly log: Log;
	readonly measure: Pick<Measure, 'round'>;
}

/** Runs every round at once, and then again and again until stopped. */
export function startBackground(watch: Watch, rounds: readonly Round[]): Background {
	const stopping = new AbortController();
	const loops = rounds.map((round) => loop(watch, round, stopping.signal));
	return {
		async stop() {
			stopping.abort();
			await Promise.all(loops);
		},
	};
}

async function loop(watch: Watch, round: Round, signal: AbortSignal): Promise<void> {
	for (let first = true; !signal.aborted; first = false) {
		let outcome: 'done' | 'failed' = 'failed';
		try {
			await timed(
				async () => {
					await round.run({ first, signal });
					outcome = 'done';
				},
				(seconds) => watch.measure.round(round.name, outcome, seconds),
			);
		} catch (error) {
			watch.log('error', 'round-failed', { round: round.name, ...describeError(error) });
		}
		await pause(round.everyMs, signal);
	}
}

/** Ends early when stopped. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const end = (): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		signal.addEventListener('abort', end);
		if (signal.aborted) end();
	});
}
