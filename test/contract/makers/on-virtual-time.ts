/** A line whose time is a virtual clock: promises are kept in no time, and each time alike. */
import type { Line } from '#lib/link/line.ts';
import { VirtualTimer } from '../../link/virtual-timer.ts';
import type { Connected, FarEnd } from '../line-contract.ts';

/** How far the clock goes on by itself at a time, and in all. */
const STEP_MS = 1000;
const LIMIT_MS = 3 * 3_600_000;

/** Connects on a clock that goes on by itself for as long as the line is used. */
export async function onVirtualTime(
	connect: (timer: VirtualTimer) => Promise<{ readonly line: Line; readonly farEnd: FarEnd }>,
): Promise<Connected> {
	const timer = new VirtualTimer();
	let disposed = false;
	const used = async (): Promise<void> => {
		while (!disposed) await timer.sleep(STEP_MS);
	};
	const running = timer.run(used(), LIMIT_MS);
	const stuck = running.then(() => new Promise<never>(() => undefined));
	stuck.catch(() => undefined);
	const { line, farEnd } = await connect(timer);
	return {
		line,
		farEnd,
		rest: (ms) => timer.sleep(ms),
		stuck,
		dispose: async () => {
			const closed = line.close();
			await Promise.race([closed, running]).catch(() => undefined);
			disposed = true;
			await running.catch(() => undefined);
		},
	};
}
