import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { decodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import type { GeneralCiphered, CipheredApdu } from '#lib/core/dlms/apdu/general.ts';
import type { HighMechanism } from '#lib/core/dlms/acse/names.ts';
import { cipherApdu, openApdu } from '#lib/core/dlms/security/apdu-cipher.ts';
import { cipherPayload, openPayload } from '#lib/core/dlms/security/cipher.ts';
import {
	acceptCounter,
	counterIsFresh,
	takeCounter,
	volatileCounters,
} from '#lib/core/dlms/security/counter.ts';
import {
	cipherGeneral,
	generalSignatureHolds,
	openGeneral,
	signGeneral,
} from '#lib/core/dlms/security/general-message.ts';
import { answerChallenge, answerHolds } from '#lib/core/dlms/security/hls.ts';
import {
	agreedKey,
	algorithmId,
	unwrapKey,
	wrapKey,
} from '#lib/core/dlms/security/key-transport.ts';
import {
	policyOfVersion0,
	policyOfVersion1,
	protectionFor,
	satisfies,
} from '#lib/core/dlms/security/policy.ts';
import { publicKey, sharedSecret } from '#lib/core/dlms/security/signature.ts';
import {
	decodeSecurityControl,
	encodeSecurityControl,
	expectKey,
	securityControl,
	type SuiteId,
} from '#lib/core/dlms/security/suite.ts';
import { expectSturdy } from '../every-way.ts';

const EK = parseHex('000102030405060708090a0b0c0d0e0f');
const AK = parseHex('d0d1d2d3d4d5d6d7d8d9dadbdcdddedf');
const CLIENT = parseHex('434c490000000001');
const METER = parseHex('4d4d4d0000bc614e');
const GET = parseHex('c001c100080000010000ff0200');
const context = { key: EK, authenticationKey: AK, systemTitle: METER };
const wide = (octets: Uint8Array) => Uint8Array.of(...octets, ...octets);

describe('a ciphered payload', () => {
	it.each([0, 1, 2] as const)('opens in suite %i under each protection', (suite) => {
		const keys = suite === 2 ? { ...context, key: wide(EK), authenticationKey: wide(AK) } : context;
		for (const protection of ['authenticated', 'encrypted', 'authenticated-encrypted'] as const) {
			const control = securityControl(suite, protection);
			const content = cipherPayload(keys, control, 7, GET);
			expect(openPayload(keys, content)).toEqual({
				control: decodeSecurityControl(control),
				counter: 7,
				plaintext: GET,
			});
			expectSturdy((octets) => openPayload(keys, octets), content, false);
		}
	});

	it('stays closed under another key, title, authentication key or binding', () => {
		const content = cipherPayload(context, 0x30, 7, GET);
		for (const other of [
			{ ...context, key: AK },
			{ ...context, authenticationKey: EK },
			{ ...context, systemTitle: CLIENT },
			{ ...context, bound: Uint8Array.of(1) },
		])
			expect(openPayload(other, content)).toEqual({ refused: 'wrong-tag' });
	});

	it('is refused without protection or with compression', () => {
		const content = cipherPayload(context, 0x30, 7, GET);
		expect(openPayload(context, Uint8Array.of(0x00, ...content.subarray(1)))).toEqual({
			refused: 'no-protection',
		});
		expect(openPayload(context, Uint8Array.of(0xb0, ...content.subarray(1)))).toEqual({
			refused: 'compressed',
		});
		expect(() => openPayload(context, new Uint8Array())).toThrow(
			expect.objectContaining({ code: 'payload-too-short' }),
		);
	});

	it('slips on what may never be sent', () => {
		expect(() => cipherPayload(context, 0x00, 7, GET)).toThrow(RangeError);
		expect(() => cipherPayload(context, 0x30, -1, GET)).toThrow(RangeError);
		expect(() => cipherPayload({ ...context, systemTitle: EK }, 0x30, 1, GET)).toThrow(RangeError);
		expect(() => expectKey(2, EK)).toThrow(/32 octets/);
		for (let octet = 0; octet < 256; octet += 1)
			expect(encodeSecurityControl(decodeSecurityControl(octet))).toBe(octet);
	});
});

describe('a ciphered APDU', () => {
	const keys = { unicast: EK, authentication: AK, dedicated: AK, broadcast: wide(EK).slice(3, 19) };
	const order = {
		keys,
		scope: 'glo',
		form: 'service',
		control: 0x30,
		counter: 1,
		systemTitle: CLIENT,
	} as const;
	const decode = (octets: Uint8Array) => decodeApdu(octets) as CipheredApdu | GeneralCiphered;

	it.each([
		['glo', 'service', 'ciphered'],
		['ded', 'service', 'ciphered'],
		['glo', 'general', 'general-glo-ciphering'],
		['ded', 'general', 'general-ded-ciphering'],
	] as const)('of scope %s in the %s form opens', (scope, form, name) => {
		const apdu = decode(cipherApdu(GET, { ...order, scope, form }));
		expect(apdu.apdu).toBe(name);
		expect(openApdu(apdu, keys, CLIENT)).toMatchObject({ plaintext: GET, scope, form, counter: 1 });
	});

	it('goes into the general form where the service has none of its own', () => {
		const notification = Uint8Array.of(0x0f, 0, 0, 0, 1, 0, 0);
		expect(decode(cipherApdu(notification, order)).apdu).toBe('general-glo-ciphering');
	});

	it('says why it stays closed', () => {
		const apdu = decode(cipherApdu(GET, { ...order, form: 'general' }));
		expect(openApdu(apdu, keys, METER)).toEqual({ refused: 'other-sender' });
		const dedicated = decode(cipherApdu(GET, { ...order, scope: 'ded' }));
		expect(openApdu(dedicated, { unicast: EK, authentication: AK }, CLIENT)).toEqual({
			refused: 'no-key',
		});
		const get = decode(cipherApdu(GET, order)) as CipheredApdu;
		expect(openApdu({ ...get, tag: 0xcd }, keys, CLIENT)).toEqual({ refused: 'wrong-service' });
		expect(() =>
			cipherApdu(GET, { ...order, scope: 'ded', keys: { unicast: EK, authentication: AK } }),
		).toThrow(TypeError);
	});

	it('uses the broadcast key where the control says so', () => {
		const apdu = decode(cipherApdu(GET, { ...order, control: 0x70 }));
		expect(openApdu(apdu, keys, CLIENT)).toMatchObject({ plaintext: GET });
		expect(openApdu(apdu, { unicast: EK, authentication: AK }, CLIENT)).toEqual({
			refused: 'no-key',
		});
	});
});

describe('high-level security', () => {
	const clientKey = new Uint8Array(32).fill(7);
	const meterKey = new Uint8Array(32).fill(9);
	const shared = {
		suite: 1 as SuiteId,
		secret: parseHex('4775727578'),
		encryptionKey: EK,
		authenticationKey: AK,
	};
	const client = { ...shared, signingKey: clientKey, peerVerifyingKey: publicKey(1, meterKey) };
	const meter = { ...shared, signingKey: meterKey, peerVerifyingKey: publicKey(1, clientKey) };
	const pass3 = {
		challenge: new Uint8Array(16).fill(1),
		counterChallenge: new Uint8Array(16).fill(2),
		ownTitle: CLIENT,
		peerTitle: METER,
	};

	it.each([
		'high-manufacturer',
		'high-md5',
		'high-sha1',
		'high-gmac',
		'high-sha256',
		'high-ecdsa',
	] as HighMechanism[])('%s proves itself, and nothing else passes', (mechanism) => {
		const answer = answerChallenge(mechanism, client, pass3, 5);
		expect(answerHolds(mechanism, meter, pass3, answer)).toBe(true);
		for (let at = 0; at < answer.length; at += 1) {
			const spoiled = answer.slice();
			spoiled[at] = (spoiled[at] as number) ^ 0x10;
			// The counter of a GMAC is part of what it proves, so every octet counts.
			expect(answerHolds(mechanism, meter, pass3, spoiled)).toBe(false);
		}
		const other = { ...pass3, challenge: pass3.counterChallenge };
		expect(answerHolds(mechanism, meter, other, answer)).toBe(false);
		expect(answerHolds(mechanism, meter, pass3, answer.subarray(1))).toBe(false);
	});

	it('slips where the secret is missing, without naming it', () => {
		expect(() => answerChallenge('high-md5', { suite: 0 }, pass3, 0)).toThrow(TypeError);
	});
});

describe('keys on the way', () => {
	it('unwraps what was wrapped, and nothing else', () => {
		for (const kek of [EK, wide(AK)]) {
			const wrapped = wrapKey(kek, EK);
			expect(wrapped).toHaveLength(24);
			expect(unwrapKey(kek, wrapped)).toEqual(EK);
			wrapped[3] = (wrapped[3] as number) ^ 1;
			expect(unwrapKey(kek, wrapped)).toBeUndefined();
			expect(unwrapKey(kek, wrapped.subarray(1))).toBeUndefined();
		}
		expect(wrapKey(wide(EK), wide(AK))).toHaveLength(40);
	});

	it.each([
		[1, 32, 16],
		[2, 48, 32],
	] as const)('agrees on one key from both ends in suite %i', (suite, privateOctets, keyOctets) => {
		const [a, b] = [new Uint8Array(privateOctets).fill(3), new Uint8Array(privateOctets).fill(5)];
		const left = sharedSecret(suite, a, publicKey(suite, b)) as Uint8Array;
		expect(left).toEqual(sharedSecret(suite, b, publicKey(suite, a)));
		expect(agreedKey(suite, left, CLIENT, METER)).toHaveLength(keyOctets);
		expect(sharedSecret(suite, a, new Uint8Array(privateOctets * 2))).toBeUndefined();
	});

	it('names algorithms, and has none in suite 0', () => {
		expect([...algorithmId('aes-gcm-256').subarray(-2)]).toEqual([3, 1]);
		expect(() => agreedKey(0, EK, CLIENT, METER)).toThrow(TypeError);
		expect(() => publicKey(0, EK)).toThrow(TypeError);
	});
});

describe('general-ciphering and general-signing', () => {
	const header = {
		transactionId: Uint8Array.of(1),
		originator: CLIENT,
		recipient: METER,
		dateTime: new Uint8Array(),
		otherInformation: new Uint8Array(),
	};
	const keys = {
		authentication: AK,
		unicast: EK,
		broadcast: wide(EK).slice(1, 17),
		keyEncryption: wide(AK).slice(2, 18),
		agreed: wide(EK).slice(4, 20),
	};

	it.each([
		['identified unicast', { kind: 'identified', keyId: 0 }, keys.unicast],
		['identified broadcast', { kind: 'identified', keyId: 1 }, keys.broadcast],
		['wrapped', { kind: 'wrapped', kekId: 0, wrapped: wrapKey(keys.keyEncryption, AK) }, AK],
		[
			'agreed',
			{ kind: 'agreed', parameters: new Uint8Array(), keyData: new Uint8Array() },
			keys.agreed,
		],
		['none', undefined, keys.agreed],
	] as const)('opens with %s key information', (_, information, key) => {
		const apdu = cipherGeneral(header, information, { key, authenticationKey: AK }, 0x30, 9, GET);
		expect(openGeneral(apdu, keys)).toMatchObject({ plaintext: GET, counter: 9 });
		const elsewhere = { ...apdu, header: { ...header, transactionId: Uint8Array.of(2) } };
		expect(openGeneral(elsewhere, keys)).toEqual({ refused: 'wrong-tag' });
	});

	it('refuses a key it does not have and a sender without a title', () => {
		const apdu = cipherGeneral(
			header,
			{ kind: 'identified', keyId: 7 },
			{ key: EK, authenticationKey: AK },
			0x30,
			9,
			GET,
		);
		expect(openGeneral(apdu, keys)).toEqual({ refused: 'no-key' });
		expect(
			openGeneral({ ...apdu, header: { ...header, originator: new Uint8Array() } }, keys),
		).toEqual({ refused: 'other-sender' });
	});

	it('signs header and content', () => {
		const signingKey = new Uint8Array(48).fill(7);
		const signed = signGeneral(2, header, signingKey, GET);
		const verifyingKey = publicKey(2, signingKey);
		expect(signed.signature).toHaveLength(96);
		expect(generalSignatureHolds(2, signed, verifyingKey)).toBe(true);
		expect(generalSignatureHolds(2, { ...signed, content: AK }, verifyingKey)).toBe(false);
		expect(generalSignatureHolds(2, { ...signed, signature: AK }, verifyingKey)).toBe(false);
	});
});

describe('counters and policies', () => {
	it('never gives a value twice, and writes it before it is used', () => {
		const port = volatileCounters({ send: 0xffff_fffe });
		expect([
			takeCounter(port, 'send'),
			takeCounter(port, 'send'),
			takeCounter(port, 'send'),
		]).toEqual([0xffff_fffe, 0xffff_ffff, undefined]);
		expect(takeCounter(port, 'other')).toBe(0);
		expect(port.read('other')).toBe(1);
	});

	it('takes only values above the last one that was right', () => {
		const port = volatileCounters();
		expect(counterIsFresh(port, 'peer', 0)).toBe(true);
		acceptCounter(port, 'peer', 5);
		expect([counterIsFresh(port, 'peer', 5), counterIsFresh(port, 'peer', 6)]).toEqual([
			false,
			true,
		]);
	});

	it('reads policies of both versions', () => {
		expect(protectionFor(policyOfVersion0(0).request)).toBeUndefined();
		expect(protectionFor(policyOfVersion0(1).response)).toBe('authenticated');
		expect(protectionFor(policyOfVersion0(2).request)).toBe('encrypted');
		const mixed = policyOfVersion1(0x04 | 0x20 | 0x40);
		expect(protectionFor(mixed.request)).toBe('authenticated');
		expect(protectionFor(mixed.response)).toBe('authenticated-encrypted');
		expect(satisfies(mixed.request, 0x10)).toBe(true);
		expect(satisfies(mixed.response, 0x10)).toBe(false);
		expect(satisfies(policyOfVersion1(0x10).request, 0x31)).toBe(false);
		expect(satisfies(policyOfVersion1(0x10).request, 0x31, true)).toBe(true);
	});
});
