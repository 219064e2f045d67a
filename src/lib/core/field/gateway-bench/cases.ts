/**
 * Every case of the bench as one table: what it is about, where that is written, what it needs and what it
 * changes. In the order in which they run: what rests upon nothing first, what the meter forgets and what
 * fills its memory last.
 */
import type { Ea } from '../../sts/algorithms.ts';
import type { Bench } from './bench.ts';
import * as decoder from './cases/decoder.ts';
import * as keys from './cases/key-change.ts';
import * as line from './cases/line.ts';
import * as security from './cases/security.ts';
import * as tokens from './cases/tokens.ts';
import type { Program } from './step.ts';
import type { CaseChange, CaseGroup, CaseNeed } from './terms.ts';

export interface CaseRow<Id extends string = string> {
	readonly id: Id;
	readonly group: CaseGroup;
	/** Where it is written; null: left to makers, and done by most. */
	readonly clause: string | null;
	readonly needs: readonly CaseNeed[];
	readonly changes: readonly CaseChange[];
	/** Only of meters of this algorithm. */
	readonly ea?: Ea;
	/** Where it fails, nothing after it can be judged. */
	readonly gate?: true;
	readonly program: (bench: Bench) => Program;
}

type More = Partial<Pick<CaseRow, 'needs' | 'changes' | 'ea' | 'gate'>>;

const row = <const Id extends string>(
	group: CaseGroup,
	id: Id,
	clause: string | null,
	program: CaseRow['program'],
	{ needs = [], changes = [], ...more }: More = {},
): CaseRow<Id> => ({ id, group, clause, program, needs, changes, ...more });

const CIPHERED: More = { needs: ['ciphering'] };
const KEYED: More = { needs: ['test-key'], changes: ['adds-credit'] };
const KEY: More = { needs: ['test-key'], changes: ['adds-credit', 'changes-key'] };

export const GATEWAY_CASES = [
	row('line', 'answers-come-whole', 'IEC 62056-46; IEC 62056-47', line.answersComeWhole, {
		gate: true,
	}),
	row('line', 'answers-are-apdus', 'IEC 62056-5-3, 9.5', line.answersAreApdus, { gate: true }),

	row('security', 'stranger-refused', 'IEC 62056-5-3, 7.2.5', security.strangerRefused),
	row('security', 'wrong-proof-refused', 'IEC 62056-5-3, 5.7.4', security.wrongProofRefused, {
		needs: ['secret'],
	}),
	row('security', 'wrong-key-refused', 'IEC 62056-5-3, 5.3.5', security.wrongKeyRefused, CIPHERED),
	row(
		'security',
		'unprotected-association-refused',
		'IEC 62056-5-3, 7.2.5',
		security.unprotectedAssociationRefused,
		CIPHERED,
	),
	row(
		'security',
		'replayed-association-refused',
		'IEC 62056-5-3, 5.3.3',
		security.replayedAssociationRefused,
		CIPHERED,
	),
	row(
		'security',
		'replayed-message-refused',
		'IEC 62056-5-3, 5.3.3',
		security.replayedMessageRefused,
		CIPHERED,
	),
	row(
		'security',
		'spoilt-tag-refused',
		'IEC 62056-5-3, 5.3.5',
		security.spoiltTagRefused,
		CIPHERED,
	),
	row('security', 'cut-message-refused', 'IEC 62056-5-3, 9.5', security.cutMessageRefused),
	row(
		'security',
		'enter-in-clear-refused',
		'IEC 62056-5-3, 5.7.2',
		security.enterInClearRefused,
		CIPHERED,
	),
	row('security', 'public-enter-refused', 'IEC 62056-6-2, class 115', security.publicEnterRefused),
	row('security', 'own-system-title', 'IEC 62056-5-3, 5.3.3', security.ownSystemTitle, {
		needs: ['ciphering', 'expected-title'],
	}),
	row('security', 'clock-right', 'IEC 62056-6-2, class 8', security.clockRight),

	row('tokens', 'test-token-taken', 'IEC 62055-41, 6.3.8', tokens.testTokenTaken),
	row('tokens', 'other-makers-test-refused', 'IEC 62055-41, 7.3', tokens.otherMakersTestRefused),
	row('tokens', 'status-becomes-final', 'IEC 62056-6-2, class 115', tokens.statusBecomesFinal),
	row('tokens', 'rubbish-refused', 'IEC 62055-41, 7.3', tokens.rubbishRefused, KEYED),
	row('tokens', 'last-token-shown', 'IEC 62056-6-2, class 115', tokens.lastTokenShown, KEYED),
	row('tokens', 'credit-counted', 'IEC 62055-41, 8', tokens.creditCounted, KEYED),
	row('tokens', 'other-service-refused', 'IEC 62055-41, 8', tokens.otherServiceRefused, KEYED),
	row('tokens', 'currency-refused', 'IEC 62055-41, 8', tokens.currencyRefused, KEYED),
	row(
		'tokens',
		'reserved-subclass-refused',
		'IEC 62055-41, 6.2',
		tokens.reservedSubclassRefused,
		KEYED,
	),
	row('tokens', 'power-limit-set', 'IEC 62055-41, 8', tokens.powerLimitSet, {
		needs: ['test-key'],
		changes: ['sets-limit'],
	}),
	row('tokens', 'impossible-limit-refused', 'IEC 62055-41, 8', tokens.impossibleLimitRefused, {
		needs: ['test-key'],
		changes: ['adds-credit'],
	}),
	row('tokens', 'tamper-cleared', 'IEC 62055-41, 8', tokens.tamperCleared, {
		needs: ['test-key', 'hand'],
		changes: ['clears-tamper'],
	}),
	row('tokens', 'credit-cleared', 'IEC 62055-41, 8', tokens.creditCleared, {
		needs: ['test-key'],
		changes: ['wipes-credit'],
	}),

	row('decoder', 'used-token-refused', 'IEC 62055-41, 7.3.4', decoder.usedTokenRefused, KEYED),
	row('decoder', 'earlier-token-taken', 'IEC 62055-41, 7.3.4', decoder.earlierTokenTaken, KEYED),
	row(
		'decoder',
		'another-meters-token-refused',
		'IEC 62055-41, 7.3',
		decoder.anotherMetersTokenRefused,
		KEYED,
	),
	row('decoder', 'wrong-tokens-lock', null, decoder.wrongTokensLock, {
		needs: ['test-key', 'claims-lockout'],
		changes: ['adds-credit', 'locks'],
	}),

	row('key-change', 'two-tokens-change-key', 'IEC 62055-41, 6.2.7', keys.twoTokensChangeKey, {
		...KEY,
		ea: 7,
	}),
	row('key-change', 'three-tokens-change-key', 'IEC 62055-41, 6.2.7', keys.threeTokensChangeKey, {
		...KEY,
		ea: 7,
	}),
	row('key-change', 'four-tokens-change-key', 'IEC 62055-41, 6.2.7', keys.fourTokensChangeKey, {
		...KEY,
		ea: 11,
	}),
	row('key-change', 'any-order-changes-key', null, keys.anyOrderChangesKey, KEY),
	row('key-change', 'late-sections-dropped', null, keys.lateSectionsDropped, {
		needs: ['test-key', 'time'],
		changes: ['adds-credit', 'changes-key'],
	}),
	row(
		'key-change',
		'tokens-remembered-over-key-change',
		'IEC 62055-41, 7.3.4',
		keys.tokensRememberedOverKeyChange,
		KEY,
	),
	row('key-change', 'makers-key-refused', 'IEC 62055-41, 6.5.3', keys.makersKeyRefused, KEY),
	row(
		'key-change',
		'default-key-takes-no-credit',
		'IEC 62055-41, 7.3.4',
		keys.defaultKeyTakesNoCredit,
		{ needs: ['test-key'], changes: ['adds-credit', 'changes-key', 'clears-tamper'] },
	),
	row('key-change', 'expired-key-refused', 'IEC 62055-41, 6.3.5', keys.expiredKeyRefused, {
		needs: ['test-key', 'claims-expiry'],
		changes: ['adds-credit', 'changes-key'],
	}),
	row('key-change', 'rollover-forgets-tokens', 'IEC 62055-41, 6.2.7', keys.rolloverForgetsTokens, {
		needs: ['test-key', 'time'],
		changes: ['adds-credit', 'changes-key', 'forgets-tokens', 'fills-store'],
	}),

	// After the rollover: it makes what was forgotten old again.
	row('decoder', 'old-token-refused', 'IEC 62055-41, 7.3.4', decoder.oldTokenRefused, {
		needs: ['test-key', 'time'],
		changes: ['adds-credit', 'fills-store'],
	}),
] as const;

/** Name of a case. */
export type CaseId = (typeof GATEWAY_CASES)[number]['id'];

export const CASE_IDS: readonly CaseId[] = GATEWAY_CASES.map(({ id }) => id);

/** The row of a case. */
export function caseRow(id: CaseId): CaseRow<CaseId> {
	return GATEWAY_CASES.find((each) => each.id === id) as CaseRow<CaseId>;
}
