/**
 * One thing the doctor tries on a line, as a value: how the port is set, what is said, how long to listen.
 * Whoever has a line carries it out and brings back what was heard; nothing is decided there.
 */

/** How the port is set for a trial: always one start and one stop bit. */
export interface PortForm {
	/** 300 … 115 200. */
	readonly baud: number;
	readonly dataBits: 7 | 8;
	readonly parity: 'none' | 'even' | 'odd';
}

/** What a trial is for, as a person is told. */
export const DOCTOR_STEPS = [
	/** Saying nothing: does anything come by itself? */
	'listen',
	/** HDLC at the rate most meters have. */
	'usual-rate',
	/** The request of IEC 62056-21 at 300 baud. */
	'sign-on',
	/** Asking for HDLC after a sign-on, and changing the rate. */
	'change-rate',
	/** A meter was heard at this rate: which address, does it talk? */
	'talk',
	/** Knocking at one of the other rates. */
	'other-rate',
	'wake-up',
	'other-parity',
	/** The sign-on once more, when everything was hung up. */
	'sign-on-again',
] as const;
export type DoctorStepName = (typeof DOCTOR_STEPS)[number];

export interface DoctorStep {
	readonly name: DoctorStepName;
	/** The rate that is tried. */
	readonly baud: number;
	/** Which of `of` trials this is, from 1; never falls. A meter that answers ends it early. */
	readonly at: number;
	readonly of: number;
	/** Not one octet came so far: a person may look at the probe meanwhile. */
	readonly silent: boolean;
}

export interface Trial {
	readonly step: DoctorStep;
	readonly port: PortForm;
	/** Said one after the other, with a pause after each that is also listened to. */
	readonly says: readonly Uint8Array[];
	readonly pauseMs: number;
	/** How long an answer may take to begin, from when the last octet said has left. */
	readonly waitMs: number;
	/** Whether something came that makes saying the rest needless. `said` is what was said so far. */
	readonly stirs: (heard: Uint8Array, said: readonly Uint8Array[]) => boolean;
	/** Whether what came is whole, so that nothing more is waited for. */
	readonly enough: (heard: Uint8Array, said: readonly Uint8Array[]) => boolean;
	/** Said without waiting where the person calls it off from here on: nothing of ours stays open. */
	readonly farewell: readonly Uint8Array[];
}

/** What a trial brought. */
export interface Heard {
	/** Everything that came, our own echo included. */
	readonly octets: Uint8Array;
	/** What of `says` was said. */
	readonly said: readonly Uint8Array[];
	/** When the last octet came, from when the last one said had left; 0 where none came. */
	readonly endMs: number;
	/** How long all of it took, with setting the port. */
	readonly tookMs: number;
	/** Octets that the port itself threw away: a wrong parity, no stop bit, a break. */
	readonly flawed: number;
}

/** The doctor's times. What is uncertain in them is why they are settings. */
export interface DoctorTimes {
	/** What a probe needs after the port was opened: many are fed by its lines, and stutter at first. */
	readonly settleMs: number;
	/** How long saying nothing lasts. */
	readonly listenMs: number;
	/** The longest reaction of a meter: 1500 ms by IEC 62056-21, 6.3. */
	readonly reactionMs: number;
	/** What driver, USB and gathering add to a reaction. */
	readonly latencyMs: number;
	/** How long a meter of the usual kind takes: 200 ms, or 20, and latency. */
	readonly quickMs: number;
	/** Pause between knocks at one rate. */
	readonly knockMs: number;
	/** Silence that ends an answer which is not whole. */
	readonly quietMs: number;
	/** Silence after the option select, before the rate changes. Uncertain: libraries wait 0 to 400 ms. */
	readonly beforeChangeMs: number;
	/** How long a confirmation is waited for. Uncertain: many meters send none. */
	readonly confirmationMs: number;
	/** The pause after waking a battery meter. */
	readonly afterWakingMs: number;
	/** After so long nothing new is begun. A line that answers nothing takes 55 s. */
	readonly budgetMs: number;
}

export const DOCTOR_TIMES: DoctorTimes = {
	settleMs: 200,
	listenMs: 500,
	reactionMs: 1500,
	latencyMs: 150,
	quickMs: 450,
	knockMs: 50,
	quietMs: 200,
	beforeChangeMs: 20,
	confirmationMs: 600,
	afterWakingMs: 1500,
	budgetMs: 90_000,
};

/**
 * The longest an examination takes with these times, whatever the line says: the budget, and what was
 * begun before its end.
 */
export const DOCTOR_LONGEST_MS = 120_000;

/** Fewer octets than these say nothing: a spike, the edge of another rate, a probe that is just fed. */
export const LEAST_OCTETS = 3;

/** Most octets of one answer that is listened to without a pause: the longest identification, twice. */
export const MAX_ANSWER_OCTETS = 128;
