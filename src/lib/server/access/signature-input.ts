/** Reads a till's signature from the headers of a request, strictly: what is not as it must be is not there. */
import {
	isInnerList,
	parseDictionary,
	serializeInnerList,
	type Dictionary,
	type InnerList,
	type Parameters,
} from 'structured-headers';
import { SIGNATURE_ALGORITHM, SIGNATURE_LABEL } from '#lib/core/sync/http-signature.ts';

export interface ReadSignature {
	/** In the order in which they were signed. */
	readonly components: readonly string[];
	readonly createdS: number;
	readonly keyId: string;
	readonly nonce: string;
	/** The member of `Signature-Input` as RFC 8941 writes it. */
	readonly input: string;
	readonly signature: Uint8Array;
}

const MAX_NONCE_LENGTH = 100;

/** `none`: the request carries no signature under our label; `unreadable`: it carries a wrong one. */
export function readSignature(headers: Headers): ReadSignature | 'none' | 'unreadable' {
	const [inputs, signatures] = [
		parseHeader(headers.get('signature-input')),
		parseHeader(headers.get('signature')),
	];
	if (inputs === 'unreadable' || signatures === 'unreadable') return 'unreadable';
	const input = inputs?.get(SIGNATURE_LABEL);
	const signature = signatures?.get(SIGNATURE_LABEL);
	if (input === undefined && signature === undefined) return 'none';
	if (input === undefined || !isInnerList(input)) return 'unreadable';
	const components = readComponents(input);
	const parameters = readParameters(input[1]);
	const octets = signature?.[0];
	if (!components || !parameters || !(octets instanceof ArrayBuffer)) return 'unreadable';
	return {
		components,
		...parameters,
		input: serializeInnerList(input),
		signature: new Uint8Array(octets),
	};
}

function parseHeader(value: string | null): Dictionary | undefined | 'unreadable' {
	if (value === null) return undefined;
	try {
		return parseDictionary(value);
	} catch {
		return 'unreadable';
	}
}

/** Plain names only: a component with a parameter (`;req`, `;key`) is another one. */
function readComponents([items]: InnerList): string[] | undefined {
	const names = items.map(([name, parameters]) => (parameters.size === 0 ? name : undefined));
	return names.every((name) => typeof name === 'string') ? names : undefined;
}

function readParameters(
	parameters: Parameters,
): Pick<ReadSignature, 'createdS' | 'keyId' | 'nonce'> | undefined {
	const [createdS, keyId, nonce] = ['created', 'keyid', 'nonce'].map((name) =>
		parameters.get(name),
	);
	if (parameters.size !== 4 || parameters.get('alg') !== SIGNATURE_ALGORITHM) return undefined;
	if (!Number.isSafeInteger(createdS) || typeof keyId !== 'string') return undefined;
	if (typeof nonce !== 'string' || nonce.length < 16 || nonce.length > MAX_NONCE_LENGTH)
		return undefined;
	return { createdS: createdS as number, keyId, nonce };
}
