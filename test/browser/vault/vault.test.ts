import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, waitAfterMs } from '#lib/core/field/pin-attempts.ts';
import type { VaultRow } from '#lib/browser/vault/vault-key.ts';
import { Vault, type Unsealed } from '#lib/browser/vault/vault.ts';
import { bench, closeTabs, HOUR, NOW, octets, openBench, OTHER_PIN, OWNER } from './bench.ts';
import { CHEAP, PIN, reload, stretch, tab, text, type Bench } from './bench.ts';

afterEach(closeTabs);

async function read({ vault }: Bench, name: string): Promise<string> {
	const unsealed = await vault.unseal(name);
	return 'refused' in unsealed ? unsealed.refused : text(unsealed.octets);
}

describe('a vault', () => {
	it('goes from none to open to locked and to open again', async () => {
		const made = await bench();
		const { vault } = made;
		expect(await vault.state()).toEqual({ kind: 'none' });
		expect(await vault.unlock(PIN)).toEqual({ kind: 'none' });
		expect(await vault.create(PIN)).toEqual({ kind: 'created' });
		expect(await vault.state()).toEqual({ kind: 'open' });
		expect(await vault.seal('note', 3, octets('blue kettle'), null)).toBe(true);
		vault.lock();
		expect(await vault.state()).toEqual({ kind: 'locked', left: 10, waitMs: 0 });
		expect(await read(made, 'note')).toBe('locked');
		expect(await vault.seal('note', 3, octets('x'), null)).toBe(false);
		expect(await vault.unlock(PIN)).toEqual({ kind: 'opened' });
		expect((await vault.unseal('note')) as Unsealed).toEqual({
			version: 3,
			octets: octets('blue kettle'),
		});
	});

	it('is locked after the page was loaded again, and its records are there', async () => {
		const before = await openBench();
		await before.vault.seal('note', 1, octets('blue kettle'), null);
		const after = await reload(before);
		expect(await after.vault.state()).toMatchObject({ kind: 'locked' });
		expect((await after.vault.labels()).map(({ name }) => name)).toEqual(['note']);
		await after.vault.unlock(PIN);
		expect(await read(after, 'note')).toBe('blue kettle');
	});

	it('takes no weak PIN, neither at first nor later', async () => {
		const { vault } = await bench();
		expect(await vault.create('123456')).toEqual({ kind: 'weak', because: 'in-a-row' });
		expect(await vault.state()).toEqual({ kind: 'none' });
		await vault.create(PIN);
		expect(await vault.changePin(PIN, '111111')).toEqual({
			kind: 'weak',
			because: 'few-characters',
		});
	});

	it('is made once', async () => {
		const made = await openBench();
		const twin = await reload(made);
		expect(await twin.vault.create(OTHER_PIN)).toEqual({ kind: 'exists' });
		expect(twin.vault.isOpen()).toBe(false);
		expect(await twin.vault.unlock(PIN)).toEqual({ kind: 'opened' });
	});

	it('has no form in which its key could be read', async () => {
		const { db } = await openBench();
		const row = await db.vaults.get(OWNER);
		expect(Object.keys(row!).sort()).toEqual(
			['box', 'changedAtMs', 'cost', 'createdAtMs', 'destroyAfter', 'iv', 'notBeforeMs', 'owner']
				.concat(['salt', 'schema', 'wrong'])
				.sort(),
		);
		// IV of the inner layer, 32 octets of key, two tags.
		expect(row!.box).toHaveLength(12 + 32 + 16 + 16);
	});

	it('keeps one person’s records from another', async () => {
		const made = await openBench();
		await made.vault.seal('note', 1, octets('mine'), null);
		const other = new Vault('somebody-else', { db: made.db, clock: made.clock, stretch });
		expect(await other.state()).toEqual({ kind: 'none' });
		expect(await other.labels()).toEqual([]);
		expect(await other.create(PIN)).toEqual({ kind: 'damaged', because: 'device-keys-missing' });
	});

	it('tells whoever listens that it was opened or locked, once each', async () => {
		const { vault } = await openBench();
		let told = 0;
		const off = vault.onChange(() => (told += 1));
		vault.lock();
		vault.lock();
		expect(told).toBe(1);
		await vault.unlock(PIN);
		expect(told).toBe(2);
		off();
		vault.lock();
		expect(told).toBe(2);
	});

	it('empties what it guards whenever it is locked', async () => {
		const { vault } = await openBench();
		let emptied = 0;
		vault.guard({ empty: () => (emptied += 1) });
		vault.lock();
		expect(emptied).toBe(1);
	});

	it('stays locked when it was locked while the PIN was being looked at', async () => {
		const { db, clock, vault } = await openBench();
		vault.lock();
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const slow = new Vault(OWNER, {
			db,
			clock,
			stretch: (...what) => held.then(() => stretch(...what)),
		});
		const attempt = slow.unlock(PIN);
		slow.lock();
		release();
		expect(await attempt).toEqual({ kind: 'locked-meanwhile' });
		expect(slow.isOpen()).toBe(false);
		// It was the right one: nothing is counted against it.
		expect(await slow.state()).toMatchObject({ kind: 'locked', left: 10, waitMs: 0 });
	});
});

describe('changing the PIN', () => {
	it('wraps the same key anew: records stay, the old PIN opens nothing', async () => {
		const made = await openBench();
		await made.vault.seal('note', 1, octets('blue kettle'), null);
		const [before] = await made.db.sealed.toArray();
		expect(await made.vault.changePin(PIN, OTHER_PIN)).toEqual({ kind: 'changed' });
		expect(await made.db.sealed.toArray()).toEqual([before]);
		const after = await reload(made);
		expect(await after.vault.unlock(PIN)).toMatchObject({ kind: 'wrong' });
		expect(await after.vault.unlock(OTHER_PIN)).toEqual({ kind: 'opened' });
		expect(await read(after, 'note')).toBe('blue kettle');
	});

	it('asks for the old one, and counts when it is wrong', async () => {
		const { vault } = await openBench();
		expect(await vault.changePin(OTHER_PIN, '905533')).toMatchObject({ kind: 'wrong', left: 9 });
		expect(await vault.unlock(PIN)).toEqual({ kind: 'opened' });
	});

	it('is done by one tab when two do it at once', async () => {
		const one = await openBench();
		const two = await reload(one);
		const outcomes = await Promise.all([
			one.vault.changePin(PIN, OTHER_PIN),
			two.vault.changePin(PIN, '905533'),
		]);
		expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['changed', 'changed-meanwhile']);
	});
});

describe('a wrong PIN', () => {
	it('is waited for longer and longer, also after the page was loaded again', async () => {
		let made = await openBench();
		for (let wrong = 1; wrong < DEFAULT_POLICY.destroyAfter; wrong += 1) {
			made = await reload(made);
			const waitMs = waitAfterMs(wrong);
			expect(await made.vault.unlock(OTHER_PIN)).toEqual({
				kind: 'wrong',
				left: 10 - wrong,
				waitMs,
			});
			made = await reload(made);
			expect(await made.vault.state()).toEqual({ kind: 'locked', left: 10 - wrong, waitMs });
			if (waitMs > 0) {
				// The right one has to wait as well, and is not counted.
				expect(await made.vault.unlock(PIN)).toEqual({ kind: 'wait', waitMs });
				made.clocks.pass(waitMs);
			}
		}
		expect(await made.vault.unlock(PIN)).toEqual({ kind: 'opened' });
		expect(await (await reload(made)).vault.state()).toMatchObject({ left: 10, waitMs: 0 });
	});

	it('is not waited for any shorter by setting the clock ahead and back, or back', async () => {
		let made = await openBench();
		for (let wrong = 1; wrong <= 3; wrong += 1) await made.vault.unlock(OTHER_PIN);
		made.clocks.wallMs -= 24 * HOUR;
		made = await reload(made);
		expect(await made.vault.unlock(PIN)).toEqual({ kind: 'wait', waitMs: 30_000 });
		made.clocks.pass(30_000);
		expect(await made.vault.unlock(PIN)).toEqual({ kind: 'opened' });
	});

	it('destroys what is sealed the last time, and says so', async () => {
		const made = await bench();
		await made.vault.create(PIN, { destroyAfter: 5 });
		await made.vault.seal('pack/1', 1, octets('secret'), NOW + HOUR);
		made.vault.lock();
		for (let wrong = 1; wrong < 5; wrong += 1) {
			expect(await made.vault.unlock(OTHER_PIN)).toMatchObject({ kind: 'wrong', left: 5 - wrong });
			made.clocks.pass(HOUR / 10);
		}
		expect(await made.vault.unlock(OTHER_PIN)).toEqual({ kind: 'destroyed' });
		expect(await made.vault.unlock(PIN)).toEqual({ kind: 'none' });
		expect(await made.db.sealed.count()).toBe(0);
		expect(await made.db.gone.toArray()).toEqual([
			{ owner: OWNER, name: 'pack/1', why: 'pin-wrong', atMs: expect.any(Number) },
		]);
		// The device is still a device, and begins anew.
		expect(await made.vault.create(OTHER_PIN)).toEqual({ kind: 'created' });
	});

	it('is counted before it is looked at: pulling the plug is an attempt', async () => {
		const made = await bench();
		await made.vault.create(PIN, { destroyAfter: 5 });
		const pulled = new Vault(OWNER, {
			db: made.db,
			clock: made.clock,
			stretch: () => Promise.reject(new Error('the battery fell out')),
		});
		for (let attempt = 1; attempt <= 5; attempt += 1) {
			await expect(pulled.unlock(OTHER_PIN)).rejects.toThrow('battery');
			made.clocks.pass(HOUR);
		}
		expect(await (await reload(made)).vault.unlock(PIN)).toEqual({ kind: 'destroyed' });
	});

	it('is counted once for each of many tabs that try at the same time', async () => {
		const made = await openBench();
		const tabs = await Promise.all([1, 2, 3, 4].map(() => reload(made)));
		const outcomes = await Promise.all(tabs.map(({ vault }) => vault.unlock(OTHER_PIN)));
		const kinds = outcomes.map(({ kind }) => kind).sort();
		expect(kinds).toEqual(['wait', 'wrong', 'wrong', 'wrong']);
		expect((await made.db.vaults.get(OWNER))?.wrong).toBe(3);
	});

	it('locks a vault that is open in the tab where it destroyed it', async () => {
		const made = await bench();
		await made.vault.create(PIN, { destroyAfter: 5 });
		for (let wrong = 1; wrong <= 5; wrong += 1) {
			await made.vault.changePin(OTHER_PIN, '905533');
			made.clocks.pass(HOUR);
		}
		expect(made.vault.isOpen()).toBe(false);
		expect(await made.vault.state()).toEqual({ kind: 'none' });
	});
});

describe('what was changed on the disk', () => {
	const flip = (bytes: Uint8Array<ArrayBuffer>, at = 0) =>
		bytes.map((octet, index) => (index === at ? octet ^ 1 : octet));

	it.each<[string, (row: VaultRow) => VaultRow]>([
		['the box', (row) => ({ ...row, box: flip(row.box) })],
		['the end of the box', (row) => ({ ...row, box: flip(row.box, 75) })],
		['a box cut short', (row) => ({ ...row, box: row.box.slice(1) })],
		['the IV', (row) => ({ ...row, iv: flip(row.iv) })],
		['the salt', (row) => ({ ...row, salt: flip(row.salt) })],
		['what a guess costs', (row) => ({ ...row, cost: { N: 2 ** 30, r: 8, p: 1 } })],
		['how many attempts there are', (row) => ({ ...row, destroyAfter: 20 })],
	])('%s: damaged, not a wrong PIN, and no attempt', async (_, change) => {
		const made = await openBench();
		const row = await made.db.vaults.get(OWNER);
		await made.db.vaults.put(change(row!));
		const after = await reload(made);
		const damaged = { kind: 'damaged', because: 'row-damaged' };
		expect(await after.vault.unlock(PIN)).toEqual(damaged);
		expect(await after.vault.changePin(PIN, OTHER_PIN)).toEqual(damaged);
		expect((await made.db.vaults.get(OWNER))?.wrong).toBe(0);
	});

	it('another person’s vault in its place: damaged', async () => {
		const made = await openBench();
		const row = await made.db.vaults.get(OWNER);
		const [keys] = await made.db.deviceKeys.toArray();
		await made.db.deviceKeys.put({ ...keys!, owner: 'thief' });
		await made.db.vaults.put({ ...row!, owner: 'thief' });
		const thief = new Vault('thief', { db: made.db, clock: made.clock, stretch });
		expect(await thief.unlock(PIN)).toEqual({ kind: 'damaged', because: 'row-damaged' });
	});

	it('a copy of the rows on another machine: damaged, whatever the PIN', async () => {
		const made = await openBench();
		const elsewhere = await bench(tab());
		await elsewhere.db.vaults.put((await made.db.vaults.get(OWNER))!);
		expect(await elsewhere.vault.unlock(PIN)).toEqual({ kind: 'damaged', because: 'row-damaged' });
	});

	it('keys that the browser lost, and a newer version’s row, each by its name', async () => {
		const made = await openBench();
		made.vault.lock();
		const row = await made.db.vaults.get(OWNER);
		await made.db.vaults.put({ ...row!, schema: 2 as 1 });
		const newer = { kind: 'damaged', because: 'newer-version' };
		expect(await made.vault.state()).toEqual(newer);
		expect(await made.vault.unlock(PIN)).toEqual(newer);
		await made.db.vaults.put(row!);
		await made.db.deviceKeys.clear();
		const lost = { kind: 'damaged', because: 'device-keys-missing' };
		expect(await made.vault.state()).toEqual(lost);
		expect(await made.vault.unlock(PIN)).toEqual(lost);
	});
});

describe('a sealed record', () => {
	it('does not open in another’s place, under another version or with another end', async () => {
		const made = await openBench();
		await made.vault.seal('one', 1, octets('first'), NOW + HOUR);
		await made.vault.seal('two', 1, octets('second'), NOW + HOUR);
		const one = await made.db.sealed.get([OWNER, 'one']);
		const swapped = [
			{ ...one!, name: 'two' },
			{ ...one!, version: 2 },
			{ ...one!, expiresAtMs: NOW + 2 * HOUR },
			{ ...one!, expiresAtMs: null },
			{ ...one!, sealedAtMs: 0 },
			{ ...one!, iv: one!.iv.map((octet) => octet ^ 1) },
			{ ...one!, box: one!.box.slice(0, -1) },
		];
		for (const row of swapped) {
			await made.db.sealed.put(row);
			expect(await read(made, row.name)).toBe('damaged');
		}
		await made.db.sealed.put(one!);
		expect(await read(made, 'one')).toBe('first');
	});

	it('is never sealed twice with the same IV', async () => {
		const made = await openBench();
		const ivs = new Set<string>();
		for (let at = 0; at < 50; at += 1) {
			await made.vault.seal('note', 1, octets('same'), null);
			ivs.add((await made.db.sealed.get([OWNER, 'note']))!.iv.join());
		}
		expect(ivs.size).toBe(50);
	});

	it('is not given when the vault was locked while it was being opened', async () => {
		const made = await openBench();
		await made.vault.seal('note', 1, octets('x'), null);
		const reading = read(made, 'note');
		made.vault.lock();
		expect(await reading).toBe('locked');
	});

	it('is forgotten by its name, and that is left to be told', async () => {
		const made = await openBench();
		await made.vault.seal('note', 1, octets('x'), null);
		expect(await made.vault.forget('note', 'closed')).toBe(true);
		expect(await made.vault.forget('note', 'closed')).toBe(false);
		expect(await read(made, 'note')).toBe('absent');
		expect(await made.db.gone.toArray()).toEqual([
			{ owner: OWNER, name: 'note', why: 'closed', atMs: NOW },
		]);
	});

	it('of a newer version is not taken for a damaged one', async () => {
		const made = await openBench();
		await made.vault.seal('note', 1, octets('x'), null);
		const row = await made.db.sealed.get([OWNER, 'note']);
		await made.db.sealed.put({ ...row!, schema: 2 as 1 });
		expect(await read(made, 'note')).toBe('newer-version');
	});

	it('goes with the vault when that is destroyed', async () => {
		const made = await openBench();
		await made.vault.seal('note', 1, octets('x'), null);
		await made.vault.destroy('signed-out');
		expect(await made.vault.state()).toEqual({ kind: 'none' });
		expect(await made.db.sealed.count()).toBe(0);
		expect((await made.db.gone.toArray()).map(({ why }) => why)).toEqual(['signed-out']);
	});

	it('costs what the row says, not what is usual by now', async () => {
		const made = await openBench();
		const costs: unknown[] = [];
		const later = new Vault(OWNER, {
			db: made.db,
			clock: made.clock,
			cost: { N: 4, r: 1, p: 1 },
			stretch: (pin, salt, cost) => (costs.push(cost), stretch(pin, salt, cost)),
		});
		await later.changePin(PIN, OTHER_PIN);
		await later.unlock(OTHER_PIN);
		expect(costs).toEqual([CHEAP, { N: 4, r: 1, p: 1 }, { N: 4, r: 1, p: 1 }]);
	});
});
