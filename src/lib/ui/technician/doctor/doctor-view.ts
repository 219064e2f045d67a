/** What the doctor tries and finds, as a person sees it. */
import { doctorFacts } from '#lib/core/field/doctor/facts.ts';
import { REACHED_KINDS } from '#lib/core/field/doctor/finding.ts';
import type { DoctorStep, DoctorStepName } from '#lib/core/field/doctor/trial.ts';
import type { DoctorOutcome } from '#lib/link/doctor.ts';
import { numberText } from '#lib/ui/technician/glance/reading-text.ts';
import { words } from '#lib/ui/technician/words.ts';
import type { Tone } from '#lib/ui/view/tones.ts';

export interface OutcomeView {
	readonly tone: Tone;
	readonly title: string;
	readonly detail: string;
	readonly action: string;
	/** How the meter was reached; empty where it was not. */
	readonly reached: readonly string[];
	readonly code: string;
}

const own = words.doctor;

/** What is tried. */
export const stepText = ({ name, baud }: DoctorStep): string => own.steps[name](numberText(baud));

/** Whether what is said in a step are messages of an opening rather than frames. */
export const speaksOpening = (name: DoctorStepName): boolean =>
	name === 'sign-on' || name === 'sign-on-again' || name === 'wake-up';

export function outcomeView(outcome: DoctorOutcome): OutcomeView {
	if (outcome.kind === 'called-off')
		return { ...EMPTY, tone: 'neutral', ...own.calledOff, code: '' };
	if (outcome.kind === 'port-fault') {
		const { title, meaning, action } = words.linkFaults[outcome.fault];
		return { ...EMPTY, tone: 'bad', title, detail: meaning, action, code: outcome.fault };
	}
	const facts = doctorFacts(outcome);
	const { title, meaning, action } = own.findings[outcome.kind];
	const isReached = REACHED_KINDS.some((kind) => kind === outcome.kind);
	return {
		tone: outcome.kind === 'healthy' ? 'good' : isReached ? 'wait' : 'bad',
		title,
		detail: meaning(facts),
		action: action(facts),
		reached: 'line' in outcome ? reachedTexts(outcome.line, facts) : [],
		code: outcome.kind,
	};
}

const EMPTY = { action: '', reached: [] } as const;

function reachedTexts(
	{ opening, reactionMs }: Extract<DoctorOutcome, { line: unknown }>['line'],
	{ baud, address, addressOctets }: ReturnType<typeof doctorFacts>,
): string[] {
	const { opening: openings, rate, address: at, reaction } = own.reached;
	return [
		openings[opening],
		rate(baud),
		at(address, addressOctets),
		reaction(numberText(reactionMs)),
	];
}
