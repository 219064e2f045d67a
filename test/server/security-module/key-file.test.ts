import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkVendingKey } from '#lib/core/sts/vending-key.ts';
import { DEMO_SLOTS } from '#lib/server/security-module/demo-slots.ts';
import { initialiseKeyFile, openKeyFile } from '#lib/server/security-module/key-file.ts';

describe('the key file', () => {
	let folder: string;
	const paths = () => ({
		keyFile: join(folder, 'keys.json'),
		passphraseFile: join(folder, 'passphrase'),
	});
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'tokenline-keys-'));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

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
