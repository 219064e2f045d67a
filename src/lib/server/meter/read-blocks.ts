/** Which meters are not sold to, and why, for the office. */
import type {
	BlockedMeterList,
	BlockedMetersQuery,
	MeterBlock,
} from '#lib/core/sync/wire-blocks.ts';
import { APPROVAL_LIFETIME_MS } from '#lib/core/vending/approval.ts';
import { unblockNeedsTwo } from '#lib/core/vending/block-meter.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import { wishOf } from '../approval/approval-row.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { Refusal } from '../refusal.ts';
import {
	decisionShape,
	presentDecision,
	selectDecisions,
	standingOf,
	type KnownDecision,
} from './block-rows.ts';

/** Of one meter's decisions. */
const LATEST = 20;
const PAGE = 100;

/** Order: those of the meter's number, `meter-unknown`. */
export async function readMeterBlock(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	text: string,
): Promise<MeterBlock | Refusal> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const { drn } = number;
	const meter = await selectMeters(database, caller).where('drn', '=', drn).executeTakeFirst();
	if (meter === undefined) return { refusal: 'meter-unknown' };
	const decisions = await selectDecisions(database)
		.where('drn', '=', drn)
		.orderBy('sequence', 'desc')
		.limit(LATEST)
		.execute();
	const [last] = decisions;
	return {
		...shapeOf(meter, last),
		state: meter.state,
		unblockNeedsTwo: unblockNeedsTwo(standingOf(meter.state, last)),
		proposal: await openProposal(database, caller, { drn, nowMs: clock.nowMs() }),
		decisions: decisions.map(decisionShape),
	};
}

/** A page, by number. */
export async function listBlockedMeters(
	{ database }: Pick<Backend, 'database'>,
	caller: Caller,
	{ after }: BlockedMetersQuery,
): Promise<BlockedMeterList> {
	let wanted = selectMeters(database, caller).where('state', '=', 'blocked');
	if (after !== undefined) wanted = wanted.where('drn', '>', after);
	const rows = await wanted
		.orderBy('drn')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	const last = await lastDecisions(
		database,
		page.map(({ drn }) => drn),
	);
	return {
		meters: page.map((meter) => shapeOf(meter, last.get(meter.drn))),
		next: rows.length > PAGE ? (page.at(-1)?.drn ?? null) : null,
	};
}

function selectMeters(database: Database, { utilityId }: Caller) {
	return database
		.selectFrom('meter')
		.innerJoin('customer', 'customer.id', 'meter.customer_id')
		.select(['meter.drn', 'meter.area', 'meter.state', 'customer.name'])
		.where('meter.utility_id', '=', utilityId);
}

interface FoundMeter {
	readonly drn: string;
	readonly area: string;
	readonly name: string;
	readonly state: 'active' | 'blocked';
}

function shapeOf({ drn, area, name, state }: FoundMeter, last: KnownDecision | undefined) {
	const decision = presentDecision(state, last);
	return { drn, area, ownerName: name, decision: decision ? decisionShape(decision) : null };
}

async function lastDecisions(
	database: Database,
	drns: readonly string[],
): Promise<Map<string, KnownDecision>> {
	if (drns.length === 0) return new Map();
	const rows = await selectDecisions(database)
		.where('drn', 'in', drns)
		.where('sequence', '=', (of) =>
			of
				.selectFrom('block_decision as each')
				.select(({ fn }) => fn.max('each.sequence').as('last'))
				.whereRef('each.drn', '=', 'block_decision.drn'),
		)
		.execute();
	return new Map(rows.map((row) => [row.drn, row]));
}

/** That the meter be unblocked. The number stands in the wish as its proposer wrote it. */
async function openProposal(
	database: Database,
	{ utilityId }: Caller,
	{ drn, nowMs }: { drn: string; nowMs: number },
): Promise<MeterBlock['proposal']> {
	const rows = await database
		.selectFrom('approval')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.where('state', '=', 'proposed')
		.where('kind', '=', 'meter-unblock')
		.where('proposed_at_ms', '>', nowMs - APPROVAL_LIFETIME_MS)
		.orderBy('id')
		.execute();
	const found = rows.find((row) => {
		const wish = wishOf(row);
		if (wish.kind !== 'meter-unblock') return false;
		const number = decideMeterNumber(wish.drn);
		return 'drn' in number && number.drn === drn;
	});
	if (found === undefined) return null;
	return { id: found.id, proposedBy: found.proposed_by, proposedAtMs: found.proposed_at_ms };
}
