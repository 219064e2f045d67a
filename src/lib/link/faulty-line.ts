/**
 * A faulty probe where only the meter's end of the line is ours, as on a pty: what a client sends passes
 * it on the way to the meter, and what the meter says on the way back.
 */
import { IncomingOctets } from './incoming-octets.ts';
import type { Line } from './line.ts';
import { FaultyProbe, type ProbeFault, REST_MS } from './probe-fault.ts';
import type { Timer } from './transport.ts';

/** The meter's end of a line with a faulty probe at the other end. */
export function faultyLine(
	line: Line,
	fault: ProbeFault,
	timer: Timer,
	chance: () => number,
): Line {
	const probe = new FaultyProbe(fault, chance);
	const incoming = new IncomingOctets(Infinity);
	let crossedAtMs = -Infinity;
	let over = false;
	const give = async (octets: Uint8Array): Promise<void> => {
		if (octets.length > 0) await line.send(octets);
	};
	const carry = async (): Promise<void> => {
		for (;;) {
			const octets = await line.receive();
			if (!octets) break;
			crossedAtMs = timer.nowMs();
			await give(probe.atPort(probe.echoOf(octets)));
			incoming.push(probe.toMeter(octets));
		}
		over = true;
		incoming.end();
	};
	carry().catch((error: unknown) => incoming.fail(error as Error));
	const makeNoise = (): void => {
		const restMs = probe.restMs();
		if (restMs === undefined) return;
		timer.wakeAt(timer.nowMs() + restMs, () => {
			if (over) return;
			if (timer.nowMs() - crossedAtMs > REST_MS) void give(probe.noise());
			makeNoise();
		});
	};
	makeNoise();
	return {
		configure: (settings) => line.configure(settings),
		receive: () => incoming.take(),
		send: async (octets) => {
			crossedAtMs = timer.nowMs();
			await give(probe.atPort(probe.toUs(octets, timer.nowMs())));
		},
		close: async () => {
			over = true;
			await line.close();
		},
	};
}
