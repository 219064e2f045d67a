/**
 * An authenticator in software: one ES256 passkey, which it signs with as WebAuthn says (attestation
 * `none`). What it is told to lie about, it lies about.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

export interface Ceremony {
	readonly challenge: string;
	readonly rpId: string;
	readonly origin: string;
}

export class Authenticator {
	counter = 0;
	verifiesUser = true;
	readonly #id = randomBytes(16);
	readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

	get credentialId(): string {
		return this.#id.toString('base64url');
	}

	register({ challenge, rpId, origin }: Ceremony) {
		const clientData = clientDataOf('webauthn.create', challenge, origin);
		const idLength = Buffer.from([0, this.#id.length]);
		const credential = [Buffer.alloc(16), idLength, this.#id, this.#coseKey()];
		const authData = this.#authData(rpId, HAS_CREDENTIAL, credential);
		const attestationObject = Buffer.concat([
			...[map(3), text('fmt'), text('none'), text('attStmt'), map(0)],
			...[text('authData'), octets(authData)],
		]);
		return this.#credential({
			clientDataJSON: clientData.toString('base64url'),
			attestationObject: attestationObject.toString('base64url'),
		});
	}

	assert({ challenge, rpId, origin }: Ceremony) {
		this.counter += 1;
		const clientData = clientDataOf('webauthn.get', challenge, origin);
		const authenticatorData = this.#authData(rpId, 0, []);
		const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
		return this.#credential({
			clientDataJSON: clientData.toString('base64url'),
			authenticatorData: authenticatorData.toString('base64url'),
			signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
		});
	}

	#credential<Response>(response: Response) {
		const id = this.credentialId;
		return { id, rawId: id, type: 'public-key' as const, response };
	}

	#authData(rpId: string, flags: number, credential: readonly Buffer[]): Buffer {
		const counter = Buffer.alloc(4);
		counter.writeUInt32BE(this.counter);
		const all = flags | USER_PRESENT | (this.verifiesUser ? USER_VERIFIED : 0);
		return Buffer.concat([sha256(rpId), Buffer.from([all]), counter, ...credential]);
	}

	/** CBOR map of RFC 9053: EC2, ES256, P-256, x, y. */
	#coseKey(): Buffer {
		const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
		return Buffer.concat([
			...[map(5), Buffer.from([0x01, 0x02, 0x03, 0x26, 0x20, 0x01])],
			...[Buffer.from([0x21]), octets(Buffer.from(x, 'base64url'))],
			...[Buffer.from([0x22]), octets(Buffer.from(y, 'base64url'))],
		]);
	}
}

function clientDataOf(type: string, challenge: string, origin: string): Buffer {
	return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

const sha256 = (value: Buffer | string) => createHash('sha256').update(value).digest();

// CBOR, as far as it goes here.
const map = (entries: number) => Buffer.from([0xa0 | entries]);
const text = (value: string) =>
	Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)]);
function octets(value: Buffer): Buffer {
	const head =
		value.length < 256 ? [0x58, value.length] : [0x59, value.length >> 8, value.length & 0xff];
	return Buffer.concat([Buffer.from(head), value]);
}
