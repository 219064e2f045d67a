/** Which failures of one question leave the next one safe to ask, as a decision. */
import type { RequestFailure } from '#lib/core/dlms/association/failure.ts';

/** Breaches by which an answer shows that it belongs to another question. */
const ANOTHERS = ['other-invoke-id', 'unexpected-answer', 'block-out-of-order'];

/**
 * Whether the next answer will be the next question's. Where it might be a late one to this question the
 * conversation ends, and who connects anew begins with a clean line. `fixedInvokeId`: the meter numbers no
 * answers, so that nothing tells a late one.
 */
export function keepsTrack(failure: RequestFailure, fixedInvokeId: boolean): boolean {
	switch (failure.why) {
		case 'exception':
		case 'service-error':
			return true;
		case 'empty-answer':
			return !fixedInvokeId;
		case 'breach':
			return !fixedInvokeId && !ANOTHERS.includes(failure.code);
		// What is not ciphered as agreed is a stranger's, or an old answer that was heard again.
		case 'not-secure':
		case 'other-meter':
		case 'meter-not-authentic':
		case 'key-used-up':
		case 'link':
			return false;
	}
}
