/**
 * Puts events in their places in the chain: a background round of every node. The next place is decided by
 * the table's own key: of two nodes that want it one gets it, the other finds its events sealed next time.
 */
import type { Backend } from '../backend.ts';
import type { Turn } from '../background.ts';
import type { Database, Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { chainHash, CHAIN_START, type ChainEnd } from './chain.ts';
import { eventShape } from './event-shape.ts';

/** Events of one transaction. */
const BATCH = 500;

/** Seals until nothing is left, or the process is to end. */
export async function sealEvents(
	{ database }: Pick<Backend, 'database'>,
	{ signal }: Pick<Turn, 'signal'>,
): Promise<void> {
	while (!signal.aborted) {
		const next = await database
			.selectFrom('audit_queue')
			.select('utility_id')
			.orderBy('event_id')
			.limit(1)
			.executeTakeFirst();
		if (next === undefined || !(await sealBatch(database, next.utility_id))) return;
	}
}

/** Answers whether it may go on: not when another node is at it. */
async function sealBatch(database: Database, utilityId: string): Promise<boolean> {
	const before = await chainEnd(database, utilityId);
	try {
		await transact(database, (write) => sealNext(write, utilityId));
		return true;
	} catch (error) {
		const after = await chainEnd(database, utilityId);
		if (after.sequence > before.sequence) return false;
		throw error;
	}
}

async function sealNext(write: Write, utilityId: string): Promise<void> {
	const events = await write
		.selectFrom('audit_queue')
		.innerJoin('audit_event', 'audit_event.id', 'audit_queue.event_id')
		.selectAll('audit_event')
		.where('audit_queue.utility_id', '=', utilityId)
		.orderBy('audit_queue.event_id')
		.limit(BATCH)
		.execute();
	if (events.length === 0) return;
	let end = await chainEnd(write, utilityId);
	const seals = events.map((event) => {
		const hash = chainHash(end.hash, eventShape(event));
		end = { sequence: end.sequence + 1, hash };
		return { utility_id: utilityId, ...end, event_id: event.id };
	});
	await write.insertInto('audit_seal').values(seals).execute();
	const sealed = events.map(({ id }) => id);
	await write.deleteFrom('audit_queue').where('event_id', 'in', sealed).execute();
}

/** Where a utility's chain ends now. */
export async function chainEnd(
	source: Pick<Database, 'selectFrom'>,
	utilityId: string,
): Promise<ChainEnd> {
	const last = await source
		.selectFrom('audit_seal')
		.select(['sequence', 'hash'])
		.where('utility_id', '=', utilityId)
		.orderBy('sequence', 'desc')
		.limit(1)
		.executeTakeFirst();
	return last ?? CHAIN_START;
}
