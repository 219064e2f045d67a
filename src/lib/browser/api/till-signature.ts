/**
 * Requests that a till signs (RFC 9421): by its key, over method, path, query and the body's digest, at the
 * backend's time as well as this device knows it. A clock that is wrong is put right by the backend's first no.
 */
import type * as v from 'valibot';
import { formatBase64url } from '#lib/browser/vault/base64url.ts';
import { signAsDevice, type DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { webCrypto } from '#lib/browser/vault/vault-fault.ts';
import { contentDigest, prepareSignature } from '#lib/core/sync/http-signature.ts';
import { call, type ApiOutcome } from './call.ts';

/** Who signs; tests give their own. */
export interface TillSigner {
	readonly terminalId: string;
	/** Those of the owner `till`. */
	readonly keys: DeviceKeys;
	/** The device's own clock, epoch milliseconds. */
	readonly nowMs: () => number;
	/** What the backend's clock was ahead of it when last heard; null: never heard. */
	readonly offsetMs: () => number | null;
	/** The backend has said what its clock is: what it is ahead of ours from now on. */
	readonly hear: (offsetMs: number) => void;
	/** Unguessable, base64url. */
	readonly nonce: () => string;
}

const NONCE_OCTETS = 16;

export const randomNonce = (): string =>
	formatBase64url(crypto.getRandomValues(new Uint8Array(NONCE_OCTETS)));

export interface TillRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** With its query, as it is sent. */
	readonly path: string;
	/** Sent as JSON; absent: none. */
	readonly body?: unknown;
}

/** A signed request; once more at once where the backend says that our clock is wrong. @throws {VaultFault} */
export async function callAsTill<Schema extends v.GenericSchema>(
	signer: TillSigner,
	schema: Schema,
	request: TillRequest,
): Promise<ApiOutcome<v.InferOutput<Schema>>> {
	const outcome = await callOnce(signer, schema, request);
	if (outcome.kind !== 'problem' || outcome.problem.code !== 'signature-old') return outcome;
	const serverMs = outcome.problem.facts?.['serverMs'];
	if (typeof serverMs !== 'number') return outcome;
	signer.hear(Math.round(serverMs - signer.nowMs()));
	return callOnce(signer, schema, request);
}

async function callOnce<Schema extends v.GenericSchema>(
	signer: TillSigner,
	schema: Schema,
	{ method, path, body }: TillRequest,
): Promise<ApiOutcome<v.InferOutput<Schema>>> {
	const text = body === undefined ? '' : JSON.stringify(body);
	const headers = await signedHeaders(signer, method, path, text);
	if (text === '') return call(schema, path, { method, headers });
	return call(schema, path, {
		method,
		headers: { 'content-type': 'application/json', ...headers },
		body: text,
	});
}

/** The headers that make a request this till's. @param text its very body, empty for none */
export async function signedHeaders(
	{ terminalId, keys, nowMs, offsetMs, nonce }: TillSigner,
	method: string,
	path: string,
	text: string,
): Promise<Record<string, string>> {
	// As the backend reads it; whatever its name is, that is not signed.
	const { pathname, search } = new URL(path, 'https://backend.invalid');
	const target = { method, path: pathname, query: search };
	const octets = new TextEncoder();
	const digest = new Uint8Array(await webCrypto().digest('SHA-256', octets.encode(text)));
	const { base, headers } = prepareSignature(
		text === '' ? target : { ...target, contentDigest: contentDigest(base64(digest)) },
		{
			createdS: Math.floor((nowMs() + (offsetMs() ?? 0)) / 1_000),
			keyId: terminalId,
			nonce: nonce(),
		},
	);
	return headers(base64(await signAsDevice(keys, octets.encode(base))));
}

const base64 = (octets: Uint8Array): string => btoa(String.fromCharCode(...octets));
