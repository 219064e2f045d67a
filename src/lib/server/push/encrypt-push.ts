/**
 * Message encryption for Web Push (RFC 8291 over RFC 8188, `aes128gcm`): only the browser that subscribed can
 * read it. One record; its content is the caller's, its length is to be seen.
 */
import { createCipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';

/** Of a subscription: its public key, an uncompressed point of P-256, and its secret of 16 octets. */
export interface PushReceiver {
	readonly p256dh: Uint8Array;
	readonly auth: Uint8Array;
}

/** What is new with every message; a test gives its own. */
interface Fresh {
	readonly sender: ECDH;
	/** 16 octets. */
	readonly salt: Uint8Array;
}

/** RFC 8291, section 4: a push service need not take more. */
const RECORD_OCTETS = 4_096;
const TAG_OCTETS = 16;
const HEADER_OCTETS = 86;
export const MAX_PUSH_OCTETS = RECORD_OCTETS - HEADER_OCTETS - TAG_OCTETS - 1;
/** Section 2 of RFC 8188: what follows in the last record is padding, here none. */
const LAST_RECORD = 2;

/**
 * The body of the request, header and record.
 * @throws {RangeError} slip: longer than a push service must take
 * @throws {Error} when the receiver's key is no point of the curve
 */
export function encryptPush(
	content: Uint8Array,
	{ p256dh, auth }: PushReceiver,
	{ sender, salt }: Fresh = fresh(),
): Buffer {
	if (content.length > MAX_PUSH_OCTETS) throw new RangeError('too long for one record');
	const own = sender.getPublicKey();
	const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, own]);
	// Section 3.3: the subscription's secret goes in, so that a push service cannot make the key.
	const ikm = derive(sender.computeSecret(p256dh), auth, info, 32);
	const key = derive(ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
	const nonce = derive(ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
	const cipher = createCipheriv('aes-128-gcm', key, nonce);
	const record = [cipher.update(content), cipher.update(Buffer.of(LAST_RECORD)), cipher.final()];
	const header = Buffer.alloc(5);
	header.writeUInt32BE(RECORD_OCTETS);
	header.writeUInt8(own.length, 4);
	return Buffer.concat([salt, header, own, ...record, cipher.getAuthTag()]);
}

function fresh(): Fresh {
	const sender = createECDH('prime256v1');
	sender.generateKeys();
	return { sender, salt: randomBytes(16) };
}

const derive = (ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, octets: number): Buffer =>
	Buffer.from(hkdfSync('sha256', ikm, salt, info, octets));
