/**
 * One examination: what it was told, what it noticed so far, and the one way in which anything is tried.
 * A procedure is a generator: it gives a trial and is given what was heard, and never waits itself.
 */
import type { HdlcAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { Frame } from '#lib/core/dlms/hdlc/frame.ts';
import type { Damage } from './damage.ts';
import type { LineExpectation } from './finding.ts';
import { framesTo, withoutEcho } from './hearing.ts';
import {
	type DoctorStepName,
	type DoctorTimes,
	type Heard,
	LEAST_OCTETS,
	type PortForm,
	type Trial,
} from './trial.ts';

/** A procedure that tries things and comes to a result. */
export type Trying<Result> = Generator<Trial, Result, Heard>;

/** What one thing that was tried brought, our own echo taken out. */
export interface Hearing {
	readonly octets: Uint8Array;
	/** Whole frames to us. */
	readonly frames: readonly Frame[];
	/** How many of our words were said before something stirred. */
	readonly said: number;
	/** When the last octet came, from the end of what we said. */
	readonly endMs: number;
	readonly flawed: number;
}

export const EIGHT_N1 = { dataBits: 8, parity: 'none' } as const;

/** What is said in a trial and how it is listened to; whatever is absent is the usual. */
export interface Attempt {
	readonly step: DoctorStepName;
	readonly port: PortForm;
	readonly says?: readonly Uint8Array[];
	readonly waitMs: number;
	readonly enough?: (octets: Uint8Array, frames: () => readonly Frame[]) => boolean;
	readonly farewell?: readonly Uint8Array[];
}

export interface CaseFacts {
	readonly expectation: LineExpectation;
	readonly addresses: readonly HdlcAddress[];
	/** Our own SAP. */
	readonly client: number;
	/** The highest rate our port can do. */
	readonly maxBaud: number;
	readonly times: DoctorTimes;
}

export class Case {
	readonly facts: CaseFacts;
	/** Our own words came back. */
	echo = false;
	/** Octets came while nobody had asked. */
	noise = false;
	/** How answers are damaged, once that is known. */
	damage: (Exclude<Damage, { kind: 'garbled' }> & { readonly baud: number }) | undefined;
	/** Rates at which something came that nobody understands. */
	readonly garbledAt = new Set<number>();
	/** Where HDLC was heard and took no connection. */
	refused: { readonly baud: number; readonly address: HdlcAddress } | undefined;
	reactionMs = 0;
	/** What everything took so far. */
	tookMs = 0;
	/** The option select, which a meter may repeat late; it has where `confirmed`. */
	option: Uint8Array | undefined;
	confirmed = false;
	/** Whether anything came at all. */
	silent = true;
	/** Which stage of how many this is. */
	stage = 1;
	stages = 1;

	constructor(facts: CaseFacts) {
		this.facts = facts;
	}

	/** The longest a meter may take, as we see it. */
	get patienceMs(): number {
		const { reactionMs, latencyMs } = this.facts.times;
		return reactionMs + latencyMs;
	}

	/** What this meter takes, as far as it is known; else what most take. */
	get usualMs(): number {
		const { quickMs } = this.facts.times;
		return this.reactionMs > quickMs ? this.patienceMs : quickMs;
	}

	/** Whether enough is known, or enough time was spent: nothing new is begun then. */
	get done(): boolean {
		return this.damage !== undefined || this.tookMs >= this.facts.times.budgetMs;
	}

	/** Tries one thing. */
	*attempt({ step, port, says = [], waitMs, enough, farewell = [] }: Attempt): Trying<Hearing> {
		const { client, times } = this.facts;
		const foreign = (heard: Uint8Array, said: readonly Uint8Array[]): Uint8Array =>
			withoutEcho(heard, said).octets;
		const heard = yield {
			step: {
				name: step,
				baud: port.baud,
				at: this.stage,
				of: this.stages,
				silent: this.silent,
			},
			port,
			says,
			pauseMs: times.knockMs,
			waitMs,
			stirs: (octets, said) => {
				const rest = foreign(octets, said);
				// Noise is no reason to fall silent, nor is a spike.
				if (this.noise) return framesTo(client, rest).length > 0;
				return rest.length >= LEAST_OCTETS;
			},
			enough: (octets, said) => {
				const rest = foreign(octets, said);
				return enough?.(rest, () => framesTo(client, rest)) ?? false;
			},
			farewell,
		};
		const { octets: answered, echoed } = withoutEcho(heard.octets, heard.said);
		const octets = this.#withoutConfirmation(answered);
		this.echo ||= echoed;
		this.tookMs += heard.tookMs;
		this.silent &&= heard.octets.length === 0 && heard.flawed === 0;
		return {
			octets,
			frames: framesTo(client, octets),
			said: heard.said.length,
			endMs: heard.endMs,
			flawed: heard.flawed,
		};
	}

	/** The meter may repeat the option select, in seven bits and when it likes. */
	#withoutConfirmation(octets: Uint8Array): Uint8Array {
		if (!this.option || this.confirmed) return octets;
		this.confirmed = holds(octets, this.option);
		return this.confirmed ? new Uint8Array() : octets;
	}

	/** Notes how an answer was damaged; a line that makes noise damages nothing in a way one can tell. */
	note(damage: Damage | undefined, baud: number): void {
		if (!damage || this.noise) return;
		if (damage.kind === 'garbled') this.garbledAt.add(baud);
		else this.damage ??= { ...damage, baud };
	}

	/** Notes how long an answer of `octets` octets took to begin. */
	noteReaction(endMs: number, octets: number, { baud }: PortForm): void {
		const reactionMs = Math.round(endMs - (octets * 10_000) / baud);
		this.reactionMs = Math.max(this.reactionMs, reactionMs, 0);
	}
}

/** Whether these words stand in what was heard, with any parity. */
export function holds(octets: Uint8Array, words: Uint8Array): boolean {
	return withoutEcho(plain(octets), [words]).echoed;
}

const plain = (octets: Uint8Array): Uint8Array => octets.map((octet) => octet & 0x7f);
