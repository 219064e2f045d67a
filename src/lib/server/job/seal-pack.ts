/** A pack's contents sealed to one device: JWE compact (RFC 7516), its outer facts in the protected header. */
import { CompactEncrypt, importJWK } from 'jose';
import { PACK_SEAL, type JobPack, type PackHeader } from '#lib/core/sync/wire-packs.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';

export async function sealPack(pack: JobPack, sealingKey: DeviceKey): Promise<string> {
	const header: PackHeader = {
		...PACK_SEAL,
		typ: 'tokenline-job-pack',
		...{ packId: pack.packId, deviceId: pack.deviceId, validUntilMs: pack.validUntilMs },
	};
	return await new CompactEncrypt(Buffer.from(JSON.stringify(pack)))
		.setProtectedHeader({ ...header })
		.encrypt(await importJWK({ ...sealingKey }, PACK_SEAL.alg));
}
