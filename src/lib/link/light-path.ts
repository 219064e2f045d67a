/**
 * One direction of a simulated line: octets leave a sender one after the other at its rate, and reach a
 * receiver as its port takes them.
 *
 * Always holds: an octet is taken by the port as it was set when the octet came, or by nobody; octets
 * that were under way while the port was set anew are lost, those before it are not.
 */
import { characterTimeMs } from './character-time.ts';
import { sameSettings, type LineSettings } from './line.ts';
import type { Timer } from './transport.ts';
import { type HeardOctet, hearBurst } from './uart.ts';

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
	/** Until when of it the receiver has what it heard, from its start. */
	takenMs: number;
	/** What a receiver hears of it, as far as it has been sent. */
	heard: { readonly octets: number; readonly by: object; readonly all: HeardOctet[] } | undefined;
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
				takenMs: -Infinity,
				heard: undefined,
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
			this.#carryBurst(burst, over ? Infinity : nowMs - burst.startMs);
			if (!over) break;
			this.#bursts.shift();
		}
		this.#wakeLater();
	}

	/** Hands over what is heard of a burst until `untilMs` of it. */
	#carryBurst(burst: Burst, untilMs: number): void {
		const fromMs = burst.takenMs;
		burst.takenMs = untilMs;
		const all = this.#heardOf(burst);
		const heard = all.slice(placeAfter(all, fromMs), placeAfter(all, untilMs));
		if (heard.length > 0) this.#take(heard);
	}

	/** What the receiver hears of a burst, if nothing follows what has been sent of it. */
	#heardOf(burst: Burst): HeardOctet[] {
		const receiver = this.#receiver;
		if (!receiver) return [];
		const { octets, settings, startMs, octetMs, heard } = burst;
		if (heard?.octets === octets.length && heard.by === receiver) return heard.all;
		// Without pace there is no moment at which an octet is half there.
		const listenFromMs = octetMs > 0 ? Math.max(0, receiver.fromMs - startMs - ROUNDING_MS) : 0;
		const all = sameSettings(settings, receiver.settings)
			? plainlyHeard(burst, listenFromMs)
			: hearBurst(Uint8Array.from(octets), settings, receiver.settings, listenFromMs);
		burst.heard = { octets: octets.length, by: receiver, all };
		return all;
	}

	#wakeLater(): void {
		this.#callOff?.();
		this.#callOff = undefined;
		const [burst] = this.#bursts;
		if (!burst) return;
		const { timer, gatherMs } = this.#settings;
		const all = this.#heardOf(burst);
		const next = all[placeAfter(all, burst.takenMs)];
		const nextMs = next ? burst.startMs + next.atMs + gatherMs : Infinity;
		const atMs = Math.min(nextMs, endOf(burst));
		this.#callOff = timer.wakeAt(atMs, () => this.#carry(timer.nowMs()));
	}
}

const endOf = ({ startMs, octetMs, octets }: Burst): number => startMs + octets.length * octetMs;

/** The place of the first octet that is heard after `ms`: halving, because a burst may be a firmware image. */
function placeAfter(heard: readonly HeardOctet[], ms: number): number {
	let [from, to] = [0, heard.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((heard[middle] as HeardOctet).atMs > ms + ROUNDING_MS) to = middle;
		else from = middle + 1;
	}
	return from;
}

/** The octets of a burst to a port that is set as the sender's is. */
function plainlyHeard({ octets, octetMs, settings }: Burst, listenFromMs: number): HeardOctet[] {
	const mask = settings.dataBits === 7 ? 0x7f : 0xff;
	const first = octetMs > 0 ? Math.ceil((listenFromMs - ROUNDING_MS) / octetMs) : 0;
	return octets.slice(Math.max(0, first)).map((octet, index) => ({
		octet: octet & mask,
		flaw: undefined,
		atMs: (Math.max(0, first) + index + 1) * octetMs,
	}));
}
