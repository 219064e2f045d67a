/**
 * What the backend tells a till of itself: with every answer to its journal, and when it asks. So nothing is in
 * it whose cost grows with what was ever sold, such as the commission that has come together.
 */
import type { TillStatus } from '#lib/core/sync/wire-till.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { TerminalRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { inTheMaking } from '../vendor/vendor-status.ts';
import { findVendor, vendorShape } from '../vendor/vendors.ts';
import { packContentsOf, packVersionOf } from './pack-contents.ts';

type Parts = Pick<Backend, 'database' | 'clock' | 'saleKey'>;

/** Order: `not-allowed` (no till), `terminal-unknown`, `not-found`. */
export async function readTillStatus(
	backend: Parts,
	caller: Caller,
): Promise<TillStatus | Refusal> {
	const { database, clock } = backend;
	const till = await findTill(database, caller);
	if ('refusal' in till) return till;
	const { id: terminalId, utility_id: utilityId, vendor_id: vendorId } = till;
	const vendor = await findVendor(database, caller, vendorId);
	if (isRefusal(vendor)) return vendor;
	const nowMs = clock.nowMs();
	const contents = await packContentsOf(backend, till, nowMs);
	const { currency } = contents.utility;
	const { floatMinor, availableMinor } = vendorShape(vendor, currency);
	return {
		...{ terminalId, name: till.name, utilityId, currency, floatMinor, availableMinor },
		vendor: { id: vendorId, name: vendor.name, state: vendor.state },
		state: till.journal_state === 'suspended' ? 'suspended' : 'active',
		heldMinor: (await inTheMaking(database, vendorId)).heldMinor,
		terms: contents.terms,
		journal: await headOf(database, till.device_id),
		packVersion: packVersionOf(contents),
		serverMs: nowMs,
	};
}

/** The till that asks. Order: `not-allowed` (no till), `terminal-unknown`. */
export async function findTill(
	database: Database,
	{ terminalId, utilityId }: Caller,
): Promise<TerminalRow | Refusal> {
	if (terminalId === undefined) return { refusal: 'not-allowed' };
	const till = await database
		.selectFrom('terminal')
		.selectAll()
		.where('id', '=', terminalId)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	return till ?? { refusal: 'terminal-unknown' };
}

/** Of the device that is this till now, whoever was it before. */
async function headOf(database: Database, deviceId: string | null): Promise<TillStatus['journal']> {
	if (deviceId === null) return null;
	const head = await database
		.selectFrom('till_head')
		.select(['sequence', 'hash'])
		.where('device_id', '=', deviceId)
		.executeTakeFirst();
	return head === undefined ? null : { sequence: Number(head.sequence), hash: head.hash };
}
