/** A journal as it arrives: each entry once, in order, by its device's own hand; what contradicts it is noticed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryVerdict, TokenDelivery } from '#lib/core/sync/field-deeds.ts';
import { entryAfter, type SignedEntry } from '#lib/core/sync/field-journal.ts';
import {
	checkJournal,
	EMPTY_JOURNAL,
	entryHash,
	headAt,
	NO_PREVIOUS,
} from '#lib/core/sync/journal-chain.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { listForks } from '#lib/server/delivery/fork.ts';
import { listEntries } from '#lib/server/delivery/read-entries.ts';
import { takeEntry } from '#lib/server/delivery/take-entry.ts';
import { listDevices, revokeDevice } from '#lib/server/field/devices.ts';
import { meterHistory } from '#lib/server/meter/meter-history.ts';
import { delivery, isSignedWith } from '../../core/sync/journal.ts';
import { giveJob, OFFICE, technicianWithDevice, type FieldDevice } from '../harness/field.ts';
import { deeds, employ } from '../harness/people.ts';
import {
	buy,
	digitsOf,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
let device: FieldDevice;
beforeEach(async () => {
	shop = await openShop();
	device = await technicianWithDevice(shop.backend);
});
afterEach(() => shop.dispose());

const manager: Caller = { ...OFFICE, roles: ['office-manager'], operatorId: newId() };
const PACK = { packId: newId(), why: 'closed' } as const;

/** An entry about nothing in particular. */
const write = (by = device, atMs = shop.clock.ms) =>
	by.journal.write('pack-destroyed', PACK, { atMs });
const several = (count: number) => Array.from({ length: count }, () => write());

const stateOf = async (id = device.id) =>
	(await listDevices(shop.backend, manager, undefined)).devices.find((one) => one.id === id);
const forks = async () => (await listForks(shop.backend, manager)).forks;
const stored = () =>
	shop.backend.database.selectFrom('journal_entry').selectAll().orderBy('sequence').execute();

describe('a journal', () => {
	it('is taken entry by entry, and its end is known', async () => {
		const entries = several(3);
		for (const [at, entry] of entries.entries())
			expect(await device.handIn(entry)).toEqual({
				...{ id: entry.id, deviceId: device.id, sequence: at + 1, hash: entryHash(entry) },
				...{ acceptedAtMs: shop.clock.ms, findings: [], expected: at + 2 },
			});
		expect((await stateOf())?.journal).toEqual(device.journal.head);
	});

	it('is kept as it was signed, so that a stranger can check it', async () => {
		for (const entry of several(4)) mustBeTaken(await device.handIn(entry));
		const kept = (await stored()).map(({ entry }) => JSON.parse(entry) as SignedEntry);
		const isSigned = isSignedWith(device.journal.signer.publicKey);
		expect(checkJournal(kept, EMPTY_JOURNAL, isSigned)).toEqual(device.journal.head);
	});

	it('answers an entry that came before as it did then, and takes no other under its id', async () => {
		const [first, second] = several(2) as [SignedEntry, SignedEntry];
		const answer = mustBeTaken(await device.handIn(first));
		mustBeTaken(await device.handIn(second));
		shop.clock.ms += 60_000;
		expect(await device.handIn(first)).toEqual({ ...answer, expected: 3 });
		// Signed anew, it is the same entry.
		expect(await device.handIn(device.journal.signer.sign(first))).toMatchObject({ sequence: 1 });
		const other = device.journal.signer.sign({ ...first, atMs: first.atMs + 1 });
		expect(await device.handIn(other)).toEqual({
			refusal: 'id-reused',
		});
		expect(await stored()).toHaveLength(2);
		expect((await stateOf())?.state).toBe('active');
	});

	it('takes an entry once, however often it comes at the same time', async () => {
		const entry = write();
		const answers = await Promise.all(Array.from({ length: 6 }, () => device.handIn(entry)));
		for (const answer of answers) expect(answer).toEqual(answers[0]);
		expect(await stored()).toHaveLength(1);
	});

	it('waits for what is missing, and says what that is', async () => {
		const [first, second, third] = several(3) as [SignedEntry, SignedEntry, SignedEntry];
		const gap = (expected: number) => ({ refusal: 'journal-gap', facts: { expected } });
		expect(await device.handIn(third)).toEqual(gap(1));
		mustBeTaken(await device.handIn(first));
		expect(await device.handIn(third)).toEqual(gap(2));
		mustBeTaken(await device.handIn(second));
		mustBeTaken(await device.handIn(third));
		expect((await stateOf())?.state).toBe('active');
	});

	it('may be handed in by any technician of the utility: whose it is, the signature says', async () => {
		const other = await employ(shop.backend, { login: 'njeri', roles: ['technician'] });
		const entry = write();
		const taken = await takeEntry(shop.backend, other, entry.id, entry);
		expect(taken).toMatchObject({ sequence: 1 });
	});
});

describe('what is no entry of the device', () => {
	it('is refused: another id, another device, another person, another utility, another hand', async () => {
		const entry = write();
		expect(await takeEntry(shop.backend, device.technician, newId(), entry)).toMatchObject({
			refusal: 'body-shape',
			errors: [{ pointer: '/id' }],
		});
		const unknown = { refusal: 'field-device-unknown' };
		expect(await device.handIn({ ...entry, deviceId: newId() })).toEqual(unknown);
		expect(await device.handIn({ ...entry, operatorId: newId() })).toEqual(unknown);
		const far = { ...device.technician, utilityId: 'hilltop' };
		expect(await takeEntry(shop.backend, far, entry.id, entry)).toEqual(unknown);
		const wrong = { refusal: 'journal-signature' };
		expect(await device.handIn({ ...entry, atMs: entry.atMs + 1 })).toEqual(wrong);
		expect(await device.handIn({ ...entry, signature: 'A'.repeat(86) })).toEqual(wrong);
		const thief = await technicianWithDevice(shop.backend, 'njeri');
		expect(await device.handIn(thief.journal.signer.sign(entry))).toEqual(wrong);
		expect(await stored()).toEqual([]);
		expect((await stateOf())?.state).toBe('active');
	});
});

describe('a device that went on from an older copy of itself', () => {
	it('is named at the first number that comes twice, suspended, and the office is told', async () => {
		const [first, second, third] = several(3) as [SignedEntry, SignedEntry, SignedEntry];
		for (const entry of [first, second, third]) mustBeTaken(await device.handIn(entry));
		// Restored to where it was after the first, it writes on.
		device.journal.head = headAt(first);
		const again = write();
		const refused = { refusal: 'journal-fork', facts: { sequence: 2 } };
		expect(await device.handIn(again)).toEqual(refused);
		expect(await stateOf()).toMatchObject({ state: 'suspended', endedAtMs: shop.clock.ms });
		expect(await forks()).toEqual([
			{
				...{ deviceId: device.id, deviceName: 'Laptop', atMs: shop.clock.ms, sequence: 2 },
				...{ operatorId: device.technician.operatorId, operatorName: 'The technician' },
				...{ knownHash: entryHash(second), otherId: again.id, otherHash: entryHash(again) },
				otherKind: 'pack-destroyed',
			},
		]);
		expect(await deeds(shop.backend)).toContain('journal-forked');
		// What it does from now on is not taken, and it gets no pack; what it had said stands.
		const suspended = { refusal: 'field-device-suspended' };
		expect(await device.handIn(write())).toEqual(suspended);
		expect(await device.askPack()).toEqual(suspended);
		expect(await device.handIn(third)).toMatchObject({ sequence: 3 });
		expect(await stored()).toHaveLength(3);
	});

	it('is noticed too when it has written on beyond what is known here', async () => {
		const [first, second] = several(2) as [SignedEntry, SignedEntry];
		for (const entry of [first, second]) mustBeTaken(await device.handIn(entry));
		device.journal.head = headAt(first);
		const [, third] = several(2) as [SignedEntry, SignedEntry];
		// Its number is the next one; what it follows is not what is known under the number before.
		expect(await device.handIn(third)).toEqual({
			...{ refusal: 'journal-fork', facts: { sequence: 2 } },
		});
		expect((await forks())[0]).toMatchObject({ sequence: 2, knownHash: entryHash(second) });
	});

	it('is noticed when its first entry follows something', async () => {
		const { id } = device;
		const facts = {
			...{ id: newId(), deviceId: id, operatorId: device.technician.operatorId, drn: null },
			...{ atMs: 1, offsetMs: null, jobId: null, kind: 'pack-destroyed' as const, content: PACK },
		};
		const follows = entryAfter({ sequence: 0, hash: 'a'.repeat(64) }, facts);
		expect(await device.handIn(device.journal.signer.sign(follows))).toEqual({
			...{ refusal: 'journal-fork', facts: { sequence: 0 } },
		});
		expect((await forks())[0]).toMatchObject({ sequence: 0, knownHash: NO_PREVIOUS });
	});
});

describe('a device that was revoked', () => {
	const revoke = async () => mustBeTaken(await revokeDevice(shop.backend, manager, device.id));

	it('still tells what it did before, which is marked, and nothing that it did after', async () => {
		const before = write();
		shop.clock.ms += 60_000;
		await revoke();
		const after = write();
		shop.clock.ms += 60_000;
		const taken = await device.handIn(before);
		expect(taken).toMatchObject({ findings: ['after-revocation'] });
		expect(await device.handIn(after)).toEqual({ refusal: 'field-device-revoked' });
		expect(await device.handIn(before)).toEqual(taken);
	});

	it('is judged by the server’s time as the device knew it, not by its clock', async () => {
		const at = (atMs: number, offsetMs: number) =>
			device.journal.write('pack-destroyed', PACK, { atMs, offsetMs });
		await revoke();
		const head = device.journal.head;
		const slow = at(shop.clock.ms - 3_600_000, 3_600_000);
		expect(await device.handIn(slow)).toEqual({ refusal: 'field-device-revoked' });
		device.journal.head = head;
		const fast = at(shop.clock.ms + 3_600_000, -3_600_001);
		expect(await device.handIn(fast)).toMatchObject({ sequence: 1 });
	});

	it('that forks is written down, and stays revoked', async () => {
		mustBeTaken(await device.handIn(write()));
		shop.clock.ms += 1;
		await revoke();
		device.journal.head = EMPTY_JOURNAL;
		const early = write(device, shop.clock.ms - 1);
		expect(await device.handIn(early)).toMatchObject({ refusal: 'journal-fork' });
		expect(await device.handIn(early)).toMatchObject({ refusal: 'journal-fork' });
		expect(await forks()).toHaveLength(1);
		expect((await stateOf())?.state).toBe('revoked');
	});
});

describe('a token that was delivered', () => {
	/** What the device writes of the first token of a sale. */
	async function sold() {
		const { id, answer } = await buy(shop.backend, KITCHEN, 50_000);
		const digits = digitsOf(answer);
		const tell = async (verdict: DeliveryVerdict, more: Partial<TokenDelivery> = {}) => {
			const content = delivery(verdict, { vendId: id, sequence: 1, digits, ...more });
			const about = { drn: KITCHEN, atMs: shop.clock.ms };
			return await device.handIn(device.journal.write('token-delivery', content, about));
		};
		return { id, digits, tell };
	}
	const fieldOf = async (id: string) => {
		const history = mustBeTaken(await meterHistory(shop.backend, manager, KITCHEN, undefined));
		return history.vends.find((vend) => vend.id === id)?.field;
	};

	it('is told in the history of its meter, as far as journals know', async () => {
		const { id, tell } = await sold();
		expect(await fieldOf(id)).toBeNull();
		mustBeTaken(await tell('unknown'));
		expect(await fieldOf(id)).toEqual({
			...{ delivered: 0, refused: 0, unknown: 1, atMs: shop.clock.ms },
		});
		shop.clock.ms += 1_000;
		mustBeTaken(await tell('refused'));
		expect(await fieldOf(id)).toMatchObject({ refused: 1, unknown: 0, atMs: shop.clock.ms });
		mustBeTaken(await tell('accepted', { statusCode: 3, readBack: true }));
		expect(await fieldOf(id)).toMatchObject({ delivered: 1, refused: 0 });
	});

	it('stays delivered, whatever is told of it later', async () => {
		const { id, tell } = await sold();
		mustBeTaken(await tell('accepted'));
		for (const verdict of ['unknown', 'refused'] as const) {
			shop.clock.ms += 1_000;
			mustBeTaken(await tell(verdict));
			expect(await fieldOf(id)).toMatchObject({ delivered: 1, refused: 0, unknown: 0 });
		}
	});

	it('is found by its digits when the device did not know whose it was', async () => {
		const { id, tell } = await sold();
		expect(await tell('accepted', { vendId: null, sequence: null })).toMatchObject({
			findings: [],
		});
		expect(await fieldOf(id)).toMatchObject({ delivered: 1 });
		const { entries } = await listEntries(shop.backend, manager, { vend: id });
		expect(entries).toHaveLength(1);
	});

	it('with digits that are not the vend’s, or of another meter, says nothing of the vend', async () => {
		const { id, tell } = await sold();
		expect(await tell('accepted', { digits: '0'.repeat(20) })).toMatchObject({
			findings: ['digits-differ'],
		});
		const content = delivery('accepted', { vendId: id, sequence: 1 });
		const elsewhere = device.journal.write('token-delivery', content, { drn: WORKSHOP });
		expect(await device.handIn(elsewhere)).toMatchObject({ findings: ['vend-unknown'] });
		expect(await tell('accepted', { sequence: 2 })).toMatchObject({ findings: ['vend-unknown'] });
		expect(await fieldOf(id)).toBeNull();
	});

	it('is told of by two devices at the same time, and delivered by the one that says so', async () => {
		const { id, digits } = await sold();
		const other = await technicianWithDevice(shop.backend, 'njeri');
		const content = (verdict: DeliveryVerdict) =>
			delivery(verdict, { vendId: id, sequence: 1, digits });
		const about = { drn: KITCHEN };
		await Promise.all([
			device.handIn(device.journal.write('token-delivery', content('accepted'), about)),
			other.handIn(other.journal.write('token-delivery', content('unknown'), about)),
		]);
		const { delivered = 0, unknown = 0 } = (await fieldOf(id)) ?? {};
		expect(delivered + unknown).toBe(1);
		expect(delivered).toBe(1);
	});

	it('is in the audit with its verdict, and without its digits', async () => {
		const { id, digits, tell } = await sold();
		mustBeTaken(await tell('refused', { statusCode: 6, result: 'OldError' }));
		const event = await shop.backend.database
			.selectFrom('audit_event')
			.selectAll()
			.where('action', '=', 'field-token-delivery')
			.executeTakeFirstOrThrow();
		expect(event).toMatchObject({ subject_kind: 'meter', subject_id: KITCHEN });
		expect(JSON.parse(event.facts)).toMatchObject({
			...{ vend: id, verdict: 'refused', statusCode: 6, result: 'OldError', readBack: false },
		});
		expect(JSON.stringify(event)).not.toContain(digits);
	});
});

describe('the list of entries', () => {
	it('tells what was done by whom, without digits, of what is asked for', async () => {
		const job = await giveJob(shop.backend, device.technician.operatorId, [{ drn: KITCHEN }]);
		const { id, answer } = await buy(shop.backend, KITCHEN, 50_000);
		const digits = digitsOf(answer);
		const content = delivery('accepted', { vendId: id, sequence: 1, digits });
		const about = { drn: KITCHEN, jobId: job.id, atMs: shop.clock.ms - 5_000, offsetMs: 5_000 };
		mustBeTaken(await device.handIn(device.journal.write('token-delivery', content, about)));
		mustBeTaken(await device.handIn(write()));
		const asked = async (query: object, by: Caller = manager) =>
			(await listEntries(shop.backend, by, query)).entries;
		const [one] = await asked({ drn: KITCHEN });
		const told: Partial<TokenDelivery> = { ...content };
		delete told.digits;
		expect(one).toMatchObject({
			...{ deviceName: 'Laptop', operatorName: 'The technician', sequence: 1, jobId: job.id },
			...{ kind: 'token-delivery', content: told, atMs: about.atMs, offsetMs: 5_000 },
		});
		expect(JSON.stringify(one)).not.toContain(digits);
		for (const [query, found] of [
			[{}, 2],
			[{ vend: id }, 1],
			[{ job: job.id }, 1],
			[{ device: device.id }, 2],
			[{ device: newId() }, 0],
			[{ kind: 'pack-destroyed' }, 1],
			[{ kind: 'pack-destroyed', drn: KITCHEN }, 0],
			[{ before: one?.id }, 0],
		] as const)
			expect(await asked(query), JSON.stringify(query)).toHaveLength(found);
		const other = await technicianWithDevice(shop.backend, 'njeri');
		expect(await asked({}, other.technician)).toEqual([]);
		expect(await asked({}, device.technician)).toHaveLength(2);
		expect(await asked({}, { ...manager, utilityId: 'hilltop' })).toEqual([]);
	});

	it('comes a page at a time', async () => {
		for (const entry of several(52)) mustBeTaken(await device.handIn(entry));
		const first = await listEntries(shop.backend, manager, {});
		expect(first.entries).toHaveLength(50);
		const rest = await listEntries(shop.backend, manager, { before: first.next ?? '' });
		expect(rest.entries.map(({ sequence }) => sequence)).toEqual([2, 1]);
		expect(rest.next).toBeNull();
	});
});
