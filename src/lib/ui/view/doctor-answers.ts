/** What the reject doctor has been told, and what it makes of it with what is kept on this device. */
import type { KeypadFacts } from '#lib/browser/store/keypad.ts';
import { tokenHistory, type TokenHistory } from '#lib/core/sync/keypad-history.ts';
import { hearSaying, lockWaitMs } from '#lib/core/sync/keypad-lockout.ts';
import { diagnose, type Diagnosis } from '#lib/core/vending/reject-doctor/diagnose.ts';
import { SAYING_NAMES, type Saying } from '#lib/core/vending/reject-doctor/sayings.ts';

export interface DoctorAnswers {
	/** The token's place in its purchase, from 0. */
	readonly place?: number;
	readonly saying?: Saying;
	readonly typed?: string | null;
	readonly meter?: string | null;
	readonly keySetTaken?: boolean;
}

/** The next thing the screen shows. */
export type DoctorStep = { readonly kind: 'which' } | { readonly kind: 'saying' } | Diagnosis;

/** What an address says of the question: a token's place from 1, and what was said at the keypad. */
export function firstAnswers(query: URLSearchParams, tokens: number): DoctorAnswers {
	const place = tokens === 1 ? 1 : Number(query.get('token'));
	const said = SAYING_NAMES.find((name) => name === query.get('said'));
	return {
		...(Number.isInteger(place) && place >= 1 && place <= tokens && { place: place - 1 }),
		...(said && { saying: said }),
	};
}

/** @param before what was kept before this entry @param atMs when it was told of */
export function decideDoctorStep(
	answers: DoctorAnswers,
	facts: KeypadFacts,
	before: Pick<KeypadFacts, 'entry' | 'lockout'>,
	atMs: number,
): { readonly step: DoctorStep; readonly history: TokenHistory | null } {
	const { place, saying, ...told } = answers;
	const { issued } = facts;
	const token = place === undefined ? undefined : issued.tokens[place];
	if (place === undefined || !token) return { step: { kind: 'which' }, history: null };
	if (saying === undefined) return { step: { kind: 'saying' }, history: null };
	const { entry, lockout } = before;
	// As things stood before it: what the answer itself has changed is no cause of it.
	const entries = new Map(facts.entries).set(entry.id, entry);
	const history = tokenHistory(facts.vends, entries, entry.id, place);
	const { keySet, others, newerTaken } = history;
	const step = diagnose({
		...{ saying, digits: token.digits, drn: issued.receipt.drn, keySet, others, newerTaken },
		...told,
		isKeyPart: token.kind === 'key-change',
		takenBefore: entry.takenMs.length > place,
		refusals: (entry.takenMs.length === place ? entry.refusals : 0) + 1,
		// By what is left to wait, like the coach: a clock that was set back ends it.
		lockedBeforeMs: atMs + lockWaitMs(lockout, atMs),
		lockedUntilMs: atMs + lockWaitMs(hearSaying(lockout, saying, atMs), atMs),
		nowMs: atMs,
	});
	return { step, history };
}
