/**
 * The probe doctor on a port: carries out what the examination of the core wants tried, tells how far it
 * is, can be called off, and leaves nothing open.
 */
import { type DoctorSettings, examineLine } from '#lib/core/field/doctor/examine.ts';
import type { DoctorFinding } from '#lib/core/field/doctor/finding.ts';
import { DOCTOR_TIMES, type DoctorStep, type Trial } from '#lib/core/field/doctor/trial.ts';
import { TrialLine } from './doctor-trial.ts';
import type { LinePort } from './line.ts';
import { LinkFault, type LinkFaultKind } from './link-fault.ts';
import type { Timer } from './transport.ts';

export type DoctorOutcome =
	| DoctorFinding
	/** The port itself failed; what its kind means is said where ports are opened. */
	| { readonly kind: 'port-fault'; readonly fault: LinkFaultKind }
	| { readonly kind: 'called-off' };

export interface DoctorWishes extends Omit<DoctorSettings, 'rates'> {
	/** Called when another thing is tried. */
	readonly onStep?: (step: DoctorStep) => void;
	/** Calls the examination off: the port is closed within the time an answer may take, 2 s. */
	readonly signal?: AbortSignal;
}

/** Examines the line behind a port; opens the port and closes it again. Rejects only for slips. */
export async function askDoctor(
	port: LinePort,
	timer: Timer,
	wishes: DoctorWishes = {},
): Promise<DoctorOutcome> {
	const { onStep, signal, ...settings } = wishes;
	const examination = examineLine({ ...settings, rates: port.medium === 'serial' });
	const { quietMs, reactionMs, latencyMs } = { ...DOCTOR_TIMES, ...settings.times };
	if (signal?.aborted) return { kind: 'called-off' };
	try {
		let next = examination.next();
		if (next.done) return next.value;
		const first = next.value.port;
		const line = await port.open(first);
		try {
			const trials = new TrialLine(line, first, timer, quietMs, signal);
			let shown: Trial['step'] | undefined;
			while (!next.done) {
				const trial: Trial = next.value;
				if (!shown || !sameStep(shown, trial.step)) onStep?.(trial.step);
				shown = trial.step;
				const heard = await trials.carryOut(trial);
				if (!heard) {
					await trials.leave(trial.farewell, reactionMs + latencyMs);
					return { kind: 'called-off' };
				}
				next = examination.next(heard);
			}
			const finding = next.value;
			const unheard = finding.kind === 'nothing-heard' || finding.kind === 'echo-alone';
			// Nobody knows whether the meter has one of the rates that the port does not.
			if (trials.refused && unheard) return { kind: 'port-fault', fault: 'settings-refused' };
			return finding;
		} finally {
			await line.close();
		}
	} catch (error) {
		if (error instanceof LinkFault) return { kind: 'port-fault', fault: error.kind };
		throw error;
	}
}

const sameStep = (a: DoctorStep, b: DoctorStep): boolean =>
	a.name === b.name && a.baud === b.baud && a.at === b.at;
