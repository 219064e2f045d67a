/**
 * A line over one wire. What every kind of port must keep is kept here once: order, faults, leftovers,
 * the time octets need to leave; a port brings only its wire.
 *
 * Always holds: a configuration waits for everything sent before it; a fault is told to whoever receives
 * or sends; nothing rejects once the line was closed by us; the wire is closed once, also when it ended by
 * itself, so that its port can be opened again.
 */
import { leavesAtMs } from './character-time.ts';
import { IncomingOctets } from './incoming-octets.ts';
import type { Line, LineDisturbances, LineSettings } from './line.ts';
import { LinkFault } from './link-fault.ts';
import type { Timer } from './transport.ts';

/** Octets that wait for a reader before the wire is held back. */
export const HIGH_WATER = 65_536;

/** After the time that octets take, for the port's own way: longer than an adapter polls (USB: 1 ms frames). */
export const SETTLE_MS = 10;

/** How long a close waits for what was sent to leave. */
export const LINGER_MS = 2000;

/** Where a wire puts what happens on it. */
export interface WireSink {
	push(octets: Uint8Array): void;
	/** The far end has ended the stream in good order. */
	end(): void;
	/** The world broke in; the wire has ended. */
	fail(fault: LinkFault): void;
	/** What came in so far is stale. */
	drop(): void;
	/** Resolves when more may be pushed, or never will be. */
	room(): Promise<void>;
}

/** What a kind of port can do. Called by one at a time; `close` at any time. */
export interface Wire {
	/** Resolves when the wire takes more. @throws {LinkFault} */
	write(octets: Uint8Array): Promise<void>;
	/** Resolves when what was written is with the hardware. Nothing is written until `reset`. @throws {LinkFault} */
	flush(): Promise<void>;
	/**
	 * Sets the wire anew and drops what came before.
	 * @throws {LinkFault} `settings-refused`: goes on as it was; every other kind: the wire has ended
	 */
	reset(settings: LineSettings): Promise<void>;
	/** Lets go of the port, whatever is under way. Called once. */
	close(): Promise<void>;
	readonly disturbances?: LineDisturbances;
}

/** How a wire keeps time. */
export interface Pace {
	readonly timer: Timer;
	/** None where the far side of the wire waits for what was sent to leave (a bridge). */
	readonly settings?: LineSettings;
}

/** A line over the wire that `open` opens. @throws {LinkFault} as `open` does */
export async function openWiredLine(
	open: (sink: WireSink) => Promise<Wire>,
	pace: Pace,
): Promise<Line> {
	const inlet = new Inlet();
	return new WiredLine(await open(inlet), inlet, pace);
}

class Inlet implements WireSink {
	readonly incoming = new IncomingOctets(HIGH_WATER, (flowing) => this.#setFlowing(flowing));
	fault: LinkFault | undefined;
	ended = false;
	readonly #over = Promise.withResolvers<undefined>();
	#gate: PromiseWithResolvers<void> | undefined;

	push(octets: Uint8Array): void {
		this.incoming.push(octets);
	}

	end(): void {
		if (this.isOver) return;
		this.ended = true;
		this.incoming.end();
		this.#finish();
	}

	fail(fault: LinkFault): void {
		if (this.isOver) return;
		this.fault = fault;
		this.incoming.fail(fault);
		this.#finish();
	}

	/** What came before the end can still be taken. */
	drop(): void {
		if (!this.isOver) this.incoming.drop();
	}

	get isOver(): boolean {
		return this.ended || this.fault !== undefined;
	}

	/** Resolves once it is. */
	get over(): Promise<unknown> {
		return this.#over.promise;
	}

	room(): Promise<void> {
		return this.#gate?.promise ?? Promise.resolve();
	}

	#finish(): void {
		this.#setFlowing(true);
		this.#over.resolve(undefined);
	}

	#setFlowing(flowing: boolean): void {
		if (!flowing) this.#gate ??= Promise.withResolvers();
		else {
			this.#gate?.resolve();
			this.#gate = undefined;
		}
	}
}

class WiredLine implements Line {
	readonly #wire: Wire;
	readonly #inlet: Inlet;
	readonly #timer: Timer;
	#settings: LineSettings | undefined;
	#busyUntilMs = -Infinity;
	readonly #gone: Promise<unknown>;
	#turn: Promise<unknown> = Promise.resolve();
	#closing: Promise<void> | undefined;

	constructor(wire: Wire, inlet: Inlet, pace: Pace) {
		this.#wire = wire;
		this.#inlet = inlet;
		this.#timer = pace.timer;
		this.#settings = pace.settings;
		this.#gone = inlet.over.then(() => wire.close()).catch(() => undefined);
	}

	get disturbances(): LineDisturbances | undefined {
		return this.#wire.disturbances;
	}

	async receive(): Promise<Uint8Array | undefined> {
		return this.#inlet.incoming.take();
	}

	send(octets: Uint8Array): Promise<void> {
		return this.#inTurn(() => {
			const [busyMs, nowMs, settings] = [this.#busyUntilMs, this.#timer.nowMs(), this.#settings];
			if (settings) this.#busyUntilMs = leavesAtMs(busyMs, nowMs, octets.length, settings);
			return this.#wire.write(octets);
		});
	}

	configure(settings: LineSettings): Promise<void> {
		return this.#inTurn(async () => {
			await this.#untilLeft();
			await this.#wire.reset(settings);
			this.#settings &&= settings;
		});
	}

	close(): Promise<void> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	async #close(): Promise<void> {
		this.#inlet.incoming.drop();
		this.#inlet.incoming.end();
		if (!this.#inlet.isOver) {
			const left = this.#turn.then(() => this.#untilLeft());
			await this.#atMost(LINGER_MS, left).catch(() => undefined);
		}
		this.#inlet.end();
		await this.#gone;
	}

	/** One after the other; nothing once the stream has ended or we close it. */
	#inTurn(work: () => Promise<void>): Promise<void> {
		if (this.#closing) return Promise.resolve();
		const done = this.#turn.then(() => this.#do(work));
		this.#turn = done.catch(() => undefined);
		return done;
	}

	async #do(work: () => Promise<void>): Promise<void> {
		const inlet = this.#inlet;
		if (inlet.fault) throw inlet.fault;
		if (inlet.ended) return;
		try {
			await work();
		} catch (error) {
			if (inlet.ended) return;
			if (error instanceof LinkFault && error.kind !== 'settings-refused') inlet.fail(error);
			throw inlet.fault ?? error;
		}
	}

	/** Everything sent has left: the port has passed it on, and the time that takes is over. */
	async #untilLeft(): Promise<void> {
		await this.#wire.flush();
		const untilMs = this.#busyUntilMs + SETTLE_MS;
		if (this.#timer.nowMs() >= untilMs) return;
		await new Promise<void>((resolve) => this.#timer.wakeAt(untilMs, resolve));
	}

	async #atMost(ms: number, work: Promise<unknown>): Promise<void> {
		const late = Promise.withResolvers<undefined>();
		const callOff = this.#timer.wakeAt(this.#timer.nowMs() + ms, () => late.resolve(undefined));
		await Promise.race([work, late.promise]).finally(callOff);
	}
}
