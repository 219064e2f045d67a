/** A sale as it is sealed to the backend at the tap: JWE (RFC 7516), `SALE_SEAL`. */
import { CompactEncrypt, importJWK } from 'jose';
import { SALE_SEAL, type RevealedSale, type TillSale } from '#lib/core/sync/till-journal.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';

/** @param saleKey of the backend */
export async function sealSale(saleKey: DeviceKey, sale: TillSale | RevealedSale): Promise<string> {
	return await sealTo(saleKey, sale);
}

/** Only who has the private half of the key opens it. @param value goes as JSON */
export async function sealTo(key: DeviceKey, value: unknown): Promise<string> {
	return await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
		.setProtectedHeader({ ...SALE_SEAL })
		.encrypt(await importJWK({ ...key }, SALE_SEAL.alg));
}
