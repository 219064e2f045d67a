/** What the office decided about selling to meters, as rows and as the API answers them. */
import type { BlockDecision } from '#lib/core/sync/wire-blocks.ts';
import type { BlockReason, BlockStanding, UnblockReason } from '#lib/core/vending/block-meter.ts';
import type { Database, Write } from '../database/open.ts';
import type { BlockDecisionRow, MeterRow } from '../database/schema.ts';

/** With the names of its people. */
export type KnownDecision = BlockDecisionRow & {
	readonly made_by_name: string;
	readonly agreed_by_name: string | null;
};

/** Decisions in no order, with the names of those who made them. */
export function selectDecisions(database: Database | Write) {
	return database
		.selectFrom('block_decision')
		.innerJoin('operator as maker', 'maker.id', 'block_decision.made_by')
		.leftJoin('operator as second', 'second.id', 'block_decision.agreed_by')
		.selectAll('block_decision')
		.select(['maker.name as made_by_name', 'second.name as agreed_by_name']);
}

/** The decision that a meter's state comes from; undefined: that was not written down. */
export function presentDecision<Row extends Pick<BlockDecisionRow, 'deed'>>(
	state: MeterRow['state'],
	last: Row | undefined,
): Row | undefined {
	return last?.deed === (state === 'blocked' ? 'block' : 'unblock') ? last : undefined;
}

export function standingOf(
	state: MeterRow['state'],
	last: Pick<BlockDecisionRow, 'deed' | 'reason'> | undefined,
): BlockStanding {
	if (state === 'active') return { state };
	// Written by `makeDecision`, of whose deed it is one of the reasons.
	return { state, reason: (presentDecision(state, last)?.reason ?? null) as BlockReason | null };
}

export function decisionShape(row: KnownDecision): BlockDecision {
	const { id, drn, note, at_ms: atMs, agreed_by, agreed_by_name } = row;
	const rest = {
		...{ id, drn, note, atMs, by: { operatorId: row.made_by, name: row.made_by_name } },
		agreedBy: agreed_by === null ? null : { operatorId: agreed_by, name: agreed_by_name ?? '' },
	};
	return row.deed === 'block'
		? { deed: 'block', reason: row.reason as BlockReason, ...rest }
		: { deed: 'unblock', reason: row.reason as UnblockReason, ...rest };
}
