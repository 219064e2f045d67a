/**
 * A meter with an optical head on a serial port, in memory: what `open` of the port and the meter's own
 * UART do to octets on a real line happens to them here, and at the same moments. What can be wrong with
 * the probe is an argument (`probe-fault.ts`); what can be wrong with the meter is the meter's concern.
 */
import { LightPath } from './light-path.ts';
import { LineEnd } from './line-end.ts';
import { eightN1, type Line, type LinePort, type PortLabel } from './line.ts';
import { LinkFault, type LinkFaultKind } from './link-fault.ts';
import { FaultyProbe, type ProbeFault, REST_MS } from './probe-fault.ts';
import type { Timer } from './transport.ts';

export interface SimulatedLineSettings {
	readonly timer: Timer;
	/** Whether octets take the time that their rate gives them; yes where absent. */
	readonly pace?: boolean;
	/**
	 * How long our port is deaf while it is closed and opened to be set anew. Uncertain: a pty takes 3 ms,
	 * adapters are said to take 20 to 300.
	 */
	readonly reopenMs?: number;
	/** How long our driver gathers octets before it hands them over: FTDI 16 ms, CDC 1 ms. */
	readonly gatherMs?: number;
	/**
	 * What our port does with an octet of the wrong parity or without a stop bit. Uncertain, drivers
	 * differ: it is lost and counted, or handed over as it is.
	 */
	readonly flawed?: 'lost' | 'handed-over';
	readonly name?: string;
	readonly fault?: ProbeFault;
	/** Chance for the fault: numbers 0 … 1. */
	readonly chance?: () => number;
}

export const REOPEN_MS = 50;
export const GATHER_MS = 4;
/** When a probe that is fed by the port stutters. */
const STUTTER_MS = 20;

export class SimulatedLine {
	/** Our side: a probe on a port that can be opened again and again. */
	readonly port: LinePort;
	/** The meter's own UART: never closed, set anew between two octets, and loses nothing by it. */
	readonly meterEnd: Line;
	/** What happens when the port is opened; nothing where undefined. */
	openFault: LinkFaultKind | undefined;
	readonly #timer: Timer;
	readonly #probe: FaultyProbe;
	#ours: LineEnd | undefined;
	#heardAtMs = -Infinity;

	constructor(settings: SimulatedLineSettings) {
		const { timer, pace = true, reopenMs = REOPEN_MS, gatherMs = GATHER_MS } = settings;
		const { flawed = 'lost', name = 'Simulated line', fault = {}, chance = () => 0 } = settings;
		const probe = new FaultyProbe(fault, chance);
		this.#timer = timer;
		this.#probe = probe;
		const meter = new LineEnd({ timer, reopenMs: 0, meter: true, flawed: 'lost' });
		const paths = {
			toMeter: new LightPath({ timer, pace, gatherMs: 0 }, (heard) => {
				meter.take(heard, (octets) => probe.toMeter(octets));
			}),
			toUs: new LightPath({ timer, pace, gatherMs }, (heard) => {
				this.#heardAtMs = timer.nowMs();
				this.#ours?.take(heard, (octets) => probe.atPort(probe.toUs(octets, timer.nowMs())));
			}),
			echo: new LightPath({ timer, pace, gatherMs }, (heard) => {
				this.#heardAtMs = timer.nowMs();
				this.#ours?.take(heard, (octets) => probe.atPort(probe.echoOf(octets)));
			}),
		};
		meter.attach([paths.toUs], [paths.toMeter], eightN1(9600));
		this.meterEnd = meter;
		const label: PortLabel = { kind: 'virtual', name };
		this.port = {
			label,
			medium: 'serial',
			open: (line) => {
				if (this.openFault) return Promise.reject(new LinkFault(this.openFault));
				if (this.#ours && !this.#ours.over) return Promise.reject(new LinkFault('port-busy'));
				const ours = new LineEnd({ timer, reopenMs, meter: false, flawed });
				this.#ours = ours;
				if (fault.stutter) ours.onSet = () => this.#stutter(ours);
				const echo = fault.echo ? [paths.echo] : [];
				ours.attach([paths.toMeter, ...echo], [paths.toUs, ...echo], line);
				this.#makeNoise(ours);
				return Promise.resolve(ours);
			},
		};
	}

	/** Pulls the probe's cable; it stays pulled until `plugIn`. */
	pull(): void {
		this.openFault = 'unplugged';
		this.#ours?.fail(new LinkFault('unplugged'));
	}

	plugIn(): void {
		this.openFault = undefined;
	}

	#stutter(ours: LineEnd): void {
		const atMs = this.#timer.nowMs() + STUTTER_MS;
		this.#timer.wakeAt(atMs, () => ours.hearNoise(this.#probe.stutter()));
	}

	/** Between messages, as long as this opening of the port lasts. */
	#makeNoise(ours: LineEnd): void {
		const restMs = this.#probe.restMs();
		if (restMs === undefined) return;
		const nowMs = this.#timer.nowMs();
		this.#timer.wakeAt(nowMs + restMs, () => {
			if (ours.over) return;
			if (this.#timer.nowMs() - this.#heardAtMs > REST_MS) ours.hearNoise(this.#probe.noise());
			this.#makeNoise(ours);
		});
	}
}
