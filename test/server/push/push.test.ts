import { createECDH, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideEndpoint } from '#lib/server/push/decide-endpoint.ts';
import { encryptPush, MAX_PUSH_OCTETS } from '#lib/server/push/encrypt-push.ts';
import { makePushKey, pushKeyOf, type PushKey } from '#lib/server/push/push-key.ts';
import { outcomeOf, sendPush } from '#lib/server/push/send-push.ts';
import { readPushSettings } from '#lib/server/push/settings.ts';
import { decryptPush, FakePushService } from '../../harness/push-service.ts';
import '../../harness/seed.ts';

const text = (base64url: string) => Buffer.from(base64url, 'base64url');
const withKey = (d: Uint8Array) => {
	const ecdh = createECDH('prime256v1');
	ecdh.setPrivateKey(d);
	return ecdh;
};

describe('the encryption of a push', () => {
	/** RFC 8291, section 5 and appendix A. */
	const example = {
		sender: withKey(text('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw')),
		salt: text('DGv6ra1nlYgDCS1FRnbzlw'),
		auth: text('BTBZMqHH6r4Tts7J_aSIgg'),
		p256dh: text(
			'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
		),
		message:
			'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
	};

	it('is that of the standard’s own example', () => {
		const content = Buffer.from('When I grow up, I want to be a watermelon');
		const message = encryptPush(content, example, example);
		expect(message.toString('base64url')).toBe(example.message);
		const receiver = {
			keys: withKey(text('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94')),
			auth: example.auth,
		};
		expect(decryptPush(message, receiver)).toEqual(content);
	});

	it('is read by its receiver whatever it says, and by nobody else', () => {
		const receiver = () => {
			const keys = createECDH('prime256v1');
			keys.generateKeys();
			return { keys, auth: randomBytes(16) };
		};
		const [own, other] = [receiver(), receiver()];
		const sealed = (content: Uint8Array) =>
			encryptPush(content, { p256dh: own.keys.getPublicKey(), auth: own.auth });
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: MAX_PUSH_OCTETS }), (content) => {
				const message = sealed(content);
				expect(message.length).toBeLessThanOrEqual(4_096);
				expect(decryptPush(message, own)).toEqual(Buffer.from(content));
				expect(() => decryptPush(message, other)).toThrow();
				expect(() => decryptPush(message, { ...own, auth: other.auth })).toThrow();
			}),
			{ numRuns: 40 },
		);
		// Never the same twice.
		expect(sealed(Buffer.from('x'))).not.toEqual(sealed(Buffer.from('x')));
	});

	it('takes nothing that a push service need not take, and no key that is none', () => {
		expect(() => encryptPush(Buffer.alloc(MAX_PUSH_OCTETS + 1), example)).toThrow(RangeError);
		const p256dh = Buffer.from([4, ...Buffer.alloc(64, 1)]);
		expect(() => encryptPush(Buffer.of(), { ...example, p256dh })).toThrow();
	});
});

describe('where a push may go', () => {
	const live = readPushSettings({ TOKENLINE_PUSH_HOSTS: 'push.example.org' }, 'live');
	it.each([
		'https://fcm.googleapis.com/fcm/send/abc',
		'https://updates.push.services.mozilla.com/wpush/v2/abc',
		'https://web.push.apple.com/abc',
		'https://db5p.notify.windows.com/w/?token=abc',
		'https://push.example.org/1',
	])('%s', (endpoint) => expect(decideEndpoint(endpoint, live)).toHaveProperty('endpoint'));

	it.each([
		'http://fcm.googleapis.com/fcm/send/abc',
		'https://fcm.googleapis.com:8443/fcm/send/abc',
		'https://fcm.googleapis.com.evil.example/abc',
		'https://evilfcm.googleapis.com.example/abc',
		'https://notfcm.googleapis.com@evil.example/abc',
		'https://user:word@fcm.googleapis.com/abc',
		'https://googleapis.com/abc',
		'https://169.254.169.254/latest/meta-data',
		'https://[::1]/x',
		'https://localhost/x',
		'http://127.0.0.1:8080/x',
		'file:///etc/passwd',
		'//fcm.googleapis.com/x',
		'',
	])('not %s', (endpoint) =>
		expect(decideEndpoint(endpoint, live)).toEqual({ refusal: 'push-endpoint' }),
	);

	it('on loopback in the demo only', () => {
		const demo = readPushSettings({}, 'demo');
		expect(decideEndpoint('http://127.0.0.1:8080/x', demo)).toHaveProperty('endpoint');
		expect(decideEndpoint('http://10.0.0.1:8080/x', demo)).toHaveProperty('refusal');
		expect(decideEndpoint('ftp://127.0.0.1/x', demo)).toHaveProperty('refusal');
	});

	it.each([
		{ TOKENLINE_PUSH_HOSTS: 'https://push.example' },
		{ TOKENLINE_PUSH_HOSTS: 'localhost' },
		{ TOKENLINE_PUSH_HOSTS: '10.0.0.1' },
		{ TOKENLINE_PUSH_CONTACT: 'somebody' },
	])('is not told by %j', (environment) =>
		expect(() => readPushSettings(environment, 'live')).toThrow(/TOKENLINE_PUSH_/),
	);

	it('has somebody who answers for it', () => {
		const contactOf = (environment: Record<string, string>) =>
			readPushSettings(environment, 'live').contact;
		expect(contactOf({ ORIGIN: 'https://shop.example' })).toBe('https://shop.example');
		expect(contactOf({ TOKENLINE_PUSH_CONTACT: 'mailto:a@b.example' })).toBe('mailto:a@b.example');
		expect(contactOf({ ORIGIN: 'http://localhost:4180' })).toMatch(/^mailto:/);
	});
});

describe('a push', () => {
	let service: FakePushService;
	let pushKey: PushKey;
	const nowMs = Date.UTC(2026, 10, 20);
	const send = (endpoint: string, keys = service.subscribe()) =>
		sendPush(
			{ pushKey, push: readPushSettings({}, 'demo'), clock: { nowMs: () => nowMs } },
			{ ...keys, endpoint, content: 'hello', name: 'one', keepMs: 86_400_000 },
		);
	beforeAll(async () => {
		service = await FakePushService.open();
		pushKey = await pushKeyOf(makePushKey(), 'mailto:a@b.example');
	});
	afterAll(() => service.close());

	it('comes sealed, from a sender that proves who it is', async () => {
		const keys = service.subscribe();
		expect(await send(keys.endpoint, keys)).toBe('sent');
		const [received] = service.received;
		expect(received).toMatchObject({
			content: 'hello',
			headers: { ttl: '86400', 'content-encoding': 'aes128gcm', urgency: 'normal' },
			claims: { aud: service.origin, sub: 'mailto:a@b.example', key: pushKey.publicKey },
		});
		expect(received?.claims.exp).toBe(nowMs / 1_000 + 43_200);
		expect(received?.headers.topic).toMatch(/^[\w-]{32}$/);
		expect(received?.sealed.includes('hello')).toBe(false);
	});

	it.each([
		[404, 'gone'],
		[410, 'gone'],
		[400, 'never'],
		[413, 'never'],
		[429, 'later'],
		[500, 'later'],
		[503, 'later'],
		// Nobody is followed to where they point.
		[302, 'never'],
	])('answered with %s: %s', async (status, outcome) => {
		expect(outcomeOf(status)).toBe(outcome);
		const before = service.requests;
		service.status = status;
		expect(await send(service.subscribe().endpoint)).toBe(outcome);
		service.status = 201;
		expect(service.requests).toBe(before + 1);
	});

	it('to nowhere, or to a key that is none', async () => {
		const closed = await FakePushService.open();
		const keys = closed.subscribe();
		await closed.close();
		expect(await send(keys.endpoint, keys)).toBe('later');
		expect(await send('https://evil.example/x')).toBe('never');
		const p256dh = Buffer.from([4, ...Buffer.alloc(64, 1)]).toString('base64url');
		const odd = { ...service.subscribe(), p256dh };
		expect(await send(odd.endpoint, odd)).toBe('never');
	});
});
