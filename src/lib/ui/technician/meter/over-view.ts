/** What a person is told when there is no connection, or none any more, and what they can do next. */
import type { LinkFaultKind } from '#lib/core/field/link-fault-kind.ts';
import type { ConnectFailure } from '#lib/link/connect-order.ts';
import type { ConversationEnd } from '#lib/link/conversation.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { words } from '#lib/ui/technician/words.ts';

/** Why a session is over, or did not come to be. */
export type SessionOver =
	| ConnectFailure
	| ConversationEnd
	/** The secrets were called back, or are not to be had: locked, or their time is over. */
	| { readonly why: 'secrets-recalled' };

/** The next steps there are. */
export type NextStep =
	'again' | 'reconnect' | 'doctor' | 'other' | 'take-over' | 'anyway' | 'jobs' | 'frames';

export interface OverView {
	readonly tone: Tone;
	readonly title: string;
	readonly detail: string;
	/** With one's hands; empty where the detail says it. */
	readonly action: string;
	/** In small type, for the help line. */
	readonly code: string;
	/** The first is the one filled button. */
	readonly steps: readonly NextStep[];
}

/** @param heldByTab whether a tab of ours has the port that is busy */
export function overView(over: SessionOver, heldByTab = false): OverView {
	if ('kind' in over) return failureView(over, heldByTab);
	switch (over.why) {
		case 'released':
			return { ...plain('neutral', words.technicianMeter.over.released), steps: RELEASED };
		case 'secrets-recalled':
			return {
				...plain('wait', words.technicianMeter.over.recalled),
				code: over.why,
				steps: ['jobs', 'again'],
			};
		case 'counters-not-kept':
			return {
				...plain('bad', words.connecting.failures[over.why]),
				code: over.why,
				steps: ['again'],
			};
		case 'fault':
			return faultView(over.fault, heldByTab, 'reconnect');
		case 'failed':
			return {
				...plain('wait', words.technicianMeter.over.lost),
				code: `${over.failure.why}${'reason' in over.failure ? ` ${over.failure.reason}` : ''}`,
				steps: ['reconnect', 'doctor', 'frames'],
			};
	}
}

const RELEASED: readonly NextStep[] = ['reconnect', 'other'];

interface Words {
	readonly title: string;
	readonly detail: string;
}

const plain = (tone: Tone, { title, detail }: Words) => ({
	...{ tone, title, detail, action: '', code: '' },
});

function failureView(failure: ConnectFailure, heldByTab: boolean): OverView {
	switch (failure.why) {
		case 'fault':
			return faultView(failure.fault, heldByTab, 'again');
		case 'opening':
			return {
				...plain('bad', words.connecting.openings[failure.opening]),
				code: `opening ${failure.opening}`,
				steps: ['again', 'doctor', 'other'],
			};
		case 'called-off':
			return { ...plain('neutral', words.connecting.failures['called-off']), steps: CALLED_OFF };
		case 'other-meter': {
			const view = plain('bad', words.connecting.failures['other-meter']);
			const { expected = '', found = '' } = failure;
			const said = found === '' ? '' : words.connecting.otherMeter(expected, found);
			return { ...view, action: said, code: failure.why, steps: ['again', 'anyway', 'jobs'] };
		}
		default: {
			const view = plain('bad', words.connecting.failures[failure.why]);
			return { ...view, code: codeOf(failure), steps: STEPS[failure.why] };
		}
	}
}

const CALLED_OFF: readonly NextStep[] = ['again', 'other'];

type Rest = Exclude<ConnectFailure['why'], 'fault' | 'opening' | 'called-off' | 'other-meter'>;

const STEPS: Record<Rest, readonly NextStep[]> = {
	'no-opening': ['other', 'jobs'],
	'secrets-missing': ['jobs', 'again'],
	'secrets-unfit': ['jobs', 'again'],
	'no-answer': ['again', 'doctor', 'other'],
	link: ['again', 'doctor', 'frames'],
	'association-refused': ['again', 'jobs', 'frames'],
	'association-failed': ['again', 'frames'],
	'meter-not-authentic': ['frames', 'jobs'],
	'identity-untold': ['again', 'anyway', 'jobs'],
	'key-used-up': ['jobs'],
	'counters-not-kept': ['again'],
};

/** Names of the protocol, for whoever helps. */
function codeOf(failure: ConnectFailure): string {
	const parts: string[] = [failure.why];
	if ('stage' in failure) parts.push(failure.stage);
	if ('reason' in failure) parts.push(failure.reason);
	if ('diagnostic' in failure) parts.push(failure.result, failure.diagnostic);
	if ('failure' in failure) parts.push(failure.failure.why);
	if ('missing' in failure) parts.push(...failure.missing);
	return parts.join(' ');
}

function faultView(
	kind: LinkFaultKind,
	heldByTab: boolean,
	first: 'again' | 'reconnect',
): OverView {
	const { title, meaning, action } = words.linkFaults[kind];
	const tone = kind === 'nothing-chosen' ? 'neutral' : 'bad';
	return {
		tone,
		title,
		detail: meaning,
		action,
		code: kind,
		steps: faultSteps(kind, heldByTab, first),
	};
}

function faultSteps(
	kind: LinkFaultKind,
	heldByTab: boolean,
	first: 'again' | 'reconnect',
): readonly NextStep[] {
	switch (kind) {
		case 'port-busy':
			return heldByTab ? ['take-over', 'again', 'other'] : [first, 'other'];
		case 'port-taken':
			return ['take-over', 'other'];
		case 'not-supported':
		case 'nothing-chosen':
		case 'settings-refused':
		case 'bridge-refused':
			return ['other'];
		default:
			return [first, 'doctor', 'other'];
	}
}
