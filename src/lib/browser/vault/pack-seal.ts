/**
 * A job pack as it comes from the backend: sealed to this device's agreement key (JWE, RFC 7516), so that on
 * its way and in every store between only this device can open it.
 */
import { compactDecrypt } from 'jose';
import * as v from 'valibot';
import type { PackRefusal } from '#lib/core/field/keeping.ts';
import { JobPack, PACK_SEAL, PackHeader, type JobPackAnswer } from '#lib/core/sync/wire-packs.ts';
import type { DeviceKeys } from './device-keys.ts';

/** Octets of a sealed pack that are looked at: sixty meters with twenty tokens each are a tenth of it. */
export const MAX_PACK_OCTETS = 4 * 1024 * 1024;

export interface OpenedPack {
	readonly pack: JobPack;
	/** The pack as JSON: to be sealed again, and then overwritten. */
	readonly octets: Uint8Array<ArrayBuffer>;
}

/** @param nowMs seen time */
export async function openPackSeal(
	answer: JobPackAnswer,
	keys: DeviceKeys,
	nowMs: number,
): Promise<OpenedPack | { readonly refused: PackRefusal }> {
	if (answer.sealed.length > MAX_PACK_OCTETS) return { refused: 'too-large' };
	if (answer.deviceId !== keys.id) return { refused: 'not-ours' };
	const opened = await decrypt(answer.sealed, keys);
	if (!opened) return { refused: 'not-opened' };
	const octets = new Uint8Array(opened.plaintext);
	const refuse = (refused: PackRefusal) => {
		octets.fill(0);
		return { refused };
	};
	opened.plaintext.fill(0);
	const header = v.safeParse(PackHeader, opened.protectedHeader);
	const pack = readPack(octets);
	if (!header.success || !pack) return refuse('unreadable');
	const outsides = [header.output, answer];
	const agrees = outsides.every(
		(outside) =>
			outside.packId === pack.packId &&
			outside.deviceId === pack.deviceId &&
			outside.validUntilMs === pack.validUntilMs,
	);
	if (!agrees || pack.deviceId !== keys.id || pack.operatorId !== keys.owner)
		return refuse('not-ours');
	return pack.validUntilMs <= nowMs ? refuse('expired') : { pack, octets };
}

/** A pack out of its JSON; undefined: it is none that this version knows. */
export function readPack(octets: Uint8Array): JobPack | undefined {
	try {
		const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets));
		const read = v.safeParse(JobPack, json);
		return read.success ? read.output : undefined;
	} catch {
		// Not UTF-8, or not JSON. What it was instead is nobody's business.
		return undefined;
	}
}

async function decrypt(sealed: string, { agreement }: DeviceKeys) {
	try {
		return await compactDecrypt(sealed, agreement.privateKey, {
			keyManagementAlgorithms: [PACK_SEAL.alg],
			contentEncryptionAlgorithms: [PACK_SEAL.enc],
		});
	} catch {
		// Another key, another algorithm, changed on the way, or no JWE at all: it stays closed.
		return undefined;
	}
}
