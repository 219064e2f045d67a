/**
 * The rule of all that the software module makes: one request, one thing. What is asked for again is made
 * again, to the same digits, whatever the clock says by then; what is asked for the first time is checked,
 * made, written down and only then given out.
 */
import { createHash } from 'node:crypto';
import { isRefusal, type Refusal } from '../../refusal.ts';
import type { StoredKey } from '../key-file.ts';
import type { RequestKind, UsageJournal } from '../usage-journal.ts';

/** A request and how it is carried out. */
export interface Issue<Made extends object> {
	readonly requestId: string;
	readonly kind: RequestKind;
	/** All that the answer depends on, in a fixed order: never the time of asking. */
	readonly contents: readonly unknown[];
	/** The key that the request counts for. */
	readonly key: StoredKey;
	/** What stands in the way of a first time. */
	check(): Refusal | undefined;
	make(): Made | Refusal;
	/** What goes out with it, 0.1 kWh. */
	deciKwhOf(made: Made): number;
}

/** Refusals, in order: `id-reused`; the first time those of `check`; those of `make`; `vending-key-limit`. */
export function issueOnce<Made extends object>(
	journal: UsageJournal,
	issue: Issue<Made>,
): Made | Refusal {
	const contents = digestOf([issue.kind, ...issue.contents]);
	const before = journal.contentsOf(issue.requestId);
	if (before !== undefined) return before === contents ? issue.make() : { refusal: 'id-reused' };
	const refused = issue.check();
	if (refused !== undefined) return refused;
	const made = issue.make();
	if (isRefusal(made)) return made;
	const { requestId, kind, key } = issue;
	const outcome = journal.record({
		...{ requestId, kind, contents, slot: key.slot },
		deciKwh: issue.deciKwhOf(made),
		limitDeciKwh: key.unitLimitDeciKwh,
	});
	if (outcome === 'recorded') return made;
	return { refusal: outcome === 'other' ? 'id-reused' : 'vending-key-limit' };
}

/** Order: `vending-key-not-active`, `vending-key-issue-ended`. */
export function checkPeriod(
	{ activeFromMs, issueUntilMs }: Pick<StoredKey, 'activeFromMs' | 'issueUntilMs'>,
	nowMs: number,
): Refusal | undefined {
	if (nowMs < activeFromMs) return { refusal: 'vending-key-not-active' };
	if (issueUntilMs !== null && nowMs >= issueUntilMs) return { refusal: 'vending-key-issue-ended' };
	return undefined;
}

function digestOf(contents: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(contents)).digest('hex');
}
