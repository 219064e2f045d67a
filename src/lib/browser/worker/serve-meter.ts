/** What the worker does: a virtual meter of this device at the end of a simulated line. */
import type { TokenlineStore } from '#lib/browser/store/store.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { seededChance } from '#lib/link/seeded-chance.ts';
import { simulateMeter } from '#lib/link/simulated-meter.ts';
import type { Timer } from '#lib/link/transport.ts';
import type { LineOrder, WordPort } from './line-words.ts';
import { MeterGone, MeterKeeper } from './meter-keeper.ts';
import { type LineRelay, relayLine } from './relay-line.ts';

/** What the worker lends. */
export interface ServeHost {
	readonly openStore: (database: string) => TokenlineStore;
	readonly timer: Timer;
	/** Fresh chance. */
	random(octets: number): Uint8Array;
}

/** While its time runs faster the meter is kept so often, since only then does it. */
const KEEP_EVERY_MS = 1000;

/** Without pace. A confirmation that comes at once comes before the client’s port is set for it. */
const AT_ONCE = { gatherMs: 0, reopenMs: 0, manner: { reactionMs: 0, confirms: false } } as const;

/** HDLC as it is offered; a client may ask for less. */
const HDLC_PARAMETERS = {
	infoTransmit: 1024,
	infoReceive: 1024,
	windowTransmit: 7,
	windowReceive: 7,
} as const;

const kindOf = (error: unknown) =>
	error instanceof LinkFault
		? error.kind
		: error instanceof MeterGone
			? 'unplugged'
			: 'port-failed';

/** Answers on `port` for the meter that is ordered, until the page closes the line. */
export async function serveMeter(port: WordPort, order: LineOrder, host: ServeHost): Promise<void> {
	const { timer } = host;
	const { drn, database, settings, pace, lineFaults, seed } = order;
	try {
		const wall = { nowMs: () => timer.nowMs(), random: (octets: number) => host.random(octets) };
		const keeper = await MeterKeeper.open(host.openStore(database), drn, wall);
		const { line, answering } = simulateMeter((link) => keeper.device.endpoint(link), {
			timer,
			pace,
			faults: lineFaults ?? keeper.standing.lineFaults,
			chance: seededChance(seed),
			parameters: HDLC_PARAMETERS,
			inStep: (work) => keeper.step(work),
			...(!pace && AT_ONCE),
		});
		const relay = relayLine(await line.port.open(settings), port);
		answering.catch((error: unknown) => relay.break(kindOf(error)));
		keepTime(keeper, relay, timer);
	} catch (error) {
		const fault = error instanceof MeterGone ? 'meter-unreachable' : kindOf(error);
		port.postMessage({ is: 'fault', fault });
	}
}

/** A session is somebody who looks: for as long as it lasts, the meter's time runs as fast as was set. */
function keepTime(keeper: MeterKeeper, relay: LineRelay, timer: Timer): void {
	timer.wakeAt(timer.nowMs() + KEEP_EVERY_MS, () => {
		if (relay.over) return;
		// Another hand may have set it going: the step that keeps nothing looks.
		keeper
			.step(() => undefined, keeper.standing.lapse > 1)
			.then(
				() => keepTime(keeper, relay, timer),
				(error: unknown) => relay.break(kindOf(error)),
			);
	});
}
