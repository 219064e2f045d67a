/**
 * Lakeside with something of everything in it, and Hilltop beside it, in one database: whatever somebody of
 * Hilltop is told or does must be as if Lakeside were not there.
 */
import { sql } from 'kysely';
import { decideApproval } from '#lib/server/approval/decide.ts';
import { proposeApproval } from '#lib/server/approval/propose.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { closeDay } from '#lib/server/close/close-day.ts';
import type { Backend } from '#lib/server/backend.ts';
import { putArrearsAdjustment } from '#lib/server/meter/arrears-adjustments.ts';
import { putBlockDecision } from '#lib/server/meter/block-decisions.ts';
import type { Database } from '#lib/server/database/open.ts';
import { hashClaim } from '#lib/server/till/claim-code.ts';
import { putOfflineTerms } from '#lib/server/till/offline-terms.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { EMPTY_JOURNAL } from '#lib/core/sync/journal-chain.ts';
import { delivery } from '../../core/sync/journal.ts';
import { everybody, signedIn } from './callers.ts';
import { giveJob, technicianWithDevice } from './field.ts';
import { JournalTill } from './journal-till.ts';
import { employ } from './people.ts';
import {
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	order,
	pay,
	saleOf,
	STEPS,
	WORKSHOP,
	type Shop,
} from './shop.ts';

export const HILLTOP = {
	...{ utilityId: 'hilltop', vendorId: 'hilltop-vendor', terminalId: 'H-001' },
	...{ phone: '+254700000002', origin: 'http://hilltop.example' },
} as const;
/** Of Lakeside's. */
export const CLOSED_DAY = '2026-11-01';
export const LAKESIDE = {
	...{ utilityId: 'lakeside', vendorId: 'lakeside-vendor', terminalId: 'L-001' },
	phone: '+254733111222',
} as const;

/** The code on a provisional receipt of Lakeside's, of the meter `KITCHEN`. */
export const LAKESIDE_CLAIM = makeCode(Uint8Array.from([3, 1, 4, 1, 5, 9, 2, 6]));

/** Everybody of Hilltop. Its name is found by its host; Lakeside takes all other hosts. */
export async function openHilltop(backend: Backend) {
	const lakeside = await backend.database
		.selectFrom('utility')
		.selectAll()
		.where('id', '=', 'lakeside')
		.executeTakeFirstOrThrow();
	const named = { id: 'hilltop', name: 'Hilltop Energy', host_name: 'hilltop.example' };
	await backend.database
		.insertInto('utility')
		.values({ ...lakeside, ...named, address: 'Hill House', vat_number: 'P2', help_line: '1' })
		.execute();
	return await everybody(backend, HILLTOP);
}

/** One of everything that somebody may own or ask for. Answers all ids that there are. */
export async function fillLakeside(shop: Shop): Promise<{ ids: string[]; operatorId: string }> {
	const { backend } = shop;
	await everybody(backend, LAKESIDE);
	const sale = saleOf(KITCHEN, 50_000);
	await order(backend, sale);
	await pay(backend, sale);
	await order(backend, saleOf(KITCHEN, 70_000));
	const first = await employ(backend, { login: 'wanjiru', roles: ['office-clerk'] });
	const second: Caller = await employ(backend, { login: 'otieno', roles: ['office-manager'] });
	await signedIn(backend, { utilityId: 'lakeside', operatorId: first.operatorId });
	const owed = { amountMinor: 345_678, reason: 'Taken over from the old books' };
	mustBeTaken(await putArrearsAdjustment(backend, second, { drn: WORKSHOP, id: newId() }, owed));
	const stop = { deed: 'block', reason: 'tampering-suspected', note: 'A bypass was seen' } as const;
	mustBeTaken(await putBlockDecision(backend, first, { drn: STEPS, id: newId() }, stop));
	const wish = { kind: 'free-issue', drn: KITCHEN, energyDeciKwh: 120 } as const;
	const reason = 'Goodwill after the outage';
	const given = newId();
	mustBeTaken(await proposeApproval(backend, first, given, { reason, wish }));
	mustBeTaken(await decideApproval(backend, second, given, { decision: 'approve', note: 'yes' }));
	mustBeTaken(await proposeApproval(backend, first, newId(), { reason, wish }));
	await insertRows(backend, sale.id, first.operatorId);
	await workInField(backend, sale.id);
	await keepJournal(shop);
	await sellAlone(backend, second, sale.id);
	mustBeTaken(await closeDay(backend, second, CLOSED_DAY));
	return { ids: await allIds(backend.database), operatorId: first.operatorId };
}

/** A technician's device with a pack and a journal, the one token delivered; another whose journal forked. */
async function workInField(backend: Backend, vendId: string): Promise<void> {
	const device = await technicianWithDevice(backend, 'cherono');
	const tokens = { which: 'vends' as const, vendIds: [vendId] };
	const job = await giveJob(backend, device.technician.operatorId, [{ drn: KITCHEN, tokens }]);
	const [token] = (await device.takePack()).meters[0]?.tokens ?? [];
	if (token === undefined) throw new Error('the pack has no token');
	const { digits, sequence } = token;
	const content = delivery('accepted', { vendId, sequence, digits });
	const about = { drn: KITCHEN, jobId: job.id };
	mustBeTaken(await device.handIn(device.journal.write('token-delivery', content, about)));
	const forked = await technicianWithDevice(backend, 'barasa');
	const pack = { packId: job.id, why: 'closed' } as const;
	mustBeTaken(await forked.handIn(forked.journal.write('pack-destroyed', pack)));
	forked.journal.head = EMPTY_JOURNAL;
	await forked.handIn(forked.journal.write('pack-destroyed', pack));
}

/** A till's journal: a sale that no terms allow, which the office is told of, and an entry that is damaged. */
async function keepJournal(shop: Shop): Promise<void> {
	const { vendorId, terminalId } = LAKESIDE;
	const caller = { ...GUEST, roles: ['terminal'] as const, vendorId, terminalId };
	const counter = { caller, operatorId: newId(), shiftId: newId() };
	const till = await new JournalTill(shop, counter).enrol();
	await till.handIn([await till.provisional(KITCHEN, 50_000)]);
	await till.sale(WORKSHOP, 60_000);
	await till.post([{ what: 'missing', missing: till.head }]);
}

/** A vendor's terms without a network, and the claim of a provisional receipt. */
async function sellAlone(backend: Backend, manager: Caller, saleId: string): Promise<void> {
	const queued = { perSaleMinor: 234_567, sumMinor: 3_456_789, count: 57, ageMs: 7_654_321 };
	const terms = { queued, unkept: queued, reserve: null };
	mustBeTaken(await putOfflineTerms(backend, manager, LAKESIDE.vendorId, terms));
	await backend.database
		.insertInto('claim')
		.values({
			...{ sale_id: saleId, utility_id: 'lakeside', drn: KITCHEN, amount_minor: 50_000 },
			code_hash: hashClaim(backend.homeSecret, 'lakeside', KITCHEN, LAKESIDE_CLAIM),
			at_ms: backend.clock.nowMs(),
		})
		.execute();
}

/** What is easier written than done. */
async function insertRows(
	{ database, clock }: Backend,
	vendId: string,
	operatorId: string,
): Promise<void> {
	const at = clock.nowMs();
	const ours = { utility_id: 'lakeside', vendor_id: LAKESIDE.vendorId };
	const batch = { ...ours, content_hash: 'h', state: 'open', opened_at_ms: at } as const;
	const open = { opened_by: operatorId, closed_at_ms: null, closed_by: null, totals: null };
	await database
		.insertInto('batch')
		.values([
			{ ...batch, ...open, id: newId(), kind: 'banking', terminal_id: null, parent_id: null },
			{ ...batch, ...open, id: newId(), kind: 'shift', terminal_id: 'L-001', parent_id: null },
		])
		.execute();
	await database
		.insertInto('deposit')
		.values({
			...{ ...ours, id: newId(), amount_minor: 123_456_789, currency: 'KES' },
			...{ banking_reference: 'SLIP-998877', batch_id: null, content_hash: 'h' },
			...{ made_by: operatorId, at_ms: at },
		})
		.execute();
	await insertJournal(database, vendId, { operatorId, at });
	const sealed = { ...ours, terminal_id: 'L-001', device_id: newId(), drn: KITCHEN };
	await database
		.insertInto('reserve')
		.values({
			...{ ...sealed, vend_id: vendId, denomination_minor: 234_567_891 },
			...{ issued_at_ms: at, expires_at_ms: at + 1 },
		})
		.execute();
	await database
		.insertInto('reserve_seal')
		.values({ vend_id: vendId, sealed: 'lakesides.sealed.token' })
		.execute();
	await database
		.insertInto('reserve_end')
		.values({
			...{ vend_id: vendId, state: 'revealed', entry_id: newId(), operator_id: operatorId },
			...{ shift_batch_id: null, tender: '{"method":"cash","tenderedMinor":345678912}', at_ms: at },
		})
		.execute();
	const settled = {
		...{ amount_minor: 987_654_321, currency: 'KES', content_hash: 'h' },
		at_ms: at,
	};
	const by = { ...settled, reference: 'BANK-112233', made_by: operatorId };
	await database
		.insertInto('commission_settlement')
		.values({ ...ours, ...by, id: newId(), paid_to: 'bank' })
		.execute();
	await database
		.insertInto('refund')
		.values({
			...{ ...by, id: newId(), utility_id: 'lakeside', owed_as: 'refund-due' },
			...{ subject_id: vendId, way: 'bank', drn: null },
		})
		.execute();
	await database
		.insertInto('passkey')
		.values({
			...{ credential_id: 'bGFrZXNpZGUtcGFzc2tleQ', operator_id: operatorId, counter: 0 },
			...{ public_key: 'AAAA', name: 'Lakeside laptop', created_at_ms: at },
		})
		.execute();
	await database
		.insertInto('message')
		.values({
			...{ id: newId(), utility_id: 'lakeside', phone: LAKESIDE.phone, template: 'token' },
			...{ subject_id: vendId, facts: '{}', language: 'en', state: 'queued', state_at_ms: at },
			...{ created_at_ms: at, attempts: 0, next_attempt_at_ms: at, provider_reference: null },
		})
		.execute();
	await database
		.insertInto('reminder')
		.values({
			...{ id: newId(), utility_id: 'lakeside', endpoint: 'https://fcm.googleapis.com/lakeside' },
			...{ endpoint_hash: 'hash of lakeside', p256dh: 'key of lakeside', auth: 'of lakeside' },
			...{ due_at_ms: at, attempts: 0, next_attempt_at_ms: at, created_at_ms: at },
		})
		.execute();
}

/** A till's journal with one entry carried out, one that its device has lost, and an alarm about it. */
async function insertJournal(
	database: Database,
	vendId: string,
	{ operatorId, at }: { operatorId: string; at: number },
): Promise<void> {
	const [device_id, id] = [newId(), newId()];
	const till = { utility_id: 'lakeside', terminal_id: 'L-001', device_id };
	const hash = '1a4e51de'.padEnd(64, '0');
	await database
		.insertInto('till_head')
		.values({ ...till, signing_key: '{"x":"lakesides-signing-key"}', sequence: 2, hash })
		.execute();
	await database
		.insertInto('revoked_key')
		.values({
			...{ id: newId(), utility_id: 'lakeside', terminal_id: 'L-001', at_ms: at },
			public_key: '{"x":"lakesides-revoked-key"}',
		})
		.execute();
	await database
		.insertInto('till_entry')
		.values({
			...{ ...till, id, vendor_id: LAKESIDE.vendorId, sequence: 1, hash, kind: 'reprint' },
			...{ subject_id: vendId, operator_id: operatorId, at_ms: at, offset_ms: null },
			...{ taken_at_ms: at, known_sequence: 0, provisional_count: 0, provisional_minor: 0 },
			entry: '{"signature":"lakesides-signature"}',
		})
		.execute();
	await database
		.insertInto('till_outcome')
		.values({ entry_id: id, state: 'done', code: null, at_ms: at })
		.execute();
	await database
		.insertInto('till_unsettled')
		.values({ entry_id: id, sequence: 1, tries: 0, due_at_ms: Number.MAX_SAFE_INTEGER })
		.execute();
	await database
		.insertInto('till_missing')
		.values({ device_id, sequence: 2, hash, told_at_ms: at })
		.execute();
	await database
		.insertInto('till_alarm')
		.values({
			...{ ...till, id: newId(), vendor_id: LAKESIDE.vendorId, kind: 'missing', sequence: 2 },
			...{ entry_id: null, entry: null, facts: '{}', at_ms: at },
		})
		.execute();
}

type Rows = Record<string, Record<string, unknown>[]>;

/** Written by whoever knocks, or about whole nodes: nobody's own. */
const NOBODYS = [
	...['sign_in_attempt', 'challenge', 'audit_seal', 'ledger_seal', 'node_mark'],
	...['rate_bucket', 'signature_nonce'],
];

const isHilltops = (row: object): boolean => JSON.stringify(row).includes('hilltop');

/** All rows but Hilltop's, by table. */
export async function lakesideRows(database: Database): Promise<Rows> {
	const all = Object.entries(await allRows(database));
	return Object.fromEntries(
		all.map(([name, rows]) => [name, rows.filter((row) => !isHilltops(row))]),
	);
}

async function allRows(database: Database): Promise<Rows> {
	const rows: Rows = {};
	for (const { name } of await database.introspection.getTables()) {
		if (NOBODYS.includes(name) || name.startsWith('kysely')) continue;
		const read = sql<Record<string, unknown>>`select * from ${sql.table(name)}`;
		rows[name] = (await read.execute(database)).rows;
	}
	return rows;
}

async function allIds(database: Database): Promise<string[]> {
	const text = JSON.stringify(await lakesideRows(database));
	return [...new Set(text.match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}/g))];
}

/** Texts that only Lakeside's rows hold: names, numbers, digits, references. @param known those that the asker has */
export async function tellingTexts(
	database: Database,
	known: readonly string[] = [],
): Promise<string[]> {
	const rows = Object.values(await allRows(database)).flat();
	const theirs = JSON.stringify(rows.filter(isHilltops));
	const texts = rows
		.filter((row) => !isHilltops(row))
		.flatMap((row) => Object.values(row).flatMap(textsIn))
		.filter((text) => text.length >= 6 && !COMMON.test(text) && !known.includes(text));
	return [...new Set(texts)].filter((text) => !theirs.includes(text));
}

/** Words of the trade, which are everybody's; and what the first of a chain follows. */
const COMMON = /^(?:0{64}|[a-z]+(?:-[a-z]+)*|[A-Z]{3,6}|Africa\/Nairobi|electricity)$/;

function textsIn(value: unknown): string[] {
	if (typeof value !== 'string') return [];
	if (!/^[[{]/.test(value)) return [value];
	const found: string[] = [];
	JSON.stringify(JSON.parse(value), (_, member: unknown) => {
		if (typeof member === 'string') found.push(member);
		return member;
	});
	return found;
}
