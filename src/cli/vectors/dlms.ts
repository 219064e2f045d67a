/** The DLMS half of the vector runner: one function per layer, each throws where the vector does not hold. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Breach } from '#lib/core/bytes/breach.ts';
import { crc16X25 } from '#lib/core/bytes/crc16.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { decodeApdu, encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { decodeData } from '#lib/core/dlms/axdr/decode.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import type { HdlcAddress } from '#lib/core/dlms/hdlc/address.ts';
import { encodeControl } from '#lib/core/dlms/hdlc/control.ts';
import { decodeFrame, encodeFrame, type Frame } from '#lib/core/dlms/hdlc/frame.ts';
import { removeLlc } from '#lib/core/dlms/hdlc/llc.ts';
import { openApdu } from '#lib/core/dlms/security/apdu-cipher.ts';
import { cipherPayload, openPayload } from '#lib/core/dlms/security/cipher.ts';
import { gmac, gmacHolds } from '#lib/core/dlms/security/gmac.ts';
import { answerChallenge } from '#lib/core/dlms/security/hls.ts';
import { concatenationKdf, unwrapKey, wrapKey } from '#lib/core/dlms/security/key-transport.ts';
import { decodeWrapper, encodeWrapper } from '#lib/core/dlms/wrapper/header.ts';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { runSession } from './dlms-session.ts';
import { difference, type Shape, shapeOfApdu, shapeOfData } from './dlms-shape.ts';
import { Fields, UnreadableField } from './fields.ts';
import { expectEqual, Mismatch } from './mismatch.ts';
import { failed, type Vector, type Verdict } from './verdict.ts';

/** Runs one DLMS vector. Whatever is in it, the answer is a verdict. */
export function runVector(vector: Vector): Verdict {
	try {
		const run = LAYERS[String(vector.layer)];
		if (!run) return failed('a known layer', `layer ${String(vector.layer)}`);
		run(new Fields(vector, 'vector'));
		return { outcome: 'passed' };
	} catch (error) {
		if (error instanceof Mismatch) return failed(error.expected, error.came);
		if (error instanceof UnreadableField) return failed('a vector that can be run', error.message);
		// A breach, or a slip of the product on some input, is a failed vector, not the end of the run.
		return failed('an answer', String(error));
	}
}

const LAYERS: Readonly<Record<string, (vector: Fields) => void>> = {
	fcs: runFcs,
	hdlc: codec(decodeFrame, encodeFrame, shapeOfFrame),
	wrapper: codec(decodeWrapper, encodeWrapper, (frame) => ({
		src: frame.source,
		dst: frame.destination,
		len: frame.apdu.length,
		apdu: apduShape(frame.apdu),
	})),
	acse: codec(decodeApdu, encodeApdu, (apdu, octets) => shapeOfApdu(apdu, octets[0])),
	apdu: codec(decodeApdu, encodeApdu, (apdu, octets) => shapeOfApdu(apdu, octets[0])),
	axdr: codec(decodeData, encodeData, shapeOfData),
	gcm: runGcm,
	gmac: runGmac,
	hash: runHash,
	'aes-ecb': runAesEcb,
	keywrap: runKeywrap,
	kdf: runKdf,
	'apdu-glo': runCipheredApdu,
	session: runSession,
};

/** Decode, compare with `decoded`, encode again. */
function codec<Value>(
	decode: (octets: Uint8Array) => Value,
	encode: (value: Value) => Uint8Array,
	shape: (value: Value, octets: Uint8Array) => Shape,
): (vector: Fields) => void {
	return (vector) => {
		const octets = vector.octets('expected');
		if (vector.flag('expect_fail')) return expectBreach(() => decode(octets));
		const value = decode(octets);
		if (vector.has('decoded')) expectShape(vector, shape(value, octets));
		if (!vector.flag('lenient')) expectEqual('encoded again', octets, encode(value));
	};
}

function expectShape(vector: Fields, shape: Shape): void {
	const found = difference(vector.raw('decoded'), shape, 'decoded');
	if (found) throw found;
}

function expectBreach(decode: () => unknown): void {
	try {
		decode();
	} catch (error) {
		if (error instanceof Breach) return;
		throw error;
	}
	throw new Mismatch('a refusal', 'a value');
}

function shapeOfFrame({ control, ...frame }: Frame): Shape {
	return {
		seg: frame.segmented,
		dst: shapeOfAddress(frame.destination),
		src: shapeOfAddress(frame.source),
		control: formatHex(Uint8Array.of(encodeControl(control))),
		type: control.type,
		pf: control.pollFinal,
		...('sendNumber' in control && { ns: control.sendNumber }),
		...('receiveNumber' in control && { nr: control.receiveNumber }),
		info: formatHex(frame.information),
		...((control.type === 'I' || control.type === 'UI') && apduOfInformation(frame.information)),
	};
}

const shapeOfAddress = ({ length, upper, lower }: HdlcAddress): Shape => ({
	len: length,
	upper,
	...(lower !== undefined && { lower }),
});

/** The APDU of an information field that holds a whole one; a middle segment holds none. */
function apduOfInformation(information: Uint8Array): { apdu: Shape } | undefined {
	try {
		return { apdu: apduShape(removeLlc(information)) };
	} catch (error) {
		if (error instanceof Breach) return undefined;
		throw error;
	}
}

const apduShape = (octets: Uint8Array): Shape => shapeOfApdu(decodeApdu(octets), octets[0]);

function runFcs(vector: Fields): void {
	const check = crc16X25(vector.object('inputs').octets('bytes'));
	expectEqual('fcs', vector.octets('expected'), Uint8Array.of(check & 0xff, check >>> 8));
}

/** The context of a `gcm` or `gmac` vector. */
function cipherInputs(inputs: Fields) {
	return {
		context: {
			key: inputs.octets('key'),
			authenticationKey: inputs.octets('authentication_key'),
			systemTitle: inputs.octets('system_title'),
		},
		counter: new DataView(inputs.octets('invocation_counter').buffer).getUint32(0),
		control: inputs.octets('security_control')[0] ?? 0,
	};
}

function runGcm(vector: Fields): void {
	const inputs = vector.object('inputs');
	const { context, counter, control } = cipherInputs(inputs);
	const plaintext = inputs.octets('plaintext');
	const prefix = inputs.octets('prefix');
	const content = cipherPayload(context, control, counter, plaintext);
	expectEqual('prefix', prefix.subarray(-5), content.subarray(0, 5));
	expectEqual('ciphered', vector.octets('expected'), concatBytes(prefix, content.subarray(5)));
	const opened = openPayload(context, content);
	if ('refused' in opened) throw new Mismatch('a plaintext', opened.refused);
	expectEqual('opened again', plaintext, opened.plaintext);
	for (let at = 5; at < content.length; at += 1) {
		const spoiled = content.slice();
		spoiled[at] = (spoiled[at] as number) ^ 1;
		const result = openPayload(context, spoiled);
		// Without a tag a spoiled bit cannot be seen, only the plaintext differs.
		if ('refused' in result) continue;
		if (opened.control.authenticated || formatHex(result.plaintext) === formatHex(plaintext))
			throw new Mismatch(`a refusal with octet ${at} spoiled`, 'a plaintext');
	}
}

function runGmac(vector: Fields): void {
	const inputs = vector.object('inputs');
	const { context, counter, control } = cipherInputs(inputs);
	const challenge = inputs.octets('challenge');
	const value = gmac(context, control, counter, challenge);
	expectEqual('gmac', vector.octets('expected'), value);
	if (!gmacHolds(context, control, challenge, value))
		throw new Mismatch('a gmac that holds', 'one that does not');
}

const HASHES = { md5, sha1, sha256 } as const;

function runHash(vector: Fields): void {
	const inputs = vector.object('inputs');
	const algorithm = inputs.oneOf('algorithm', ['md5', 'sha1', 'sha256']);
	const message = inputs.octets('message');
	expectEqual('hash of the message', vector.octets('expected'), HASHES[algorithm](message));
	const secret = inputs.octets('secret');
	const titled = algorithm === 'sha256';
	const challenges = {
		challenge: inputs.octets(titled ? 'chal_received' : 'challenge'),
		counterChallenge: titled ? inputs.octets('chal_own') : new Uint8Array(),
		ownTitle: titled ? inputs.octets('st_self') : new Uint8Array(),
		peerTitle: titled ? inputs.octets('st_peer') : new Uint8Array(),
	};
	const parts = titled
		? [
				secret,
				challenges.ownTitle,
				challenges.peerTitle,
				challenges.challenge,
				challenges.counterChallenge,
			]
		: [challenges.challenge, secret];
	expectEqual('message', message, concatBytes(...parts));
	const answer = answerChallenge(`high-${algorithm}`, { suite: 0, secret }, challenges, 0);
	expectEqual('answer to the challenge', vector.octets('expected'), answer);
}

function runAesEcb(vector: Fields): void {
	const inputs = vector.object('inputs');
	const empty = new Uint8Array();
	const answer = answerChallenge(
		'high-manufacturer',
		{ suite: 0, secret: inputs.octets('key') },
		{
			challenge: inputs.octets('message'),
			counterChallenge: empty,
			ownTitle: empty,
			peerTitle: empty,
		},
		0,
	);
	expectEqual('aes-ecb', vector.octets('expected'), answer);
}

function runKeywrap(vector: Fields): void {
	const inputs = vector.object('inputs');
	const [kek, key] = [inputs.octets('kek'), inputs.octets('key')];
	const wrapped = wrapKey(kek, key);
	expectEqual('wrapped', vector.octets('expected'), wrapped);
	expectEqual('unwrapped', key, unwrapKey(kek, wrapped) ?? new Uint8Array());
}

function runKdf(vector: Fields): void {
	const inputs = vector.object('inputs');
	const expected = vector.octets('expected');
	const derived = concatenationKdf(
		expected.length === 48 ? 'sha384' : 'sha256',
		inputs.octets('z'),
		inputs.octets('algorithm_id'),
		inputs.octets('party_u'),
		inputs.octets('party_v'),
	);
	expectEqual('derived', expected, derived);
}

function runCipheredApdu(vector: Fields): void {
	const inputs = vector.object('inputs');
	const apdu = decodeApdu(vector.octets('expected'));
	if (
		apdu.apdu !== 'ciphered' &&
		apdu.apdu !== 'general-glo-ciphering' &&
		apdu.apdu !== 'general-ded-ciphering'
	)
		throw new Mismatch('a ciphered APDU', apdu.apdu);
	const title =
		'systemTitle' in apdu && apdu.systemTitle.length > 0
			? apdu.systemTitle
			: inputs.octets('system_title');
	const encryption = inputs.octets('EK');
	const opened = openApdu(
		apdu,
		{ unicast: encryption, dedicated: encryption, authentication: inputs.octets('AK') },
		title,
	);
	if ('refused' in opened) throw new Mismatch('a plaintext', opened.refused);
	expectEqual('plain', vector.octets('plain'), opened.plaintext);
	if (vector.has('decoded')) expectShape(vector, apduShape(opened.plaintext));
}
