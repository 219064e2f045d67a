/**
 * general-ciphering and general-signing (IEC 62056-5-3, 5.7.2.4 and 5.7.2.5): the header is bound to
 * the payload, the key may travel along.
 */
import {
	encodeGeneralHeader,
	type GeneralCiphering,
	type GeneralHeader,
	type GeneralSigning,
	type KeyInformation,
	signedPart,
} from '../apdu/general.ts';
import {
	type CipherContext,
	type CipherRefusal,
	cipherPayload,
	type Opened,
	openPayload,
} from './cipher.ts';
import { unwrapKey } from './key-transport.ts';
import { sign, signatureHolds } from './signature.ts';
import type { SuiteId } from './suite.ts';

/** The keys of a party to general-ciphering. */
export interface GeneralKeys {
	readonly authentication: Uint8Array;
	readonly unicast: Uint8Array;
	readonly broadcast?: Uint8Array;
	/** Opens wrapped keys. */
	readonly keyEncryption?: Uint8Array;
	/** Agreed beforehand, for `agreed` and for no key information at all. */
	readonly agreed?: Uint8Array;
}

/** Ciphers `plain` under `key`; `information` tells the other side which key that is. */
export function cipherGeneral(
	header: GeneralHeader,
	information: KeyInformation | undefined,
	keys: Pick<CipherContext, 'key' | 'authenticationKey'>,
	control: number,
	counter: number,
	plain: Uint8Array,
): GeneralCiphering {
	const context = { ...keys, systemTitle: header.originator, bound: encodeGeneralHeader(header) };
	return {
		apdu: 'general-ciphering',
		header,
		...(information && { key: information }),
		content: cipherPayload(context, control, counter, plain),
	};
}

/** @throws {Breach} `payload-too-short` */
export function openGeneral(
	apdu: GeneralCiphering,
	keys: GeneralKeys,
): Opened | { readonly refused: CipherRefusal | 'no-key' | 'other-sender' } {
	if (apdu.header.originator.length !== 8) return { refused: 'other-sender' };
	const key = keyOf(apdu.key, keys);
	if (!key) return { refused: 'no-key' };
	const context = {
		key,
		authenticationKey: keys.authentication,
		systemTitle: apdu.header.originator,
		bound: encodeGeneralHeader(apdu.header),
	};
	return openPayload(context, apdu.content);
}

function keyOf(information: KeyInformation | undefined, keys: GeneralKeys): Uint8Array | undefined {
	if (!information || information.kind === 'agreed') return keys.agreed;
	if (information.kind === 'identified')
		return information.keyId === 0
			? keys.unicast
			: information.keyId === 1
				? keys.broadcast
				: undefined;
	return keys.keyEncryption && information.kekId === 0
		? unwrapKey(keys.keyEncryption, information.wrapped)
		: undefined;
}

/** `content` signed by its sender. @throws {TypeError} slip: suite 0 */
export function signGeneral(
	suite: SuiteId,
	header: GeneralHeader,
	signingKey: Uint8Array,
	content: Uint8Array,
): GeneralSigning {
	const signature = sign(suite, signingKey, signedPart({ header, content }));
	return { apdu: 'general-signing', header, content, signature };
}

/** Whether the owner of `verifyingKey` signed header and content. */
export function generalSignatureHolds(
	suite: SuiteId,
	apdu: GeneralSigning,
	verifyingKey: Uint8Array,
): boolean {
	return signatureHolds(suite, verifyingKey, signedPart(apdu), apdu.signature);
}
