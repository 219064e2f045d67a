/** Counting how often something can be done in a second, on one core. */
import { cpus } from 'node:os';

const WARM_UP_MS = 300;
const ROUND_MS = 500;
const ROUNDS = 3;
/** Runs between two looks at the clock. */
const BATCH = 64;

/** Runs per second over `durationMs`. Each run must give something truthy. */
export function countFor(durationMs: number, once: (index: number) => unknown): number {
	const started = performance.now();
	let count = 0;
	let elapsed = 0;
	// What came is folded together and looked at, so that no run can be left out as useless.
	let seen = 0;
	while (elapsed < durationMs) {
		for (let index = 0; index < BATCH; index += 1) if (once(count + index)) seen += 1;
		count += BATCH;
		elapsed = performance.now() - started;
	}
	if (seen !== count) throw new Error('a run gave nothing');
	return (count / elapsed) * 1000;
}

/** Runs per second: the best of three rounds after a warm-up. Each run must give something truthy. */
export function perSecond(once: (index: number) => unknown): number {
	countFor(WARM_UP_MS, once);
	return Math.max(...Array.from({ length: ROUNDS }, () => countFor(ROUND_MS, once)));
}

/** Two rates of the same seconds, and how they stand to one another. */
export interface Beside {
	readonly rate: number;
	readonly bound: number;
	/** The middle one of the rounds' `rate` / `bound`. */
	readonly ratio: number;
}

const PAIRED_ROUNDS = 15;
const PAIRED_ROUND_MS = 150;

/**
 * Something beside what bounds it. Short rounds take turns, so that what else the machine does in
 * these seconds slows both alike; a ratio of two best rounds would compare two different moments.
 */
export async function beside(
	once: (durationMs: number) => number | Promise<number>,
	bound: (durationMs: number) => number | Promise<number>,
): Promise<Beside> {
	await once(WARM_UP_MS);
	await bound(WARM_UP_MS);
	const rounds: Beside[] = [];
	for (let round = 0; round < PAIRED_ROUNDS; round += 1) {
		const rate = await once(PAIRED_ROUND_MS);
		const least = await bound(PAIRED_ROUND_MS);
		rounds.push({ rate, bound: least, ratio: rate / least });
	}
	const middle = (name: keyof Beside) =>
		rounds.map((round) => round[name]).sort((one, other) => one - other)[
			PAIRED_ROUNDS >> 1
		] as number;
	return { rate: middle('rate'), bound: middle('bound'), ratio: middle('ratio') };
}

/** The machine, in a line. */
export function machine(): string {
	const [first] = cpus();
	return `Node ${process.versions.node}, ${first?.model ?? 'unknown processor'}, one core of ${cpus().length}`;
}

/** A line of a table: what, how many per second here, how many by the reference where there is one. */
export function printRate(what: string, rate: number, reference?: number): void {
	const number = (value: number) => Math.round(value).toLocaleString('en').padStart(11);
	const beside =
		reference === undefined
			? ''
			: `${number(reference)}/s reference${`${(rate / reference).toFixed(1)}×`.padStart(8)}`;
	console.log(`${what.padEnd(24)}${number(rate)}/s${beside}`);
}
