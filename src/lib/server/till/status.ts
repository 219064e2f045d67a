/**
 * What the backend tells a till of itself: with every answer to its journal, and when it asks. So nothing is in
 * it whose cost grows with what was ever sold, such as the commission that has come together.
 */
import type { TillStatus } from '#lib/core/sync/wire-till.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import type { TerminalRow } from '../database/schema.ts';
import { together } from '../database/together.ts';
import { utilityShape } from '../meter/find-meter.ts';
import type { Refusal } from '../refusal.ts';
import { unfinishedOf } from '../vendor/vendor-status.ts';
import { vendorShape } from '../vendor/vendors.ts';
import { termsOf, termsShape } from './offline-terms.ts';
import { markQueries, packVersionBy } from './pack-version.ts';

type Parts = Pick<Backend, 'database' | 'clock' | 'saleKey'>;

/**
 * Order: `not-allowed` (no till), `terminal-unknown`, `not-found`. It goes with every answer to a journal: one way
 * there and back to the database.
 */
export async function readTillStatus(
	{ database, clock, saleKey }: Parts,
	caller: Caller,
): Promise<TillStatus | Refusal> {
	const { terminalId, utilityId, vendorId } = caller;
	if (terminalId === undefined || vendorId === undefined) return { refusal: 'not-allowed' };
	const nowMs = clock.nowMs();
	const [[till], [vendor], [unfinished], [head], [utility], [terms], tariffs, operators] =
		await together(database, [
			tillOfId.with(database, { terminalId, utilityId }),
			vendorOfId.with(database, { vendorId, utilityId }),
			unfinishedOf.with(database, { vendorId }),
			headOfTill.with(database, { terminalId }),
			...markQueries(database, { utility_id: utilityId, vendor_id: vendorId, nowMs }),
		]);
	if (till === undefined || utility === undefined) return { refusal: 'terminal-unknown' };
	if (vendor === undefined || till.vendor_id !== vendorId) return { refusal: 'not-found' };
	const { currency } = utilityShape(utility);
	const { floatMinor, availableMinor } = vendorShape(vendor, currency);
	const marks = { utility, terms, tariffs, operators };
	return {
		...{ terminalId, name: till.name, utilityId, currency, floatMinor, availableMinor },
		vendor: { id: vendorId, name: vendor.name, state: vendor.state },
		state: till.journal_state === 'suspended' ? 'suspended' : 'active',
		heldMinor: Number(unfinished?.held ?? 0),
		terms: termsShape(termsOf(terms)),
		journal: head ? { sequence: Number(head.sequence), hash: head.hash } : null,
		packVersion: await packVersionBy({ database, saleKey }, till, marks, nowMs),
		serverMs: nowMs,
	};
}

const tillOfId = prepared<{ terminalId: string; utilityId: string }>()((db, given) =>
	db
		.selectFrom('terminal')
		.selectAll()
		.where('id', '=', given('terminalId'))
		.where('utility_id', '=', given('utilityId')),
);

const vendorOfId = prepared<{ vendorId: string; utilityId: string }>()((db, given) =>
	db
		.selectFrom('vendor')
		.selectAll()
		.where('id', '=', given('vendorId'))
		.where('utility_id', '=', given('utilityId')),
);

/** Of the device that is this till now, whoever was it before. */
const headOfTill = prepared<{ terminalId: string }>()((db, given) =>
	db
		.selectFrom('terminal')
		.innerJoin('till_head', 'till_head.device_id', 'terminal.device_id')
		.select(['till_head.sequence', 'till_head.hash'])
		.where('terminal.id', '=', given('terminalId')),
);

/** The till that asks. Order: `not-allowed` (no till), `terminal-unknown`. */
export async function findTill(
	database: Database,
	{ terminalId, utilityId }: Caller,
): Promise<TerminalRow | Refusal> {
	if (terminalId === undefined) return { refusal: 'not-allowed' };
	const till = await tillOfId.first(database, { terminalId, utilityId });
	return till ?? { refusal: 'terminal-unknown' };
}
