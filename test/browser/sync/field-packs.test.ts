import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { readEntries, readProgress } from '#lib/browser/store/technician-journal.ts';
import { closeAllPacks, takeJobPack, tellGonePacks } from '#lib/browser/sync/field-packs.ts';
import { sweepExpired } from '#lib/browser/vault/expiry-watch.ts';
import { packRecord } from '#lib/browser/vault/job-packs.ts';
import { ensureDeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import type { PackRefusal } from '#lib/core/field/keeping.ts';
import type { JobPack, JobPackAnswer } from '#lib/core/sync/wire-packs.ts';
import { closeTabs, HOUR, newId, NOW, octets, OWNER, PIN, reload, tab } from '../vault/bench.ts';
import {
	answersOf,
	AUTHENTICATION,
	DRN,
	fieldBench,
	fieldBenchOf,
	jobPack,
	no,
	sealedPack,
	UNICAST,
	yes,
	type FieldBench,
} from './field-bench.ts';

afterEach(closeTabs);

const ports = (bench: FieldBench, answers: Parameters<typeof answersOf<'fetchJobPack'>>[0]) => ({
	...bench,
	api: { fetchJobPack: answersOf<'fetchJobPack'>(answers) },
});
/** Fetches packs one after the other, as the backend gives them. */
async function take(bench: FieldBench, ...packs: JobPack[]) {
	const outcomes = [];
	for (const pack of packs) {
		const answer = await sealedPack(bench.keys, pack);
		outcomes.push(await takeJobPack(ports(bench, [yes(answer)])));
	}
	return outcomes;
}
const deeds = async ({ store, keys }: FieldBench) =>
	(await readEntries(store, keys.id, 0, 100)).map(({ entry }) => [entry.kind, entry.content]);

describe('fetching a pack', () => {
	it('seals it behind the PIN and writes that down in the same moment', async () => {
		const bench = await fieldBench();
		const pack = jobPack(bench.keys);
		expect(await take(bench, pack)).toEqual([{ kind: 'sealed', packId: pack.packId }]);
		const { packId, issuedAtMs, validUntilMs } = pack;
		expect(await deeds(bench)).toEqual([
			['pack-opened', { packId, issuedAtMs, validUntilMs, meters: 2 }],
		]);
		const [row] = await bench.db.sealed.toArray();
		expect(row).toMatchObject({
			owner: OWNER,
			name: packRecord(packId),
			expiresAtMs: validUntilMs,
		});
		const kept = Buffer.from(row!.box).toString('latin1');
		for (const secret of [UNICAST, AUTHENTICATION, '01234567890123456789', 'Long Street'])
			expect(kept).not.toContain(secret);
	});

	it('sets the clock by the backend', async () => {
		const bench = await fieldBench();
		const answer = await sealedPack(bench.keys, jobPack(bench.keys), {
			answer: { serverMs: NOW + 5_000 },
		});
		await takeJobPack(ports(bench, [yes(answer)]));
		expect(bench.clock.offsetMs).toBe(5_000);
	});

	it('asks nothing while the vault is locked, and keeps nothing when it was locked meanwhile', async () => {
		const bench = await fieldBench();
		const answer = await sealedPack(bench.keys, jobPack(bench.keys));
		bench.vault.lock();
		const asking = ports(bench, [yes(answer)]);
		expect(await takeJobPack(asking)).toEqual({ kind: 'not-now', because: 'locked' });
		expect(asking.api.fetchJobPack.calls).toEqual([]);
		await bench.vault.unlock(PIN);
		const locking = {
			...bench,
			api: {
				fetchJobPack: async () => {
					bench.vault.lock();
					return yes(answer);
				},
			},
		};
		expect(await takeJobPack(locking)).toEqual({ kind: 'not-now', because: 'locked' });
		expect(await bench.db.sealed.count()).toBe(0);
		expect(await deeds(bench)).toEqual([]);
	});

	it('puts a newer one in the place of those before, and writes that down', async () => {
		const bench = await fieldBench();
		const [one, two] = [jobPack(bench.keys), jobPack(bench.keys, { issuedAtMs: NOW + 1 })];
		await take(bench, one, two);
		expect((await bench.vault.labels()).map(({ name }) => name)).toEqual([packRecord(two.packId)]);
		expect((await deeds(bench)).at(-1)).toEqual([
			'pack-destroyed',
			{ packId: one.packId, why: 'replaced' },
		]);
		expect(await bench.db.gone.count()).toBe(0);
	});

	it('of one job leaves the others', async () => {
		const bench = await fieldBench();
		const [one, two] = [jobPack(bench.keys), jobPack(bench.keys)];
		await take(bench, one);
		const asking = ports(bench, [yes(await sealedPack(bench.keys, two))]);
		await takeJobPack(asking, two.jobs[0]!.id);
		expect(asking.api.fetchJobPack.calls).toEqual([[bench.keys.id, two.jobs[0]!.id]]);
		expect(await bench.vault.labels()).toHaveLength(2);
	});

	it('waits while a meter is worked on with one that it would replace', async () => {
		const bench = await fieldBench();
		const pack = jobPack(bench.keys);
		await take(bench, pack);
		await bench.packs.open();
		const loan = bench.packs.lendSecrets(pack.packId, DRN)!;
		const [outcome] = await take(bench, jobPack(bench.keys));
		expect(outcome).toEqual({ kind: 'not-now', because: 'in-use' });
		expect(loan.recalled.aborted).toBe(false);
		loan.giveBack();
		expect((await take(bench, jobPack(bench.keys)))[0]?.kind).toBe('sealed');
	});

	it('passes on what the backend says, and knows what it means for the device', async () => {
		const bench = await fieldBench();
		const asking = ports(bench, [{ kind: 'unknown' }, no('pack-too-large'), no('session-ended')]);
		expect(await takeJobPack(asking)).toEqual({ kind: 'unknown' });
		expect(await takeJobPack(asking)).toMatchObject({ problem: { code: 'pack-too-large' } });
		expect((await readProgress(bench.store, bench.keys.id)).stop?.because).toBe('not-registered');
		await takeJobPack(asking);
		expect((await readProgress(bench.store, bench.keys.id)).stop?.because).toBe('sign-in');
	});

	it('of a device that was switched off wipes it', async () => {
		const bench = await fieldBench();
		await take(bench, jobPack(bench.keys));
		await takeJobPack(ports(bench, [no('field-device-revoked')]));
		expect(bench.vault.isOpen()).toBe(false);
		for (const table of [bench.db.vaults, bench.db.sealed, bench.db.deviceKeys])
			expect(await table.count()).toBe(0);
		expect(await deeds(bench)).toHaveLength(1);
		expect((await readProgress(bench.store, bench.keys.id)).revoked).toBe(true);
	});

	it('leaves nothing behind when the disk is full, neither pack nor entry', async () => {
		const bench = await fieldBench();
		bench.db.sealed.hook('creating', () => {
			throw new DOMException('full', 'QuotaExceededError');
		});
		await expect(take(bench, jobPack(bench.keys))).rejects.toMatchObject({ kind: 'no-space' });
		expect(await bench.db.sealed.count()).toBe(0);
		expect(await deeds(bench)).toEqual([]);
	});
});

describe('a pack that is not taken', () => {
	type Sealed = (bench: FieldBench) => Promise<JobPackAnswer>;
	const other = () => ensureDeviceKeys(tab(), { owner: OWNER, name: 'Other' }, newId, NOW);
	const OTHER_ID = newId();

	it.each<[string, PackRefusal, Sealed]>([
		[
			'for another device',
			'not-ours',
			async ({ keys }) => sealedPack(keys, jobPack({ ...keys, id: OTHER_ID })),
		],
		[
			'for another person',
			'not-ours',
			async ({ keys }) => sealedPack(keys, jobPack(keys, { operatorId: OTHER_ID })),
		],
		[
			'under another device’s key',
			'not-opened',
			async ({ keys }) => sealedPack(await other(), jobPack(keys)),
		],
		[
			'changed on the way',
			'not-opened',
			async ({ keys }) => {
				const answer = await sealedPack(keys, jobPack(keys));
				const parts = answer.sealed.split('.');
				parts[3] = (parts[3]!.startsWith('A') ? 'B' : 'A') + parts[3]!.slice(1);
				return { ...answer, sealed: parts.join('.') };
			},
		],
		[
			'sealed in another way',
			'not-opened',
			async ({ keys }) => sealedPack(keys, jobPack(keys), { header: { enc: 'A128GCM' } }),
		],
		['no seal at all', 'not-opened', async ({ keys }) => rubbish(keys, 'a.b.c.d.e')],
		['empty', 'not-opened', async ({ keys }) => rubbish(keys, '')],
		[
			'larger than any',
			'too-large',
			async ({ keys }) => rubbish(keys, 'a'.repeat(4 * 1024 * 1024 + 1)),
		],
		[
			'that says another end outside than inside',
			'not-ours',
			async ({ keys }) =>
				sealedPack(keys, jobPack(keys), { header: { validUntilMs: NOW + 99 * HOUR } }),
		],
		[
			'of which the answer says another end',
			'not-ours',
			async ({ keys }) =>
				sealedPack(keys, jobPack(keys), { answer: { validUntilMs: NOW + 99 * HOUR } }),
		],
		[
			'of another type',
			'unreadable',
			async ({ keys }) => sealedPack(keys, jobPack(keys), { header: { typ: 'other' } }),
		],
		[
			'that is not JSON',
			'unreadable',
			async ({ keys }) => sealedPack(keys, jobPack(keys), { plaintext: '{"packId":' }),
		],
		[
			'of another shape',
			'unreadable',
			async ({ keys }) => sealedPack(keys, jobPack(keys), { plaintext: '{}' }),
		],
		[
			'over its time',
			'expired',
			async ({ keys }) =>
				sealedPack(keys, jobPack(keys, { validUntilMs: NOW }), { answer: { serverMs: NOW } }),
		],
	])('%s: %s, and nothing is kept', async (_, because, sealed) => {
		const bench = await fieldBench();
		const asking = ports(bench, [yes(await sealed(bench))]);
		expect(await takeJobPack(asking)).toEqual({ kind: 'refused', because });
		expect(await bench.db.sealed.count()).toBe(0);
		expect(await deeds(bench)).toEqual([]);
	});

	async function rubbish(keys: FieldBench['keys'], sealed: string): Promise<JobPackAnswer> {
		return { ...(await sealedPack(keys, jobPack(keys))), sealed };
	}
});

describe('packs in use', () => {
	it('lie open without their secrets, which are lent to one conversation at a time', async () => {
		const bench = await fieldBench();
		const pack = jobPack(bench.keys);
		await take(bench, pack);
		const { packs, closed } = await bench.packs.open();
		expect(closed).toEqual([]);
		expect(packs).toHaveLength(1);
		expect(packs[0]).toMatchObject({ packId: pack.packId, jobs: pack.jobs });
		expect(packs[0]!.meters[0]!.association).toMatchObject({ generation: 1 });
		const shown = JSON.stringify(packs);
		expect(shown).not.toContain(UNICAST);
		expect(shown).not.toContain(AUTHENTICATION);
		expect(shown).not.toContain('secrets');
		const loan = bench.packs.lendSecrets(pack.packId, DRN)!;
		expect(loan.secrets.keys).toEqual({
			unicast: parseHex(UNICAST),
			authentication: parseHex(AUTHENTICATION),
		});
		expect(bench.packs.lendSecrets(pack.packId, '37204100012')).toBeUndefined();
	});

	it('are zeros once the vault is locked and nobody has them on loan', async () => {
		const bench = await fieldBench();
		const pack = jobPack(bench.keys);
		await take(bench, pack);
		await bench.packs.open();
		const loan = bench.packs.lendSecrets(pack.packId, DRN)!;
		const { unicast, authentication } = loan.secrets.keys!;
		bench.vault.lock();
		expect(loan.recalled.aborted).toBe(true);
		expect(bench.packs.lendSecrets(pack.packId, DRN)).toBeUndefined();
		expect(unicast).toEqual(parseHex(UNICAST));
		loan.giveBack();
		expect([...unicast, ...authentication].every((octet) => octet === 0)).toBe(true);
	});

	it('open again after the page was loaded anew, the PIN given, without a network', async () => {
		const before = await fieldBench();
		const pack = jobPack(before.keys);
		await take(before, pack);
		const after = fieldBenchOf(await reload(before));
		expect((await after.packs.open()).closed).toEqual([{ packId: pack.packId, refused: 'locked' }]);
		await after.vault.unlock(PIN);
		expect((await after.packs.open()).packs[0]?.packId).toBe(pack.packId);
		expect(after.packs.lendSecrets(pack.packId, DRN)).toBeDefined();
	});

	it('leave nothing in the box when the vault is locked while they are being opened', async () => {
		const bench = await fieldBench();
		await take(bench, jobPack(bench.keys));
		const opening = bench.packs.open();
		bench.vault.lock();
		expect((await opening).packs).toEqual([]);
		expect(bench.box.names()).toEqual([]);
	});

	it('that are damaged or of another version are told apart, and do not hide the rest', async () => {
		const bench = await fieldBench();
		const pack = jobPack(bench.keys);
		await take(bench, pack);
		await bench.vault.seal(packRecord('newer'), 2, octets('{}'), NOW + HOUR);
		await bench.vault.seal(packRecord('odd'), 1, octets('{}'), NOW + HOUR);
		await bench.vault.seal('something/else', 1, octets('{}'), null);
		const { packs, closed } = await bench.packs.open();
		expect(packs.map(({ packId }) => packId)).toEqual([pack.packId]);
		expect(closed).toEqual([
			{ packId: 'newer', refused: 'newer-version' },
			{ packId: 'odd', refused: 'damaged' },
		]);
	});
});

describe('the end of a pack', () => {
	it('that came while the page was closed is written down at the next start, without a PIN', async () => {
		const before = await fieldBench();
		const pack = jobPack(before.keys);
		await take(before, pack);
		before.clocks.pass(13 * HOUR);
		const after = fieldBenchOf(await reload(before));
		await sweepExpired(after, after.box);
		await tellGonePacks(after);
		await tellGonePacks(after);
		expect((await deeds(after)).slice(1)).toEqual([
			['pack-destroyed', { packId: pack.packId, why: 'expired' }],
		]);
	});

	it('calls its secrets back from a conversation that goes on too long', async () => {
		const bench = await fieldBench();
		const pack = jobPack(bench.keys);
		await take(bench, pack);
		await bench.packs.open();
		const loan = bench.packs.lendSecrets(pack.packId, DRN)!;
		bench.clocks.pass(12 * HOUR);
		await sweepExpired(bench, bench.box);
		expect(loan.recalled.aborted).toBe(true);
		expect(bench.packs.lendSecrets(pack.packId, DRN)).toBeUndefined();
		expect(await bench.db.sealed.count()).toBe(0);
	});

	it('is the person’s word, or signing out, or too many wrong PINs', async () => {
		const bench = await fieldBench();
		const one = jobPack(bench.keys);
		await take(bench, one);
		await bench.packs.open();
		expect(await bench.packs.close(one.packId, 'closed')).toBe(true);
		expect(await bench.packs.close(one.packId, 'closed')).toBe(false);
		expect(bench.packs.lendSecrets(one.packId, DRN)).toBeUndefined();
		const two = jobPack(bench.keys);
		await take(bench, two);
		await closeAllPacks(bench, 'signed-out');
		const three = jobPack(bench.keys);
		await take(bench, three);
		for (let wrong = 0; wrong < 10; wrong += 1) {
			await bench.vault.unlock('905533');
			bench.clocks.pass(HOUR);
		}
		await tellGonePacks(bench);
		const ends = (await deeds(bench)).filter(([kind]) => kind === 'pack-destroyed');
		expect(ends.map(([, content]) => content)).toEqual([
			{ packId: one.packId, why: 'closed' },
			{ packId: two.packId, why: 'signed-out' },
			{ packId: three.packId, why: 'pin-wrong' },
		]);
	});

	it('is told once by two tabs, and what is no pack not at all', async () => {
		const bench = await fieldBench();
		const pack = jobPack(bench.keys);
		await take(bench, pack);
		await bench.vault.seal('note', 1, octets('x'), null);
		await bench.vault.destroy('signed-out');
		await Promise.all([
			tellGonePacks(bench),
			tellGonePacks({ ...bench, store: tab(bench.db.name) }),
		]);
		expect((await deeds(bench)).slice(1)).toEqual([
			['pack-destroyed', { packId: pack.packId, why: 'signed-out' }],
		]);
		expect(await bench.db.gone.count()).toBe(0);
	});
});
