/** What is found by in a list of frames: which service, about which object, whether it went wrong. */
import type { Apdu } from '../apdu/apdu.ts';
import type { AttributeTarget, MethodTarget } from '../apdu/target.ts';

/** What a frame is about, from the least to the most. */
export const FRAME_LEVELS = ['link', 'association', 'service'] as const;
export type FrameLevel = (typeof FRAME_LEVELS)[number];

export interface FrameFacts {
	readonly level: FrameLevel;
	/** `HDLC SNRM`, `AARQ`, `get-response`: the innermost that could be read. */
	readonly what: string;
	/** Targets, of an answer too. */
	readonly targets: readonly (AttributeTarget | MethodTarget)[];
	/** The meter refused something, or something could not be read. */
	readonly problem: boolean;
	/** Only a part of a message, or of a long value. */
	readonly partial: boolean;
	/** Something in it could not be read, so that it might be anything. */
	readonly unreadable: boolean;
}

const ASSOCIATION: readonly Apdu['apdu'][] = [
	'AARQ',
	'AARE',
	'RLRQ',
	'RLRE',
	'initiate-request',
	'initiate-response',
];

/** Whether an APDU belongs to the association, or to a service in it. */
export function levelOf({ apdu }: Apdu): FrameLevel {
	return ASSOCIATION.includes(apdu) ? 'association' : 'service';
}

/** Whether a meter says by an APDU that something is wrong. */
export function isProblem(apdu: Apdu): boolean {
	switch (apdu.apdu) {
		case 'exception-response':
		case 'confirmed-service-error':
		case 'unknown':
			return true;
		case 'AARE':
			return apdu.result !== 0;
		case 'get-response':
			if (apdu.kind === 'normal') return 'error' in apdu.result;
			if (apdu.kind === 'block') return 'error' in apdu.part;
			return apdu.results.some((result) => 'error' in result);
		case 'set-response':
			if ('results' in apdu) return apdu.results.some((result) => result !== 0);
			return 'result' in apdu && apdu.result !== 0;
		case 'action-response':
			if (apdu.kind === 'with-list') return apdu.results.some(({ result }) => result !== 0);
			return apdu.kind === 'normal' && apdu.result !== 0;
		case 'access-response':
			return apdu.results.some(({ result }) => result !== 0);
		default:
			return false;
	}
}
