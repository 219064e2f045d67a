/**
 * Keys under which a till was revoked. The till's own row knows its present device only: a phone that was stolen,
 * and revoked, must still hear so when its replacement has been enrolled, because hearing it is what wipes it.
 */
import { v7 as uuidV7 } from 'uuid';
import type { Database, Write } from '../database/open.ts';
import type { TerminalRow } from '../database/schema.ts';

/** Looked at for one request, whoever sends it: those of as many devices that were lost one after the other. */
const MOST = 20;

/**
 * Notes the key of a till that was revoked, as another device takes its place: until then the till's own row answers
 * for it, whichever release revoked it. @param publicKey a public JWK as JSON
 */
export async function noteRevoked(
	write: Write,
	{ id, utility_id }: TerminalRow,
	publicKey: string,
	nowMs: number,
): Promise<void> {
	await write
		.insertInto('revoked_key')
		.values({
			...{ id: uuidV7({ msecs: nowMs }), utility_id, terminal_id: id, public_key: publicKey },
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
