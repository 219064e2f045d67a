/** Carries out one trial of the doctor on an opened line: says what is to be said, and listens. */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { type Heard, MAX_ANSWER_OCTETS, type Trial } from '#lib/core/field/doctor/trial.ts';
import { characterTimeMs, leavesAtMs } from './character-time.ts';
import { sameSettings, type Line, type LineSettings } from './line.ts';
import { LinkFault } from './link-fault.ts';
import { receiveUntil, WOKEN } from './meter-responder.ts';
import type { Timer } from './transport.ts';

/** What was heard in one trial. */
interface Ear {
	octets: Uint8Array;
	lastAtMs: number | undefined;
}

/** A line that trials are carried out on, one after the other. */
export class TrialLine {
	readonly #line: Line;
	readonly #timer: Timer;
	readonly #quietMs: number;
	readonly #calledOff: Promise<undefined>;
	readonly #signal: AbortSignal | undefined;
	/** Whether the port refused a rate or a form. */
	refused = false;
	#settings: LineSettings;
	#incoming: Promise<Uint8Array | undefined>;

	constructor(
		line: Line,
		settings: LineSettings,
		timer: Timer,
		quietMs: number,
		signal: AbortSignal | undefined,
	) {
		this.#line = line;
		this.#settings = settings;
		this.#timer = timer;
		this.#quietMs = quietMs;
		this.#signal = signal;
		this.#calledOff = new Promise((resolve) => {
			signal?.addEventListener('abort', () => resolve(undefined), { once: true });
		});
		this.#incoming = this.#receive();
	}

	/** What a trial brought; undefined where it was called off. @throws {LinkFault} */
	async carryOut(trial: Trial): Promise<Heard | undefined> {
		const { port, waitMs, enough } = trial;
		const begunMs = this.#timer.nowMs();
		if (!(await this.#set(port))) return unheard(this.#timer.nowMs() - begunMs);
		const flawedBefore = this.#flawed();
		const ear: Ear = { octets: new Uint8Array(), lastAtMs: undefined };
		const spoken = await this.#say(trial, ear);
		if (!spoken) return undefined;
		const { said, leftAtMs } = spoken;
		const dueMs = leftAtMs + waitMs;
		const longestMs = dueMs + characterTimeMs(MAX_ANSWER_OCTETS, port) + this.#quietMs;
		const untilMs = (): number =>
			Math.min(longestMs, Math.max(dueMs, (ear.lastAtMs ?? -Infinity) + this.#quietMs));
		if (!(await this.#hear(ear, untilMs, () => enough(ear.octets, said)))) return undefined;
		return {
			octets: ear.octets,
			said,
			endMs: Math.max(0, (ear.lastAtMs ?? 0) - leftAtMs),
			tookMs: this.#timer.nowMs() - begunMs,
			flawed: this.#flawed() - flawedBefore,
		};
	}

	/** Sets the port; false where it does not take this, and stays as it is. */
	async #set(settings: LineSettings): Promise<boolean> {
		if (sameSettings(settings, this.#settings)) return true;
		try {
			await this.#line.configure(settings);
		} catch (error) {
			if (!(error instanceof LinkFault) || error.kind !== 'settings-refused') throw error;
			this.refused = true;
			return false;
		}
		this.#settings = settings;
		return true;
	}

	/** Says one word after the other until something stirs; what was said, and when it has left. */
	async #say(
		{ says, port, pauseMs, stirs }: Trial,
		ear: Ear,
	): Promise<{ readonly said: Uint8Array[]; readonly leftAtMs: number } | undefined> {
		const said: Uint8Array[] = [];
		const stop = (): boolean => stirs(ear.octets, said);
		let leftAtMs = this.#timer.nowMs();
		for (const [index, word] of says.entries()) {
			if (stop()) break;
			await this.#line.send(word);
			said.push(word);
			leftAtMs = leavesAtMs(leftAtMs, this.#timer.nowMs(), word.length, port);
			const nextAtMs = leftAtMs + (index < says.length - 1 ? pauseMs : 0);
			if (!(await this.#hear(ear, () => nextAtMs, stop))) return undefined;
		}
		return { said, leftAtMs };
	}

	/** Listens until a time, or until `stop`; false where it was called off. */
	async #hear(ear: Ear, untilMs: () => number, stop: () => boolean): Promise<boolean> {
		while (!stop() && this.#timer.nowMs() < untilMs()) {
			const came = await this.#next(untilMs());
			if (came === 'called-off') return false;
			if (came === WOKEN) continue;
			ear.octets = concatBytes(ear.octets, came);
			ear.lastAtMs = this.#timer.nowMs();
		}
		return true;
	}

	/**
	 * Says something at the end. A meter that is making an answer hears nothing, so that its answer is
	 * waited for first. Never rejects for a fault: the line may be gone.
	 */
	async leave(words: readonly Uint8Array[], patienceMs: number): Promise<void> {
		if (words.length === 0) return;
		try {
			const latestMs = this.#timer.nowMs() + patienceMs + this.#quietMs;
			let untilMs = this.#timer.nowMs() + patienceMs;
			while (this.#timer.nowMs() < untilMs) {
				const came = await receiveUntil(this.#incoming, untilMs, this.#timer);
				if (came === undefined) return;
				if (came === WOKEN) continue;
				this.#incoming = this.#receive();
				untilMs = Math.min(latestMs, this.#timer.nowMs() + this.#quietMs);
			}
			for (const word of words) await this.#line.send(word);
		} catch (error) {
			if (!(error instanceof LinkFault)) throw error;
		}
	}

	/** The next octets; what a wait left behind is there for the next one. */
	async #next(untilMs: number): Promise<Uint8Array | typeof WOKEN | 'called-off'> {
		if (this.#signal?.aborted) return 'called-off';
		const came = await Promise.race([
			receiveUntil(this.#incoming, untilMs, this.#timer),
			this.#calledOff,
		]);
		if (this.#signal?.aborted) return 'called-off';
		if (came === undefined) throw new LinkFault('port-failed');
		if (came !== WOKEN) this.#incoming = this.#receive();
		return came;
	}

	#receive(): Promise<Uint8Array | undefined> {
		const incoming = this.#line.receive();
		// Whoever waits for it next is told; nobody may be waiting now.
		incoming.catch(() => undefined);
		return incoming;
	}

	#flawed(): number {
		const { disturbances } = this.#line;
		return disturbances ? disturbances.parity + disturbances.framing + disturbances.breaks : 0;
	}
}

const unheard = (tookMs: number): Heard => ({
	octets: new Uint8Array(),
	said: [],
	endMs: 0,
	tookMs,
	flawed: 0,
});
