/**
 * One direction of a simulated line: octets leave a sender one after the other at its rate, and reach a
 * receiver as its port takes them.
 *
 * Always holds: an octet is taken by the port as it was set when the octet came, or by nobody; octets
 * that were under way while the port was set anew are lost, those before it are not.
 */
import { characterTimeMs } from './character-time.ts';
import type { LineSettings } from './line.ts';
import type { Timer } from './transport.ts';
import { type HeardOctet, hearBurst, sameSettings } from './uart.ts';

export interface PathSettings {
	readonly timer: Timer;
	/** Whether octets take their time; else they are there at once. */
	readonly pace: boolean;
	/** How long a driver gathers octets before it hands them over, in milliseconds; 0: each by itself. */
	readonly gatherMs: number;
}

/** Octets without a gap between them. */
interface Burst {
	readonly startMs: number;
	readonly settings: LineSettings;
	/** Time of one octet; 0 without pace. */
	readonly octetMs: number;
	readonly octets: number[];
	/** How many of them are past. */
	past: number;
}

/** Clocks of today have 41 bits of milliseconds, so that fractions of one are coarse. */
const ROUNDING_MS = 1e-3;

export class LightPath {
	readonly #settings: PathSettings;
	readonly #take: (heard: readonly HeardOctet[]) => void;
	readonly #bursts: Burst[] = [];
	#receiver: { readonly settings: LineSettings; readonly fromMs: number } | undefined;
	#callOff: (() => void) | undefined;

	/** `take` is what the receiving port does with the octets it heard. */
	constructor(settings: PathSettings, take: (heard: readonly HeardOctet[]) => void) {
		this.#settings = settings;
		this.#take = take;
	}

	/** When everything sent so far has left the sender. */
	get freeAtMs(): number {
		const last = this.#bursts.at(-1);
		return last ? endOf(last) : this.#settings.timer.nowMs();
	}

	/** Puts octets behind those that have not left yet. */
	send(octets: Uint8Array, settings: LineSettings): void {
		const { timer, pace } = this.#settings;
		const last = this.#bursts.at(-1);
		if (last && sameSettings(last.settings, settings)) last.octets.push(...octets);
		else
			this.#bursts.push({
				startMs: this.freeAtMs,
				settings,
				octetMs: pace ? characterTimeMs(1, settings) : 0,
				octets: [...octets],
				past: 0,
			});
		this.#carry(timer.nowMs());
	}

	/** From now on the receiving port is set like this; undefined: it is closed. */
	listen(settings: LineSettings | undefined): void {
		const fromMs = this.#settings.timer.nowMs();
		this.#carry(fromMs);
		this.#receiver = settings && { settings, fromMs };
		this.#carry(fromMs);
	}

	/** What had not arrived never will. */
	cut(): void {
		this.#carry(this.#settings.timer.nowMs());
		this.#bursts.length = 0;
		this.#callOff?.();
		this.#callOff = undefined;
	}

	#carry(nowMs: number): void {
		for (let burst = this.#bursts[0]; burst; burst = this.#bursts[0]) {
			const over = nowMs >= endOf(burst) - ROUNDING_MS;
			this.#carryBurst(burst, over ? burst.octets.length : octetsPast(burst, nowMs));
			if (!over) break;
			this.#bursts.shift();
		}
		this.#wakeLater();
	}

	#carryBurst(burst: Burst, past: number): void {
		const receiver = this.#receiver;
		const { startMs, octetMs, octets, settings } = burst;
		// Without pace there is no moment at which an octet is half there.
		const fromMs = receiver && octetMs > 0 ? receiver.fromMs - startMs : 0;
		if (receiver && sameSettings(settings, receiver.settings)) {
			const first = Math.max(
				burst.past,
				octetMs > 0 ? Math.ceil((fromMs - ROUNDING_MS) / octetMs) : 0,
			);
			const mask = settings.dataBits === 7 ? 0x7f : 0xff;
			const heard: HeardOctet[] = [];
			for (let at = first; at < past; at += 1)
				heard.push({
					octet: (octets[at] as number) & mask,
					flaw: undefined,
					atMs: (at + 1) * octetMs,
				});
			if (heard.length > 0) this.#take(heard);
		} else if (receiver && past === octets.length) {
			const heard = hearBurst(Uint8Array.from(octets), settings, receiver.settings, fromMs);
			if (heard.length > 0) this.#take(heard);
		}
		burst.past = past;
	}

	#wakeLater(): void {
		this.#callOff?.();
		this.#callOff = undefined;
		const [burst] = this.#bursts;
		if (!burst) return;
		const { startMs, octetMs, past, settings } = burst;
		const receiver = this.#receiver;
		const gathered = startMs + (past + 1) * octetMs + this.#settings.gatherMs;
		const heardAsItComes = receiver && sameSettings(settings, receiver.settings);
		const atMs = heardAsItComes ? Math.min(gathered, endOf(burst)) : endOf(burst);
		const { timer } = this.#settings;
		this.#callOff = timer.wakeAt(atMs, () => this.#carry(timer.nowMs()));
	}
}

const endOf = ({ startMs, octetMs, octets }: Burst): number => startMs + octets.length * octetMs;

const octetsPast = ({ startMs, octetMs }: Burst, nowMs: number): number =>
	Math.max(0, Math.floor((nowMs - startMs + ROUNDING_MS) / octetMs));
