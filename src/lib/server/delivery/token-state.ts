/** How a token fares at its meter, moved on by each entry that speaks of it. */
import type { JournalContents } from '#lib/core/sync/field-deeds.ts';
import { type SignedEntry } from '#lib/core/sync/field-journal.ts';
import { serverTimeOf } from '#lib/core/sync/journal-chain.ts';
import type { FieldDelivery, FieldState } from '#lib/core/sync/wire-deliveries.ts';
import type { Database, Write } from '../database/open.ts';
import type { VendTokenRow } from '../database/schema.ts';

/** A meter that says `used` has the token: whoever handed it over, at some time. Pure. */
export function stateAfter({
	verdict,
	result,
}: Pick<JournalContents['token-delivery'], 'verdict' | 'result'>): FieldState {
	if (verdict === 'accepted' || result === 'UsedError') return 'delivered';
	return verdict;
}

/** `delivered` is final; else the last entry counts. */
export async function moveToken(
	write: Write,
	utilityId: string,
	token: VendTokenRow,
	entry: Extract<SignedEntry, { kind: 'token-delivery' }>,
): Promise<void> {
	const told = {
		state: stateAfter(entry.content),
		...{ entry_id: entry.id, at_ms: serverTimeOf(entry) },
	};
	const { vend_id, sequence, drn } = token;
	const known = await write
		.selectFrom('token_delivery')
		.select('state')
		.where('vend_id', '=', vend_id)
		.where('sequence', '=', sequence)
		.executeTakeFirst();
	// Of two devices that tell of it first at once, the later one is done again and finds it (`retried.ts`).
	if (known === undefined)
		await write
			.insertInto('token_delivery')
			.values({ vend_id, sequence, utility_id: utilityId, drn, ...told })
			.execute();
	else
		await write
			.updateTable('token_delivery')
			.set(told)
			.where('vend_id', '=', vend_id)
			.where('sequence', '=', sequence)
			.where('state', '!=', 'delivered')
			.execute();
}

/** Vend → how its tokens fared; a vend of which no journal speaks is not in it. */
export async function fieldDeliveriesOf(
	database: Database,
	vendIds: readonly string[],
): Promise<Map<string, FieldDelivery>> {
	if (vendIds.length === 0) return new Map();
	const rows = await database
		.selectFrom('token_delivery')
		.select(['vend_id', 'state', 'at_ms'])
		.where('vend_id', 'in', vendIds)
		.execute();
	const found = new Map<string, FieldDelivery>();
	for (const { vend_id: id, state, at_ms: atMs } of rows) {
		const before = found.get(id) ?? { delivered: 0, refused: 0, unknown: 0, atMs };
		found.set(id, {
			...before,
			[state]: before[state] + 1,
			atMs: Math.max(before.atMs, atMs),
		});
	}
	return found;
}
