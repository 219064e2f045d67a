/** A frozen database of an agent, and how it comes back as a browser would still have it. */
import Dexie from 'dexie';
import { globSync, readFileSync } from 'node:fs';
import type { PublicJwk } from '#lib/browser/vault/device-keys.ts';

export interface OldRows {
	/** Version of the database, of its rows and of the entries in it. */
	readonly database: number;
	readonly rowSchema: number;
	readonly entrySchema: number;
	/** As Dexie was told them then. */
	readonly tables: Readonly<Record<string, string>>;
	readonly deviceId: string;
	readonly signing: PublicJwk;
	readonly rows: Readonly<Record<string, readonly unknown[]>>;
}

/** Every database that was frozen. */
export function frozenDatabases(): OldRows[] {
	return globSync(`${import.meta.dirname}/agent-*.json`)
		.sort()
		.map(read);
}

function read(file: string): OldRows {
	return JSON.parse(readFileSync(file, 'utf8'), (_, value: unknown) =>
		typeof value === 'object' && value !== null && 'octets' in value && Array.isArray(value.octets)
			? Uint8Array.from(value.octets as number[])
			: value,
	) as OldRows;
}

/** Puts it back as it was written then, without any of today's code. The till's private key is not in it. */
export async function thaw(name: string, old: OldRows): Promise<void> {
	const before = new Dexie(name);
	before.version(old.database).stores({ ...old.tables });
	await before.open();
	for (const [table, rows] of Object.entries(old.rows)) await before.table(table).bulkAdd(rows);
	const curve = { namedCurve: 'P-256' };
	const { subtle } = globalThis.crypto;
	const ecdsa = { name: 'ECDSA', ...curve };
	const other = await subtle.generateKey(ecdsa, false, ['sign', 'verify']);
	const publicKey = await subtle.importKey('jwk', { ...old.signing }, ecdsa, true, ['verify']);
	await before.table('deviceKeys').add({
		...{ owner: 'till', name: 'Till', schema: 1, id: old.deviceId, createdAtMs: 0 },
		signing: { publicKey, privateKey: other.privateKey },
		agreement: await subtle.generateKey({ name: 'ECDH', ...curve }, false, ['deriveBits']),
		secret: await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']),
	});
	before.close();
}
