import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
	ensureDeviceKeys,
	isSignedByDevice,
	publicKeysOf,
	readDeviceKeys,
	renewDeviceKeys,
	signAsDevice,
} from '#lib/browser/vault/device-keys.ts';
import { closeTabs, newId, NOW, octets, OWNER, tab } from './bench.ts';

afterEach(async () => {
	vi.unstubAllGlobals();
	await closeTabs();
});
const make = (db = tab(), owner = OWNER) =>
	ensureDeviceKeys(db, { owner, name: 'Laptop' }, newId, NOW);

describe('the keys of a device', () => {
	it('cannot be exported in any form, neither before nor after the disk', async () => {
		const db = tab();
		const made = await make(db);
		const kept = await readDeviceKeys(db, OWNER);
		for (const keys of [made, kept!]) {
			const secrets = [keys.signing.privateKey, keys.agreement.privateKey, keys.secret];
			for (const key of secrets) {
				expect(key.extractable).toBe(false);
				for (const form of ['raw', 'pkcs8', 'jwk'] as const)
					await expect(crypto.subtle.exportKey(form as 'jwk', key)).rejects.toThrow();
			}
			const wrapping = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
				'wrapKey',
			]);
			for (const key of secrets)
				await expect(
					crypto.subtle.wrapKey('jwk', key, wrapping, {
						name: 'AES-GCM',
						iv: octets('0123456789ab'),
					}),
				).rejects.toThrow();
		}
	});

	it('are for one thing each', async () => {
		const { signing, agreement, secret } = await make();
		expect(signing.privateKey.usages).toEqual(['sign']);
		expect([...agreement.privateKey.usages].sort()).toEqual(['deriveBits', 'deriveKey']);
		expect([...secret.usages].sort()).toEqual(['decrypt', 'encrypt']);
		expect(signing.privateKey.algorithm).toMatchObject({ name: 'ECDSA', namedCurve: 'P-256' });
		expect(agreement.privateKey.algorithm).toMatchObject({ name: 'ECDH', namedCurve: 'P-256' });
		expect(secret.algorithm).toMatchObject({ name: 'AES-GCM', length: 256 });
	});

	it('stay the same from then on, in two tabs that make them at once too', async () => {
		const db = tab();
		const [one, other] = await Promise.all([make(db), make(tab(db.name))]);
		expect(other.id).toBe(one.id);
		expect((await make(tab(db.name))).id).toBe(one.id);
		expect(await publicKeysOf(other)).toEqual(await publicKeysOf(one));
	});

	it('are other ones for another person on the same machine', async () => {
		const db = tab();
		const [one, other] = [await make(db), await make(db, 'somebody-else')];
		expect(other.id).not.toBe(one.id);
		expect(await publicKeysOf(other)).not.toEqual(await publicKeysOf(one));
	});

	it('sign so that another library agrees', async () => {
		const keys = await make();
		const signature = await signAsDevice(keys, octets('an entry'));
		expect(signature).toHaveLength(64);
		const { signing } = await publicKeysOf(keys);
		const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
		const key = await webcrypto.subtle.importKey('jwk', signing, algorithm, false, ['verify']);
		const holds = (text: string) =>
			webcrypto.subtle.verify(algorithm, key, signature, octets(text));
		expect(await holds('an entry')).toBe(true);
		expect(await holds('an Entry')).toBe(false);
		expect(await isSignedByDevice(keys, signature, octets('an entry'))).toBe(true);
		expect(await isSignedByDevice(keys, signature, octets('another'))).toBe(false);
	});

	it('show nothing but the point of their public halves', async () => {
		const { signing, agreement } = await publicKeysOf(await make());
		for (const key of [signing, agreement])
			expect(Object.keys(key).sort()).toEqual(['crv', 'kty', 'x', 'y']);
	});

	it('are renewed for a device that starts anew, and the vault’s secret stays', async () => {
		const db = tab();
		expect(await renewDeviceKeys(db, OWNER, newId, NOW)).toBeUndefined();
		const before = await make(db);
		const after = await renewDeviceKeys(db, OWNER, newId, NOW + 1);
		expect(after).toMatchObject({ owner: OWNER, name: 'Laptop', createdAtMs: NOW + 1 });
		expect(after?.id).not.toBe(before.id);
		expect(await publicKeysOf(after!)).not.toEqual(await publicKeysOf(before));
		const gcm = { name: 'AES-GCM', iv: octets('0123456789ab') };
		const box = await crypto.subtle.encrypt(gcm, before.secret, octets('kept'));
		const opened = await crypto.subtle.decrypt(gcm, after!.secret, box);
		expect(new Uint8Array(opened)).toEqual(octets('kept'));
	});

	it('are not to be had over a connection that is not secure, and that is said', async () => {
		const db = tab();
		vi.stubGlobal('crypto', {});
		await expect(make(db)).rejects.toMatchObject({ name: 'VaultFault', kind: 'no-web-crypto' });
	});
});
