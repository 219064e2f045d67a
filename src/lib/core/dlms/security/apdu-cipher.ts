/**
 * Ciphering whole APDUs (IEC 62056-5-3, 5.7.2): in the service's own ciphered form (glo-, ded-), or in
 * general-glo- and general-ded-ciphering.
 */
import {
	type CipheredApdu,
	encodeCiphered,
	encodeGeneralCiphered,
	type GeneralCiphered,
} from '../apdu/general.ts';
import { cipheredScope, cipheredTag, type KeyScope } from '../apdu/tags.ts';
import { type CipherRefusal, cipherPayload, type Opened, openPayload } from './cipher.ts';
import { decodeSecurityControl, SYSTEM_TITLE_OCTETS } from './suite.ts';

/** The keys one association ciphers with; all as long as the suite says. */
export interface KeyRing {
	readonly authentication: Uint8Array;
	/** The global unicast encryption key. */
	readonly unicast: Uint8Array;
	readonly broadcast?: Uint8Array;
	/** Chosen by the client for one association. */
	readonly dedicated?: Uint8Array;
}

/** Which APDU the octets go into: the service's own, or the general one. */
export type CipherForm = 'service' | 'general';

export interface CipherOrder {
	readonly keys: KeyRing;
	readonly scope: KeyScope;
	readonly form: CipherForm;
	/** Security control octet. */
	readonly control: number;
	readonly counter: number;
	/** The sender's. */
	readonly systemTitle: Uint8Array;
}

/**
 * A plain APDU ciphered. A service without a form of its own goes into the general one.
 * @throws {TypeError} slip: the dedicated or broadcast key is not there
 */
export function cipherApdu(plain: Uint8Array, order: CipherOrder): Uint8Array {
	const { keys, scope, control, systemTitle } = order;
	const key = keyFor(keys, scope, control);
	if (!key) throw new TypeError('the key of this scope is missing');
	const context = { key, authenticationKey: keys.authentication, systemTitle };
	const content = cipherPayload(context, control, order.counter, plain);
	const tag = order.form === 'service' ? cipheredTag(plain[0] as number, scope) : undefined;
	if (tag !== undefined) return encodeCiphered({ apdu: 'ciphered', tag, content });
	const apdu = scope === 'glo' ? 'general-glo-ciphering' : 'general-ded-ciphering';
	return encodeGeneralCiphered({ apdu, systemTitle, content });
}

/** What was inside a ciphered APDU. */
export interface OpenedApdu extends Opened {
	readonly scope: KeyScope;
	readonly form: CipherForm;
}

/** Why a ciphered APDU stays closed. */
export type OpenRefusal = CipherRefusal | 'no-key' | 'other-sender' | 'wrong-service';

/**
 * Opens a ciphered APDU of the sender `systemTitle`; a general form may name no sender.
 * @throws {Breach} `payload-too-short`
 */
export function openApdu(
	apdu: CipheredApdu | GeneralCiphered,
	keys: KeyRing,
	systemTitle: Uint8Array,
): OpenedApdu | { readonly refused: OpenRefusal } {
	const own = apdu.apdu === 'ciphered' ? cipheredScope(apdu.tag) : undefined;
	const scope = own?.scope ?? (apdu.apdu === 'general-ded-ciphering' ? 'ded' : 'glo');
	// Without the sender's title there is no initial vector.
	const known = systemTitle.length === SYSTEM_TITLE_OCTETS;
	if (!known || (apdu.apdu !== 'ciphered' && !namesSender(apdu, systemTitle)))
		return { refused: 'other-sender' };
	const key = keyFor(keys, scope, apdu.content[0] ?? 0);
	if (!key) return { refused: 'no-key' };
	const context = { key, authenticationKey: keys.authentication, systemTitle };
	const opened = openPayload(context, apdu.content);
	if ('refused' in opened) return opened;
	// A get-response ciphered as if it were a set-response is a forgery or a fault; both are refused.
	if (own && opened.plaintext[0] !== own.plain) return { refused: 'wrong-service' };
	return { ...opened, scope, form: own ? 'service' : 'general' };
}

function keyFor(keys: KeyRing, scope: KeyScope, control: number): Uint8Array | undefined {
	if (scope === 'ded') return keys.dedicated;
	return decodeSecurityControl(control).broadcast ? keys.broadcast : keys.unicast;
}

function namesSender({ systemTitle }: GeneralCiphered, expected: Uint8Array): boolean {
	return systemTitle.length === 0 || systemTitle.every((octet, index) => octet === expected[index]);
}
