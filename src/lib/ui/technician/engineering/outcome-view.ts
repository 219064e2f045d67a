/** What a deed at the meter came to, in sentences, with what was before and after. Pure. */
import type { ClockVerdict } from '#lib/core/field/engineering/set-clock.ts';
import type { RelayVerdict } from '#lib/core/field/engineering/switch-relay.ts';
import type { ClockOutcome } from '#lib/link/set-clock.ts';
import type { RelayOutcome } from '#lib/link/switch-relay.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { words } from '../words.ts';
import { driftSaid } from './deeds-view.ts';

const own = words.technicianEngineering;

export interface OutcomeSaid {
	readonly tone: Tone;
	readonly text: string;
	readonly facts: readonly string[];
}

const CLOCK_TONES: Readonly<Record<ClockVerdict, Tone>> = {
	set: 'good',
	'still-off': 'wait',
	unchanged: 'bad',
	refused: 'bad',
	unknown: 'wait',
};

export function clockSaid(outcome: ClockOutcome): OutcomeSaid {
	if ('interrupted' in outcome) return { tone: 'wait', text: own.interrupted, facts: [] };
	const { refusals, verdicts } = words.engineering.clock;
	if ('refusal' in outcome) return { tone: 'neutral', text: refusals[outcome.refusal], facts: [] };
	const { verdict, before, after } = outcome;
	const facts = [
		before ? own.clock.before(driftSaid(before)) : own.clock.unset,
		after ? own.clock.after(driftSaid(after)) : '',
	];
	return {
		tone: CLOCK_TONES[verdict],
		text: verdicts[verdict],
		facts: facts.filter((fact) => fact !== ''),
	};
}

const RELAY_TONES: Readonly<Record<RelayVerdict, Tone>> = {
	done: 'good',
	'waits-for-hand': 'action',
	refused: 'bad',
	'no-change': 'bad',
	unknown: 'wait',
};

export function relaySaid(outcome: RelayOutcome): OutcomeSaid {
	if ('interrupted' in outcome) return { tone: 'wait', text: own.interrupted, facts: [] };
	const { refusals, verdicts } = words.engineering.relay;
	if ('refusal' in outcome) return { tone: 'neutral', text: refusals[outcome.refusal], facts: [] };
	const { verdict, before, after } = outcome;
	const { standings } = own.relay;
	return {
		tone: RELAY_TONES[verdict],
		text: verdicts[verdict],
		facts: [own.relay.before(standings[before]), own.relay.after(standings[after])],
	};
}
