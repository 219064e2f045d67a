/**
 * Keys under which a till was revoked. The till's own row knows its present device only: a phone that was stolen,
 * and revoked, must still hear so when its replacement has been enrolled, because hearing it is what wipes it.
 */
import { v7 as uuidV7 } from 'uuid';
import type { Database, Write } from '../database/open.ts';
import type { TerminalRow } from '../database/schema.ts';

/** Looked at for one request, whoever sends it: those of as many devices that were lost one after the other. */
const MOST = 20;

/** Notes the key that a till has as it is revoked; one that was never enrolled has none. */
export async function noteRevoked(
	write: Write,
	{ id, utility_id, public_key }: TerminalRow,
	nowMs: number,
): Promise<void> {
	if (public_key === null) return;
	await write
		.insertInto('revoked_key')
		.values({
			...{ id: uuidV7({ msecs: nowMs }), utility_id, terminal_id: id, public_key },
			at_ms: nowMs,
		})
		.execute();
}

/** Public JWKs as JSON, the latest first. */
export async function revokedKeys(database: Database, terminalId: string): Promise<string[]> {
	const rows = await database
		.selectFrom('revoked_key')
		.select('public_key')
		.where('terminal_id', '=', terminalId)
		.orderBy('at_ms', 'desc')
		.orderBy('id', 'desc')
		.limit(MOST)
		.execute();
	return rows.map(({ public_key: key }) => key);
}
