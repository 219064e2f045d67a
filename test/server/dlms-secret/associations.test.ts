/** DLMS secrets: they come in, are sealed, and are heard of no more but in a pack. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import generic from '#lib/core/dlms/profile/generic.json' with { type: 'json' };
import type { AssociationRequest } from '#lib/core/sync/wire-associations.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { putAssociation, readAssociation } from '#lib/server/dlms-secret/associations.ts';
import { listRotations } from '#lib/server/dlms-secret/rotations.ts';
import { sealUnder } from '#lib/server/dlms-secret/secret-seal.ts';
import { giveJob, technicianWithDevice } from '../harness/field.ts';
import { deeds } from '../harness/people.ts';
import { GUEST, KITCHEN, mustBeTaken, newId, openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
let drn: string;
beforeEach(async () => {
	shop = await openShop();
	const real = await shop.backend.database
		.selectFrom('meter')
		.select('drn')
		.where('drn', 'like', '37%')
		.orderBy('drn')
		.executeTakeFirstOrThrow();
	drn = real.drn;
});
afterEach(() => shop.dispose());

const KEYS = { unicastKeyHex: 'a1'.repeat(16), authenticationKeyHex: 'b2'.repeat(16) };
const request: AssociationRequest = {
	profile: generic as AssociationRequest['profile'],
	secrets: KEYS,
};
const officer: Caller = { ...GUEST, roles: ['key-officer'], operatorId: newId() };

const put = (asked = request, by = officer) => putAssociation(shop.backend, by, drn, asked);
const rotations = async () => (await listRotations(shop.backend, officer, undefined)).rotations;

/** A technician takes a pack with the meter in it. */
async function packIt(login = newId()) {
	const device = await technicianWithDevice(shop.backend, login);
	await giveJob(shop.backend, device.technician.operatorId, [{ drn }]);
	return (await device.takePack()).meters[0];
}

describe('the secrets of a meter', () => {
	it('are set, and answered as a generation, nothing more', async () => {
		const set = mustBeTaken(await put());
		expect(set).toEqual({
			...{ drn, generation: 1, profileName: 'Generic prepayment meter', client: 1 },
			...{ setAtMs: shop.clock.ms, handedOutAtMs: null },
		});
		expect(await readAssociation(shop.backend, officer, drn)).toEqual(set);
		expect(await deeds(shop.backend)).toContain('association-set');
	});

	it('stand nowhere in the clear: not in the database, not in the audit, not in a log line', async () => {
		mustBeTaken(await put());
		mustBeTaken(await put({ ...request, secrets: { ...KEYS, unicastKeyHex: 'c3'.repeat(16) } }));
		await put({ ...request, secrets: { ...KEYS, secretHex: 'd4d4d4d4d4' } });
		const tables = await shop.backend.database.introspection.getTables();
		const texts = [...shop.lines];
		for (const { name } of tables) {
			const { rows } = await sql`select * from ${sql.table(name)}`.execute(shop.backend.database);
			texts.push(JSON.stringify(rows));
		}
		for (const secret of ['a1a1a1a1', 'b2b2b2b2', 'c3c3c3c3', 'd4d4d4d4'])
			expect(texts.filter((text) => text.includes(secret))).toEqual([]);
	});

	it('said again are the same; others are the next generation', async () => {
		const first = mustBeTaken(await put());
		shop.clock.ms += 1_000;
		expect(await put()).toEqual(first);
		const other = { ...request, secrets: { ...KEYS, unicastKeyHex: 'c3'.repeat(16) } };
		expect(await put(other)).toMatchObject({ generation: 2, setAtMs: shop.clock.ms });
		expect((await deeds(shop.backend)).filter((one) => one === 'association-set')).toHaveLength(2);
	});

	it('are refused for a profile that does not need them, or is none; and nothing is written', async () => {
		const wrong = { ...request, secrets: { ...KEYS, secretHex: '31' } };
		expect(await put(wrong)).toMatchObject({ refusal: 'body-shape' });
		expect(await readAssociation(shop.backend, officer, drn)).toEqual({ refusal: 'not-found' });
		const stranger = { ...officer, utilityId: 'hilltop' };
		expect(await put(request, stranger)).toEqual({ refusal: 'meter-unknown' });
		const mistyped = await putAssociation(shop.backend, officer, '37204100005', request);
		expect(mistyped).toEqual({ refusal: 'meter-check-digit' });
	});
});

describe('secrets that were in the field', () => {
	it('are to be changed from the first pack on, until others are set', async () => {
		mustBeTaken(await put());
		expect(await rotations()).toEqual([]);
		const first = shop.clock.ms;
		expect((await packIt())?.association).toEqual({ generation: 1, ...request });
		shop.clock.ms += 1_000;
		await packIt();
		expect(await rotations()).toMatchObject([{ drn, handedOutAtMs: first, packs: 2 }]);
		// The same secrets in another profile were in the field all the same.
		mustBeTaken(await put({ ...request, profile: { ...request.profile, baud: 300 } }));
		expect(await rotations()).toMatchObject([{ drn, handedOutAtMs: first, generation: 1 }]);
		mustBeTaken(await put({ ...request, secrets: { ...KEYS, unicastKeyHex: 'c3'.repeat(16) } }));
		expect(await rotations()).toEqual([]);
		await packIt();
		expect(await rotations()).toMatchObject([{ drn, generation: 2, packs: 1 }]);
	});

	it('are listed a page at a time, of one utility only', async () => {
		mustBeTaken(await put());
		await packIt();
		const [one] = await rotations();
		const next = `${one?.handedOutAtMs}-${one?.drn}`;
		expect((await listRotations(shop.backend, officer, next)).rotations).toEqual([]);
		const earlier = await listRotations(shop.backend, officer, `${shop.clock.ms}-00000000000`);
		expect(earlier.rotations).toEqual([one]);
		const stranger = { ...officer, utilityId: 'hilltop' };
		expect((await listRotations(shop.backend, stranger, undefined)).rotations).toEqual([]);
	});

	it('of a profile without any are none', async () => {
		const open = { ...request.profile, mechanism: 'none' as const, security: 'none' as const };
		mustBeTaken(await put({ profile: open, secrets: {} }));
		expect((await packIt())?.association).toMatchObject({ secrets: {} });
		expect(await rotations()).toEqual([]);
	});

	it('that do not open under this home’s key are missing in the pack, and the log says where', async () => {
		const elsewhere = { ...shop.backend, secretSeal: sealUnder(Buffer.alloc(32, 3)) };
		mustBeTaken(await putAssociation(elsewhere, officer, drn, request));
		expect((await packIt())?.association).toBeNull();
		expect(shop.lines.filter((line) => line.includes('dlms-secrets-unreadable'))).toEqual([
			JSON.stringify({ level: 'error', event: 'dlms-secrets-unreadable', drn }),
		]);
		// Set anew, they are of this home.
		expect(await put()).toMatchObject({ generation: 2 });
		expect((await packIt())?.association).toMatchObject({ generation: 2 });
	});

	it('of the public-test estate are the public test keys', async () => {
		const device = await technicianWithDevice(shop.backend);
		await giveJob(shop.backend, device.technician.operatorId, [{ drn: KITCHEN }]);
		const [meter] = (await device.takePack()).meters;
		expect(meter).toMatchObject({
			virtual: true,
			association: {
				profile: { client: 1, mechanism: 'high-gmac' },
				secrets: {
					unicastKeyHex: '000102030405060708090a0b0c0d0e0f',
					authenticationKeyHex: 'd0d1d2d3d4d5d6d7d8d9dadbdcdddedf',
				},
			},
		});
	});
});
