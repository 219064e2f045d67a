import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkVendingKey } from '#lib/core/sts/vending-key.ts';
import { DEMO_SLOTS } from '#lib/server/security-module/demo-slots.ts';
import {
	initialiseKeyFile,
	openCompleteKeyFile,
	openKeyFile,
	type KeyStore,
} from '#lib/server/security-module/key-file.ts';
import { openUsageJournal, type UsageJournal } from '#lib/server/security-module/usage-journal.ts';

let folder: string;
const paths = () => ({
	keyFile: join(folder, 'keys.json'),
	passphraseFile: join(folder, 'passphrase'),
});
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'tokenline-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the key file', () => {
	it('is made once, for its owner only, with keys of the right kind', () => {
		expect(initialiseKeyFile(paths(), DEMO_SLOTS)).toBe(true);
		const first = readFileSync(paths().keyFile);
		expect(initialiseKeyFile(paths(), DEMO_SLOTS)).toBe(false);
		expect(readFileSync(paths().keyFile)).toEqual(first);
		for (const path of Object.values(paths())) expect(statSync(path).mode & 0o777).toBe(0o600);
		for (const { dkga, bytes } of openKeyFile(paths()).keys.values())
			expect(checkVendingKey({ dkga: dkga === 2 ? 2 : 4, bytes })).toBeUndefined();
	});

	it('shows no key, and opens with its own passphrase only', () => {
		initialiseKeyFile(paths(), DEMO_SLOTS);
		const text = readFileSync(paths().keyFile, 'latin1');
		for (const { bytes } of openKeyFile(paths()).keys.values())
			for (const encoding of ['latin1', 'hex', 'base64'] as const)
				expect(text).not.toContain(bytes.toString(encoding));
		writeFileSync(paths().passphraseFile, 'guess');
		expect(() => openKeyFile(paths())).toThrow('the passphrase does not open the key file');
	});

	it('does not open when one octet of it was changed', () => {
		initialiseKeyFile(paths(), DEMO_SLOTS);
		const file = JSON.parse(readFileSync(paths().keyFile, 'utf8')) as { sealed: string };
		const sealed = Buffer.from(file.sealed, 'base64');
		sealed.writeUInt8(sealed.readUInt8(20) ^ 1, 20);
		writeFileSync(paths().keyFile, JSON.stringify({ ...file, sealed: sealed.toString('base64') }));
		expect(() => openKeyFile(paths())).toThrow();
	});
});

describe('a key file of an older release', () => {
	const older = DEMO_SLOTS.slice(0, 2);
	const complete = (journal: UsageJournal) =>
		openCompleteKeyFile(paths(), DEMO_SLOTS, journal.exclusively);

	it('is given the keys it has not, and keeps those it has, and its secret', () => {
		initialiseKeyFile(paths(), older);
		const before = openKeyFile(paths());
		const journal = openUsageJournal(join(folder, 'usage.db'));
		const store = complete(journal);
		expect([...store.keys.keys()]).toEqual(DEMO_SLOTS.map(({ slot }) => slot));
		expect(openKeyFile(paths())).toEqual(store);
		expect(store.rndSecret).toEqual(before.rndSecret);
		for (const [slot, key] of before.keys) expect(store.keys.get(slot)).toEqual(key);
		expect(statSync(paths().keyFile).mode & 0o777).toBe(0o600);
		expect(readdirSync(folder).filter((name) => name.includes(String(process.pid)))).toEqual([]);
		journal.close();
	});

	it('has one and the same new key for all that complete it', () => {
		initialiseKeyFile(paths(), older);
		const [one, other] = [1, 2].map(() => openUsageJournal(join(folder, 'usage.db')));
		let second: KeyStore | undefined;
		// The other process completes it between this one's look and its lock.
		const first = openCompleteKeyFile(paths(), DEMO_SLOTS, (work) => {
			second ??= complete(other!);
			return one!.exclusively(work);
		});
		expect(first).toEqual(second);
		expect(openKeyFile(paths())).toEqual(second);
		for (const journal of [one!, other!]) journal.close();
	});

	it('is not written to when it is complete', () => {
		initialiseKeyFile(paths(), DEMO_SLOTS);
		const journal = openUsageJournal(join(folder, 'usage.db'));
		const before = readFileSync(paths().keyFile);
		complete(journal);
		expect(readFileSync(paths().keyFile)).toEqual(before);
		journal.close();
	});
});
