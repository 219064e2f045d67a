/** Who set a vendor's terms, and when. */
import type { Person } from '#lib/core/sync/wire-people.ts';
import type { OfflineTermsAnswer } from '#lib/core/sync/wire-till.ts';
import { agentWords } from '../words.ts';

const own = agentWords.terms;

/** @param person who looks at it @param moment formats an instant */
export function termsSince(
	{ setAtMs, setBy }: Pick<OfflineTermsAnswer, 'setAtMs' | 'setBy'>,
	person: Person | null | undefined,
	moment: (atMs: number) => string,
): string {
	return setAtMs === null ? own.never : own.setBy(nameOf(setBy, person), moment(setAtMs));
}

/** The backend names an operator by id, and only one's own name is known here. */
function nameOf(setBy: string | null, person: Person | null | undefined): string {
	if (setBy === null || !setBy.startsWith('operator:')) return own.who.system;
	return person?.kind === 'operator' && setBy === `operator:${person.operatorId}`
		? person.name
		: own.who.colleague;
}
