/**
 * One end of a simulated line: a port with its driver, or the meter's own UART. Order, faults, the time
 * that sending and setting anew take.
 */
import { IncomingOctets } from './incoming-octets.ts';
import type { LightPath } from './light-path.ts';
import { eightN1, type Line, type LineDisturbances, type LineSettings } from './line.ts';
import type { LinkFault } from './link-fault.ts';
import type { Timer } from './transport.ts';
import type { HeardOctet } from './uart.ts';

/** Octets a driver holds for its sender before it makes it wait. */
const DRIVER_OCTETS = 4096;
const HIGH_WATER = 65_536;

export interface LineEndSettings {
	readonly timer: Timer;
	readonly reopenMs: number;
	/** The meter's end keeps what came before it is set anew, and hears a break as 00. */
	readonly meter: boolean;
	readonly flawed: 'lost' | 'handed-over';
}

export class LineEnd implements Line {
	readonly #settings: LineEndSettings;
	readonly #incoming = new IncomingOctets(HIGH_WATER);
	readonly #flaws = { parity: 0, framing: 0, breaks: 0 };
	#out: readonly LightPath[] = [];
	#in: readonly LightPath[] = [];
	#line: LineSettings = eightN1(9600);
	#fault: LinkFault | undefined;
	#turn: Promise<unknown> = Promise.resolve();
	#closing = false;
	#deaf = true;
	over = false;
	/** Called whenever the port was opened or set anew. */
	onSet: () => void = () => undefined;

	constructor(settings: LineEndSettings) {
		this.#settings = settings;
	}

	attach(out: readonly LightPath[], incoming: readonly LightPath[], line: LineSettings): void {
		this.#out = out;
		this.#in = incoming;
		this.#line = line;
		this.#listen(line);
	}

	get disturbances(): LineDisturbances {
		return { ...this.#flaws, overrun: 0 };
	}

	/** Octets as the port heard them; `pass` is what becomes of them on the way to the reader. */
	take(heard: readonly HeardOctet[], pass: (octets: Uint8Array) => Uint8Array): void {
		const kept = heard.filter((octet) => this.#keeps(octet));
		this.#incoming.push(pass(Uint8Array.from(kept, ({ octet }) => octet)));
	}

	/** Octets out of nowhere: nobody hears them while the port is set anew. */
	hearNoise(octets: Uint8Array): void {
		if (!this.#deaf) this.#incoming.push(octets);
	}

	receive(): Promise<Uint8Array | undefined> {
		return this.#incoming.take();
	}

	send(octets: Uint8Array): Promise<void> {
		return this.#inTurn(async () => {
			for (const path of this.#out) path.send(octets, this.#line);
			await this.#until(this.#leftAtMs() - (DRIVER_OCTETS * 10_000) / this.#line.baud);
		});
	}

	configure(line: LineSettings): Promise<void> {
		return this.#inTurn(async () => {
			const { reopenMs, meter, timer } = this.#settings;
			await this.#until(this.#leftAtMs());
			if (this.over) return;
			this.#listen(undefined);
			if (!meter) this.#incoming.drop();
			await this.#until(timer.nowMs() + reopenMs);
			if (this.over) return;
			this.#line = line;
			this.#listen(line);
		});
	}

	async close(): Promise<void> {
		if (this.#closing) return;
		this.#closing = true;
		this.#incoming.drop();
		this.#incoming.end();
		await this.#turn;
		await this.#until(this.#leftAtMs());
		this.#leave();
	}

	/** The world broke in. */
	fail(fault: LinkFault): void {
		if (this.over) return;
		this.#fault = fault;
		this.#incoming.fail(fault);
		for (const path of this.#out) path.cut();
		this.#leave();
	}

	#keeps({ flaw, octet }: HeardOctet): boolean {
		const { flawed, meter } = this.#settings;
		if (flaw === undefined || flawed === 'handed-over') return true;
		const isBreak = flaw === 'framing' && octet === 0;
		this.#flaws[isBreak ? 'breaks' : flaw] += 1;
		return isBreak && meter;
	}

	#listen(line: LineSettings | undefined): void {
		this.#deaf = line === undefined;
		for (const path of this.#in) path.listen(line);
		if (line) this.onSet();
	}

	#leftAtMs(): number {
		return Math.max(...this.#out.map(({ freeAtMs }) => freeAtMs));
	}

	/** Nothing comes in any more; another opening of the port may. */
	#leave(): void {
		if (this.over) return;
		this.over = true;
		this.#listen(undefined);
	}

	#inTurn(work: () => Promise<void>): Promise<void> {
		if (this.#closing) return Promise.resolve();
		const done = this.#turn.then(async () => {
			if (!this.#fault && !this.over) await work();
			if (this.#fault) throw this.#fault;
		});
		this.#turn = done.catch(() => undefined);
		return done;
	}

	#until(atMs: number): Promise<void> {
		const { timer } = this.#settings;
		if (timer.nowMs() >= atMs) return Promise.resolve();
		return new Promise((resolve) => timer.wakeAt(atMs, resolve));
	}
}
