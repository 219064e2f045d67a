/** A till as a device: a key pair of its own, and requests signed with it, as the kiosk will do with WebCrypto. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { prepareSignature, contentDigest } from '#lib/core/sync/http-signature.ts';
import { parseCode } from '#lib/core/sync/spoken-code.ts';
import {
	ENROLMENT_CODE_LENGTH,
	enrolmentProof,
	type DeviceKey,
	type EnrolmentRequest,
} from '#lib/core/sync/wire-terminals.ts';
import type { Backend } from '#lib/server/backend.ts';

export interface SignedOptions {
	readonly createdS?: number;
	readonly nonce?: string;
	readonly keyId?: string;
}

export class Till {
	readonly publicKey: DeviceKey;
	readonly #privateKey: KeyObject;
	readonly id: string;
	readonly #nowMs: () => number;

	/** @param nowMs the device's clock; a test's backend has one of its own */
	constructor(id: string, nowMs: () => number = Date.now) {
		const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
		this.publicKey = { kty: 'EC', crv: 'P-256', x, y };
		this.#privateKey = privateKey;
		this.id = id;
		this.#nowMs = nowMs;
	}

	/** ECDSA P-256 with SHA-256 over a text: r and s. */
	signText(text: string): Buffer {
		const key = { key: this.#privateKey, dsaEncoding: 'ieee-p1363' } as const;
		return sign('sha256', Buffer.from(text), key);
	}

	/** What the device posts to `/api/v1/terminal-enrolments`. @param code as the office was shown it */
	enrolment(code: string): EnrolmentRequest {
		const parsed = parseCode(code, ENROLMENT_CODE_LENGTH) ?? code;
		const proof = this.signText(enrolmentProof(parsed, { publicKey: this.publicKey })).toString(
			'base64url',
		);
		return { code, publicKey: this.publicKey, proof };
	}

	/** The headers that make a request this till's. @param body its very text, empty for none */
	headers(
		method: string,
		url: string,
		body = '',
		{ createdS, nonce, keyId }: SignedOptions = {},
	): Record<string, string> {
		const { pathname, search } = new URL(url);
		const digest = createHash('sha256').update(body).digest('base64');
		const target = { method, path: pathname, query: search };
		const { base, headers } = prepareSignature(
			body === '' ? target : { ...target, contentDigest: contentDigest(digest) },
			{
				createdS: createdS ?? Math.floor(this.#nowMs() / 1_000),
				keyId: keyId ?? this.id,
				nonce: nonce ?? randomBytes(16).toString('base64url'),
			},
		);
		return headers(this.signText(base).toString('base64'));
	}

	/** A signed request. @param body JSON, sent as it is written */
	request(method: string, url: string, body?: unknown, options: SignedOptions = {}): Request {
		const text = body === undefined ? '' : JSON.stringify(body);
		return new Request(url, {
			method,
			headers: {
				...(text !== '' && { 'content-type': 'application/json' }),
				...this.headers(method, url, text, options),
			},
			...(text !== '' && { body: text }),
		});
	}
}

/** Vendor and till written straight into the database, the till enrolled: for tests of what tills do. */
export async function enrolledTill(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	id = 'T-901',
	vendor: { id: string; utilityId?: string; floatMinor?: number } = { id: 'vendor-1' },
): Promise<Till> {
	const till = new Till(id, () => clock.nowMs());
	const utilityId = vendor.utilityId ?? 'lakeside';
	await database
		.insertInto('vendor')
		.values({
			...{ id: vendor.id, utility_id: utilityId, name: 'Corner shop', state: 'active' },
			...{ float_minor: vendor.floatMinor ?? 0, credit_limit_minor: 0 },
			...{ commission_basis_points: 200, blind_vend: 0 },
		})
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	const own = {
		...{ utility_id: utilityId, vendor_id: vendor.id, name: 'Till', state: 'active' as const },
		...{ enrolment_code_hash: null, enrolment_expires_at_ms: null },
		...{ public_key: JSON.stringify(till.publicKey), enrolled_at_ms: clock.nowMs() },
	};
	await database
		.insertInto('terminal')
		.values({ id, ...own })
		// The demo may have a till of this name, whose key nobody has.
		.onConflict((conflict) => conflict.column('id').doUpdateSet(own))
		.execute();
	return till;
}
