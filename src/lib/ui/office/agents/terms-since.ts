/** Who set a vendor's terms, and when. */
import type { OfflineTermsAnswer } from '#lib/core/sync/wire-till.ts';
import { agentWords } from '../words.ts';

const own = agentWords.terms;

/** @param moment formats an instant */
export function termsSince(
	{ setAtMs, setByName }: Pick<OfflineTermsAnswer, 'setAtMs' | 'setByName'>,
	moment: (atMs: number) => string,
): string {
	return setAtMs === null ? own.never : own.setBy(setByName ?? own.nobody, moment(setAtMs));
}
