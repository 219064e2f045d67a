/** Which cases a run has, which of them cannot be tried and why, and what it will change: all known before it begins. */
import type { BenchTarget } from './bench.ts';
import { type CaseId, type CaseRow, GATEWAY_CASES } from './cases.ts';
import { CASE_CHANGES, type CaseChange, type CaseNeed, type SkipReason } from './terms.ts';

/** What was chosen. */
export type BenchChoice =
	| { readonly kind: 'whole' }
	/** Without the cases that take minutes. */
	| { readonly kind: 'quick' }
	| { readonly kind: 'chosen'; readonly ids: readonly CaseId[] };

/** What is known of a meter before the run. */
export type KnownOfMeter = Pick<BenchTarget, 'profile' | 'testKey' | 'claims' | 'expectedTitle'> & {
	/** Whether somebody is at the meter. */
	readonly hand: boolean;
};

export interface PlannedCase {
	readonly row: CaseRow<CaseId>;
	/** Why it will not be tried. */
	readonly skipped?: SkipReason;
}

/** The cases in their order. Those of the other algorithm are not among them; both, where it is not known. */
export function planRun(choice: BenchChoice, known: KnownOfMeter): PlannedCase[] {
	const rows: readonly CaseRow<CaseId>[] = GATEWAY_CASES;
	const ea = known.testKey?.ea;
	return rows
		.filter((each) => each.ea === undefined || ea === undefined || each.ea === ea)
		.filter((each) => choice.kind !== 'chosen' || each.gate || choice.ids.includes(each.id))
		.map((each) => {
			const skipped = each.needs
				.map((need) => missing(need, known, choice))
				.find((reason) => reason !== undefined);
			return { row: each, ...(skipped && { skipped }) };
		});
}

/** What the cases that will be tried change, in the order of the list. */
export function changesOf(plan: readonly PlannedCase[]): CaseChange[] {
	const tried = plan.filter(({ skipped }) => !skipped).flatMap(({ row }) => row.changes);
	return CASE_CHANGES.filter((change) => tried.includes(change));
}

function missing(
	need: CaseNeed,
	{ profile, testKey, claims, expectedTitle, hand }: KnownOfMeter,
	choice: BenchChoice,
): SkipReason | undefined {
	switch (need) {
		case 'test-key':
			return testKey ? undefined : 'no-test-key';
		case 'ciphering':
			return profile.security === 'none' ? 'no-ciphering' : undefined;
		case 'secret':
			return profile.mechanism === 'none' ? 'no-secret' : undefined;
		case 'expected-title':
			return expectedTitle === undefined ? 'title-unknown' : undefined;
		case 'hand':
			return hand ? undefined : 'nobody-at-the-meter';
		case 'time':
			return choice.kind === 'quick' ? 'takes-time' : undefined;
		case 'claims-lockout':
			return claims.lockout ? undefined : 'not-claimed';
		case 'claims-expiry':
			return claims.keyExpiry ? undefined : 'not-claimed';
	}
}
