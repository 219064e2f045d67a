/** The meter's end of a serial line: octets in, answers out, at the rate and with the pauses of a meter. */
import type { Line } from './line.ts';
import type { MeterLine, MeterLineOutput } from './meter-line.ts';
import { receiveUntil, WOKEN } from './meter-responder.ts';
import type { Timer } from './transport.ts';

export interface LineManner {
	/** From the last octet of a request to the first of its answer, in milliseconds. */
	readonly reactionMs: number;
	/** Called before any answer goes out; keeps what must outlive us. */
	readonly makeSafe?: () => void;
	/**
	 * Does one step of the meter, in which it hears or wakes, and resolves once what that changed is kept:
	 * for hosts that can only wait for their store. No answer goes out before.
	 */
	readonly inStep?: (work: () => void) => Promise<void>;
}

/**
 * Answers on `line` until it ends. While it makes an answer it is deaf, as a small processor is: nobody
 * who keeps to a protocol speaks then. Rejects where the line or `makeSafe` does.
 */
export async function answerOnLine(
	line: Line,
	meter: MeterLine,
	timer: Timer,
	{ reactionMs, makeSafe = () => undefined, inStep }: LineManner,
): Promise<void> {
	const act = async (output: readonly MeterLineOutput[]): Promise<void> => {
		for (const entry of output) {
			if (entry.kind === 'port') await line.configure(entry.settings);
			else await line.send(entry.octets);
		}
	};
	meter.start(timer.nowMs());
	await act(meter.takeOutput());
	let incoming = line.receive();
	for (;;) {
		const came = await receiveUntil(incoming, meter.wakeAtMs, timer);
		if (came === undefined) return;
		const nowMs = timer.nowMs();
		const step = (): void => {
			if (came === WOKEN) meter.wake(nowMs);
			else meter.receive(came, nowMs);
		};
		if (inStep) await inStep(step);
		else step();
		if (came !== WOKEN) incoming = line.receive();
		const output = meter.takeOutput();
		if (output.some(({ kind }) => kind === 'octets')) {
			makeSafe();
			const readyMs = nowMs + reactionMs;
			while (timer.nowMs() < readyMs) {
				const missed = await receiveUntil(incoming, readyMs, timer);
				if (missed === undefined) return;
				if (missed !== WOKEN) incoming = line.receive();
			}
		}
		await act(output);
		if (output.length > 0) meter.answered(timer.nowMs());
	}
}
