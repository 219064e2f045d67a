/** The audit's chain: sealed in order by any node, and broken by nothing that is not noticed. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemCaller } from '#lib/server/access/caller.ts';
import { CHAIN_START, followChain, isBreak } from '#lib/server/audit/chain.ts';
import { auditPage, readEntries } from '#lib/server/audit/read-entries.ts';
import { recordDeed } from '#lib/server/audit/record.ts';
import { isRootSigned, makeKey, signerOf } from '#lib/server/audit/root-signature.ts';
import { sealEvents } from '#lib/server/audit/seal.ts';
import { readRoot, signRoots } from '#lib/server/audit/sign-roots.ts';
import { verifyAudit } from '#lib/server/audit/verify.ts';
import type { Database } from '#lib/server/database/open.ts';
import { transact } from '#lib/server/database/transact.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { GUEST, openShop, type Shop } from '../harness/shop.ts';
import { ON_POSTGRES } from '../harness/test-database.ts';

const UTILITY = GUEST.utilityId;
const turn = { signal: new AbortController().signal };
const sign = signerOf(makeKey());

let shop: Shop;
let database: Database;
beforeEach(async () => {
	shop = await openShop();
	({ database } = shop.backend);
});
afterEach(() => shop.dispose());

/** So many deeds, a second apart; `tag` tells them apart. */
async function deeds(count: number, tag = 'deed'): Promise<void> {
	for (let number = 1; number <= count; number += 1) {
		shop.clock.ms += 1_000;
		const subject = { kind: 'test', id: `${tag}-${number}` };
		const deed = { action: 'tested', subject, facts: { number } };
		await transact(database, (write) =>
			recordDeed(write, systemCaller(UTILITY), deed, shop.clock.nowMs()),
		);
	}
}

async function sealed(count: number): Promise<void> {
	await sealEvents(shop.backend, turn);
	await deeds(count);
	await sealEvents(shop.backend, turn);
}

describe('the sealer', () => {
	it('gives every event one place, in order, and leaves nothing waiting', async () => {
		await sealed(7);
		const entries = await readEntries(database, UTILITY, 0, 100);
		expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, at) => at + 1));
		const ids = entries.map(({ event }) => event?.subjectId).filter((id) => id?.startsWith('deed'));
		expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `deed-${number}`));
		expect(await database.selectFrom('audit_queue').selectAll().execute()).toEqual([]);
		expect(await verifyAudit(database, UTILITY)).toMatchObject({ sequence: entries.length });
	});

	it('does so whichever nodes are at it', async () => {
		const nodes = [shop.backend, shop.reopened(), shop.reopened()];
		for (const node of nodes) {
			await deeds(10);
			// Two nodes of a file share this process, in which one would wait for the other for ever.
			await Promise.all((ON_POSTGRES ? nodes : [node]).map((one) => sealEvents(one, turn)));
		}
		await sealEvents(shop.backend, turn);
		expect(await verifyAudit(database, UTILITY)).toMatchObject({ sequence: 30 });
		expect(await database.selectFrom('audit_queue').selectAll().execute()).toEqual([]);
	});

	it('cannot be undone with a statement typed by hand', async () => {
		await sealed(2);
		for (const statement of [
			`update audit_event set action = 'nothing'`,
			`delete from audit_event`,
			`update audit_seal set hash = ''`,
			`delete from audit_seal`,
		])
			await expect(sql.raw(statement).execute(database)).rejects.toThrow(/append-only/);
	});
});

describe('a chain that somebody with all rights has touched', () => {
	/** The guards are dropped by hand, as such a person would. */
	async function unguarded(...statements: string[]): Promise<void> {
		await (ON_POSTGRES ? dropPostgresGuards() : dropSqliteGuards());
		for (const statement of statements) await sql.raw(statement).execute(database);
	}
	async function dropSqliteGuards(): Promise<void> {
		await sql.raw('pragma foreign_keys = off').execute(database);
		const triggers = await sql<{ name: string }>`
			select name from sqlite_master where type = 'trigger' and name like 'audit%'`.execute(database);
		for (const { name } of triggers.rows) await sql.raw(`drop trigger ${name}`).execute(database);
	}
	/** All triggers: what a foreign key asks is a trigger too. */
	async function dropPostgresGuards(): Promise<void> {
		for (const table of ['audit_event', 'audit_seal', 'audit_queue'])
			await sql.raw(`alter table ${table} disable trigger all`).execute(database);
	}
	const at = (sequence: number) =>
		`(select event_id from audit_seal where utility_id = '${UTILITY}' and sequence = ${sequence})`;
	const COLUMNS = 'utility_id, at_ms, actor, origin, action, subject_kind, subject_id, facts';

	beforeEach(() => sealed(12));

	it('is broken where an event was changed', async () => {
		await unguarded(`update audit_event set actor = 'guest' where id = ${at(5)}`);
		expect(await verifyAudit(database, UTILITY)).toEqual({ sequence: 5, what: 'changed' });
	});

	it('is broken where facts were made unreadable', async () => {
		await unguarded(`update audit_event set facts = '{' where id = ${at(5)}`);
		expect(await verifyAudit(database, UTILITY)).toEqual({ sequence: 5, what: 'changed' });
	});

	it('is broken where an event was removed, with its seal or without', async () => {
		await unguarded(`delete from audit_event where id = ${at(6)}`);
		expect(await verifyAudit(database, UTILITY)).toEqual({ sequence: 6, what: 'removed' });
		await unguarded(`delete from audit_seal where sequence in (4, 6)`);
		expect(await verifyAudit(database, UTILITY)).toEqual({ sequence: 4, what: 'removed' });
	});

	it('is broken where an event was put in', async () => {
		const copied = (id: string) =>
			`insert into audit_event (id, ${COLUMNS}) select '${id}', ${COLUMNS} from audit_event where id = ${at(3)}`;
		await unguarded(copied('put-in'));
		expect(await verifyAudit(database, UTILITY)).toMatchObject({ what: 'inserted' });
		await unguarded(
			`update audit_seal set sequence = -sequence - 1 where sequence >= 7`,
			`update audit_seal set sequence = -sequence where sequence < 0`,
			`insert into audit_seal values ('${UTILITY}', 7, 'put-in', '${'0'.repeat(64)}')`,
		);
		expect(await verifyAudit(database, UTILITY)).toEqual({ sequence: 7, what: 'inserted' });
	});

	it('is broken where two events changed places', async () => {
		await unguarded(
			`create table swap as select sequence, event_id from audit_seal where sequence in (8, 9)`,
			`update audit_seal set event_id = 'x' where sequence = 8`,
			`update audit_seal set event_id = (select event_id from swap where sequence = 8) where sequence = 9`,
			`update audit_seal set event_id = (select event_id from swap where sequence = 9) where sequence = 8`,
		);
		expect(await verifyAudit(database, UTILITY)).toEqual({ sequence: 8, what: 'reordered' });
	});

	it('does not fit its signed root when it was made anew from the change on', async () => {
		shop.clock.ms += 24 * 60 * 60_000;
		await signRoots(shop.backend, sign);
		await unguarded(
			`update audit_event set actor = 'guest' where id = ${at(5)}`,
			`insert into audit_queue select event_id, utility_id from audit_seal`,
			`delete from audit_seal`,
		);
		await sealEvents(shop.backend, turn);
		const [root] = await database.selectFrom('audit_root').selectAll().execute();
		expect(await verifyAudit(database, UTILITY)).toEqual({
			sequence: root?.sequence,
			what: 'rewritten',
		});
	});

	it('is short when its end was cut off before a signed root', async () => {
		shop.clock.ms += 24 * 60 * 60_000;
		await signRoots(shop.backend, sign);
		const entries = await readEntries(database, UTILITY, 0, 100);
		await unguarded(
			`delete from audit_event where id in (select event_id from audit_seal where sequence > 10)`,
			`delete from audit_seal where sequence > 10`,
		);
		expect(entries.length).toBeGreaterThan(10);
		expect(await verifyAudit(database, UTILITY)).toEqual({ sequence: 11, what: 'removed' });
	});
});

describe('the export', () => {
	it('can be checked by somebody who has only its pages', async () => {
		await sealed(25);
		let end = CHAIN_START;
		let after: number | null = 0;
		while (after !== null) {
			const page = await auditPage(database, UTILITY, { after: String(after), limit: '10' });
			expect(page.previousHash).toBe(end.hash);
			const followed = followChain(end, JSON.parse(JSON.stringify(page.entries)) as never);
			if (isBreak(followed)) throw new Error(followed.what);
			end = followed;
			after = page.next;
		}
		expect(end).toEqual(await verifyAudit(database, UTILITY));
	});
});

describe('the daily root', () => {
	it('is signed once for a day that is over, and by whom can be checked', async () => {
		await sealed(3);
		await signRoots(shop.backend, sign);
		expect(await readRoot(shop.backend, GUEST, '2026-11-20')).toEqual({ refusal: 'not-found' });
		shop.clock.ms += 24 * 60 * 60_000;
		await signRoots(shop.backend, sign);
		await signRoots(shop.backend, signerOf(makeKey()));
		const root = await readRoot(shop.backend, GUEST, '2026-11-20');
		if (isRefusal(root)) throw new Error(root.refusal);
		expect(isRootSigned(root)).toBe(true);
		expect(isRootSigned({ ...root, sequence: root.sequence + 1 })).toBe(false);
		expect(isRootSigned({ ...root, hash: '0'.repeat(64) })).toBe(false);
		const roots = await database.selectFrom('audit_root').select('date').execute();
		expect(roots.map(({ date }) => date).sort()).toEqual(['2026-11-19', '2026-11-20']);
	});
});
