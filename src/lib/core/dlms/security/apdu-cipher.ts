/**
 * Ciphering whole APDUs (IEC 62056-5-3, 5.7.2): in the service's own ciphered form (glo-, ded-), in
 * general-glo- and general-ded-ciphering, or in general-ciphering under a key both sides identify.
 *
 * Always holds: a key that travels in the message, wrapped or agreed on the way, opens nothing here: an
 * association knows its keys before.
 */
import { equalBytes } from '#lib/core/bytes/equal.ts';
import {
	type CipheredApdu,
	encodeCiphered,
	encodeGeneralCiphered,
	encodeGeneralCiphering,
	type GeneralCiphered,
	type GeneralCiphering,
} from '../apdu/general.ts';
import { cipheredScope, cipheredTag, type KeyScope } from '../apdu/tags.ts';
import { type CipherRefusal, cipherPayload, type Opened, openPayload } from './cipher.ts';
import { cipherGeneral, openGeneral } from './general-message.ts';
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

/**
 * Which APDU the octets go into: the service's own, general-glo- or -ded-ciphering, or
 * general-ciphering with an identified key, which is the global unicast one.
 */
export type CipherForm = 'service' | 'general' | 'identified';

export interface CipherOrder {
	readonly keys: KeyRing;
	readonly scope: KeyScope;
	readonly form: CipherForm;
	/** Security control octet. */
	readonly control: number;
	readonly counter: number;
	/** The sender's. */
	readonly systemTitle: Uint8Array;
	/** Title of the one it is for; general-ciphering only. */
	readonly recipient?: Uint8Array;
	/** What an answer repeats of its request; general-ciphering only. */
	readonly transactionId?: Uint8Array;
}

/**
 * A plain APDU ciphered. A service without a form of its own goes into the general one.
 * @throws {TypeError} slip: the dedicated or broadcast key is not there
 */
export function cipherApdu(plain: Uint8Array, order: CipherOrder): Uint8Array {
	if (order.form === 'identified') return cipherIdentified(plain, order);
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

const NOTHING = new Uint8Array();
const GLOBAL_UNICAST = { kind: 'identified', keyId: 0 } as const;

function cipherIdentified(plain: Uint8Array, order: CipherOrder): Uint8Array {
	const { keys, control, counter, systemTitle } = order;
	const header = {
		transactionId: order.transactionId ?? NOTHING,
		originator: systemTitle,
		recipient: order.recipient ?? NOTHING,
		dateTime: NOTHING,
		otherInformation: NOTHING,
	};
	const under = { key: keys.unicast, authenticationKey: keys.authentication };
	return encodeGeneralCiphering(
		cipherGeneral(header, GLOBAL_UNICAST, under, control, counter, plain),
	);
}

/** What was inside a ciphered APDU. */
export interface OpenedApdu extends Opened {
	readonly scope: KeyScope;
	readonly form: CipherForm;
	/** Of general-ciphering. */
	readonly transactionId?: Uint8Array;
}

/** Why a ciphered APDU stays closed. */
export type OpenRefusal =
	| CipherRefusal
	| 'no-key'
	| 'other-sender'
	| 'wrong-service'
	/** general-ciphering under a key that the message carries or derives. */
	| 'key-not-identified';

/**
 * Opens a ciphered APDU of the sender `systemTitle`; a general form may name no sender.
 * @throws {Breach} `payload-too-short`
 */
export function openApdu(
	apdu: CipheredApdu | GeneralCiphered | GeneralCiphering,
	keys: KeyRing,
	systemTitle: Uint8Array,
): OpenedApdu | { readonly refused: OpenRefusal } {
	if (apdu.apdu === 'general-ciphering') return openIdentified(apdu, keys, systemTitle);
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

function openIdentified(
	apdu: GeneralCiphering,
	keys: KeyRing,
	systemTitle: Uint8Array,
): OpenedApdu | { readonly refused: OpenRefusal } {
	const { originator, transactionId } = apdu.header;
	if (!equalBytes(originator, systemTitle)) return { refused: 'other-sender' };
	if (apdu.key?.kind !== 'identified') return { refused: 'key-not-identified' };
	const { authentication, unicast, broadcast } = keys;
	const opened = openGeneral(apdu, { authentication, unicast, ...(broadcast && { broadcast }) });
	if ('refused' in opened) return opened;
	// The key is told by its id; the bit of the control octet that would tell it again must be 0.
	if (opened.control.broadcast) return { refused: 'no-key' };
	return { ...opened, scope: 'glo', form: 'identified', transactionId };
}

function keyFor(keys: KeyRing, scope: KeyScope, control: number): Uint8Array | undefined {
	if (scope === 'ded') return keys.dedicated;
	return decodeSecurityControl(control).broadcast ? keys.broadcast : keys.unicast;
}

function namesSender({ systemTitle }: GeneralCiphered, expected: Uint8Array): boolean {
	return systemTitle.length === 0 || systemTitle.every((octet, index) => octet === expected[index]);
}
