/** What a screen says of a meter that may be blocked. */
import type { BlockDecision, MeterBlock } from '#lib/core/sync/wire-blocks.ts';
import type { Fact } from '../wish-facts.ts';
import { meterWords as own } from '../words.ts';

export function reasonText(decision: BlockDecision): string {
	return decision.deed === 'block'
		? own.blockReasons[decision.reason]
		: own.unblockReasons[decision.reason];
}

export function deciders({ by, agreedBy }: Pick<BlockDecision, 'by' | 'agreedBy'>): string {
	return agreedBy === null ? by.name : own.byTwo(by.name, agreedBy.name);
}

/**
 * Whose it is and where; of one that is blocked since when, why and by whom, or that it was not written down.
 * @param moment formats an instant
 */
export function blockFacts(
	{ state, decision, ownerName, area }: MeterBlock,
	moment: (atMs: number) => string,
): Fact[] {
	const facts: Fact[] = [
		{ term: own.owner, detail: ownerName || own.noOwner },
		...(area === '' ? [] : [{ term: own.area, detail: area }]),
	];
	if (state === 'active') return facts;
	if (decision === null) return [...facts, { term: own.reason, detail: own.notWritten }];
	return [
		...facts,
		{ term: own.reason, detail: reasonText(decision) },
		...(decision.note === '' ? [] : [{ term: own.words, detail: decision.note }]),
		{ term: own.since, detail: moment(decision.atMs) },
		{ term: own.by, detail: deciders(decision) },
	];
}

/** Why one person is not enough to unblock it. */
export function whyTwo({ decision }: Pick<MeterBlock, 'decision'>): string {
	return decision === null ? own.propose.means.unknown : own.propose.means.tampering;
}
