/** Whether a utility's audit is as it was written: the chain, the roots signed over it, and nothing beside it. */
import type { Database } from '../database/open.ts';
import { CHAIN_START, followChain, isBreak, type Break, type ChainEnd } from './chain.ts';
import { readEntries } from './read-entries.ts';
import { isRootSigned, rootShape } from './root-signature.ts';

/** Entries held in memory at a time. */
const PAGE = 1_000;

/** The first broken place, or where the sound chain ends. */
export async function verifyAudit(
	database: Database,
	utilityId: string,
): Promise<ChainEnd | Break> {
	const roots = await database
		.selectFrom('audit_root')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.orderBy('sequence')
		.execute();
	for (const root of roots)
		if (!isRootSigned(rootShape(root))) return { sequence: root.sequence, what: 'rewritten' };
	let end: ChainEnd = CHAIN_START;
	for (;;) {
		const entries = await readEntries(database, utilityId, end.sequence, PAGE);
		const followed = followChain(end, entries);
		const reached = isBreak(followed) ? followed.sequence - 1 : followed.sequence;
		for (const root of roots)
			if (root.sequence > end.sequence && root.sequence <= reached)
				if (entries.find(({ sequence }) => sequence === root.sequence)?.hash !== root.hash)
					return { sequence: root.sequence, what: 'rewritten' };
		if (isBreak(followed)) return followed;
		end = followed;
		if (entries.length < PAGE) break;
	}
	const last = roots.at(-1);
	if (last !== undefined && last.sequence > end.sequence)
		return { sequence: end.sequence + 1, what: 'removed' };
	const loose = await hasLooseEvent(database, utilityId);
	return loose ? { sequence: end.sequence + 1, what: 'inserted' } : end;
}

/** An event that nobody sealed and that waits for nobody to do it: it was not written by the backend. */
async function hasLooseEvent(database: Database, utilityId: string): Promise<boolean> {
	const loose = await database
		.selectFrom('audit_event')
		.leftJoin('audit_seal', 'audit_seal.event_id', 'audit_event.id')
		.leftJoin('audit_queue', 'audit_queue.event_id', 'audit_event.id')
		.select('audit_event.id')
		.where('audit_event.utility_id', '=', utilityId)
		.where('audit_seal.event_id', 'is', null)
		.where('audit_queue.event_id', 'is', null)
		.limit(1)
		.executeTakeFirst();
	return loose !== undefined;
}
