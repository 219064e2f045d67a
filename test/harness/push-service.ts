/**
 * A push service on loopback, and the browsers that subscribed to it: it looks at the sender's proof (RFC 8292)
 * and reads the message with the subscriber's key, written down here a second time from RFC 8291 and RFC 8188.
 */
import { createDecipheriv, createECDH, createHmac, randomBytes, type ECDH } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, jwtVerify } from 'jose';
import type { PushSubscriptionShape } from '#lib/core/sync/wire-reminders.ts';

interface Subscriber {
	readonly keys: ECDH;
	readonly auth: Buffer;
}

export interface Received {
	readonly content: string;
	readonly headers: Readonly<Record<string, unknown>>;
	/** Who sent it, by their own word and signature. */
	readonly claims: Readonly<Record<string, unknown>>;
	/** As it came, before anybody could read it. */
	readonly sealed: Buffer;
}

const hmac = (key: Uint8Array, ...parts: Uint8Array[]): Buffer =>
	createHmac('sha256', key).update(Buffer.concat(parts)).digest();
const oneBlock = (prk: Uint8Array, info: string | Buffer, octets: number): Buffer =>
	hmac(prk, Buffer.from(info), Buffer.of(1)).subarray(0, octets);

/** What a browser does with an encrypted message. @throws when it is not for this subscriber */
export function decryptPush(message: Buffer, { keys, auth }: Subscriber): Buffer {
	const salt = message.subarray(0, 16);
	const recordOctets = message.readUInt32BE(16);
	const sender = message.subarray(21, 21 + message.readUInt8(20));
	const record = message.subarray(21 + sender.length);
	if (record.length > recordOctets) throw new Error('more than one record');
	const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
	const ikm = oneBlock(hmac(auth, keys.computeSecret(sender)), keyInfo, 32);
	const prk = hmac(salt, ikm);
	const key = oneBlock(prk, 'Content-Encoding: aes128gcm\0', 16);
	const nonce = oneBlock(prk, 'Content-Encoding: nonce\0', 12);
	const cipher = createDecipheriv('aes-128-gcm', key, nonce);
	cipher.setAuthTag(record.subarray(-16));
	const plain = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
	const end = plain.findLastIndex((octet) => octet !== 0);
	if (plain[end] !== 2) throw new Error('not the last record');
	return plain.subarray(0, end);
}

export class FakePushService {
	readonly origin: string;
	readonly received: Received[] = [];
	/** Requests, whatever came of them. */
	requests = 0;
	/** What it answers with from now on. */
	status = 201;
	readonly #subscribers = new Map<string, Subscriber>();
	readonly #server: Server;

	private constructor(server: Server) {
		this.#server = server;
		this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	static async open(): Promise<FakePushService> {
		const server = createServer();
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const service = new FakePushService(server);
		server.on('request', (request, response) => {
			void service.#take(request).then(
				(status) => response.writeHead(status, { location: '/elsewhere' }).end(),
				(error: unknown) => response.writeHead(400).end(String(error)),
			);
		});
		return service;
	}

	/** A browser subscribes. */
	subscribe(): PushSubscriptionShape {
		const keys = createECDH('prime256v1');
		keys.generateKeys();
		const auth = randomBytes(16);
		const path = `/push/${this.#subscribers.size + 1}`;
		this.#subscribers.set(path, { keys, auth });
		return {
			endpoint: `${this.origin}${path}`,
			p256dh: keys.getPublicKey('base64url'),
			auth: auth.toString('base64url'),
		};
	}

	async #take(request: IncomingMessage): Promise<number> {
		this.requests += 1;
		const sealed = Buffer.concat((await request.toArray()) as Buffer[]);
		if (this.status !== 201) return this.status;
		const subscriber = this.#subscribers.get(request.url ?? '');
		if (request.method !== 'POST' || subscriber === undefined) return 404;
		const claims = await this.#senderOf(request.headers.authorization ?? '');
		const content = decryptPush(sealed, subscriber).toString();
		this.received.push({ content, headers: request.headers, claims, sealed });
		return 201;
	}

	async #senderOf(authorization: string): Promise<Record<string, unknown>> {
		const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(authorization) ?? [];
		const point = Buffer.from(key, 'base64url');
		const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
			half.toString('base64url'),
		) as [string, string];
		const jwk = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256');
		// By the token's own time: the test's clock stands still.
		const { payload } = await jwtVerify(token, jwk, {
			audience: this.origin,
			algorithms: ['ES256'],
			currentDate: new Date(0),
		});
		return { ...payload, key };
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}
