/**
 * A recorded session of two third parties, octet for octet: every step goes through the link layer of
 * its transport, messages are put together, decoded and, where the keys are known, opened.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { type Apdu, decodeApdu, decodeApduLeniently } from '#lib/core/dlms/apdu/apdu.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { MessageAssembler } from '#lib/core/dlms/hdlc/message-assembler.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import { type KeyRing, openApdu } from '#lib/core/dlms/security/apdu-cipher.ts';
import { encodeSecurityControl } from '#lib/core/dlms/security/suite.ts';
import { encodeWrapper } from '#lib/core/dlms/wrapper/header.ts';
import { WrapperSplitter } from '#lib/core/dlms/wrapper/splitter.ts';
import type { Fields } from './fields.ts';
import { expectEqual, Mismatch } from './mismatch.ts';

/** One direction of a link: octets in, messages out, and the octets again to see nothing was lost. */
interface Direction {
	take(octets: Uint8Array): { messages: Uint8Array[]; again: Uint8Array };
}

function hdlcDirection(): Direction {
	const splitter = new FrameSplitter();
	const assembler = new MessageAssembler();
	return {
		take(octets) {
			const frames = splitter.push(octets);
			if (splitter.spoiled > 0) throw new Mismatch('whole frames', 'a spoiled one');
			const messages = frames.flatMap(({ control, information, segmented }) => {
				if (control.type !== 'I' && control.type !== 'UI') return [];
				const message = assembler.take(information, segmented);
				return message ? [message] : [];
			});
			return { messages, again: concatBytes(...frames.map(encodeFrame)) };
		},
	};
}

function wrapperDirection(): Direction {
	const splitter = new WrapperSplitter();
	return {
		take(octets) {
			const frames = splitter.push(octets);
			return {
				messages: frames.map((frame) => frame.apdu),
				again: concatBytes(...frames.map(encodeWrapper)),
			};
		},
	};
}

const LINKS = { hdlc: hdlcDirection, wrapper: wrapperDirection } as const;

/** Plays all steps. @throws {Mismatch} naming the first step that differs */
export function runSession(vector: Fields): void {
	const open = LINKS[vector.oneOf('transport', ['hdlc', 'wrapper'])];
	const directions = { tx: open(), rx: open() };
	const keys = new SessionKeys(vector.has('keys') ? vector.object('keys') : undefined);
	vector.list('steps').forEach((step, index) => {
		try {
			playStep(step, directions[step.oneOf('dir', ['tx', 'rx'])], keys);
		} catch (error) {
			throw atStep(index, step, error);
		}
	});
}

/** The same failure with the step it belongs to. */
function atStep(index: number, step: Fields, error: unknown): Error {
	const where = `step ${index} (${step.text('step')})`;
	if (error instanceof Mismatch) return new Mismatch(`${where}: ${error.expected}`, error.came);
	return new Mismatch(`${where}: an answer`, String(error));
}

function playStep(step: Fields, direction: Direction, keys: SessionKeys): void {
	const octets = step.octets('bytes');
	const { messages, again } = direction.take(octets);
	expectEqual('the link frames written again', octets, again);
	if (!step.has('apdu')) {
		if (messages.length > 0) throw new Mismatch('link traffic only', 'a message');
		return;
	}
	if (messages.length !== 1) throw new Mismatch('one message', String(messages.length));
	const message = messages[0] as Uint8Array;
	expectEqual('the message', step.octets('apdu'), message);
	let apdu: Apdu;
	try {
		apdu = decodeApduLeniently(message).apdu;
	} catch (error) {
		if (step.has('decode_error') && error instanceof Breach) return;
		throw error;
	}
	if (step.has('plain')) keys.expectOpened(apdu, step);
}

/** The keys of a session, with what the session itself tells. */
class SessionKeys {
	readonly #keys: Fields | undefined;
	#dedicated: Uint8Array | undefined;

	constructor(keys: Fields | undefined) {
		this.#keys = keys;
	}

	expectOpened(apdu: Apdu, step: Fields): void {
		const keys = this.#keys;
		if (!keys) throw new Mismatch('keys for the plaintext', 'none');
		const ring: KeyRing = {
			unicast: keys.octets('EK'),
			authentication: keys.octets('AK'),
			...(this.#dedicated && { dedicated: this.#dedicated }),
		};
		const title = keys.octets(step.text('dir') === 'tx' ? 'client_st' : 'server_st');
		const inner = cipheredPart(apdu);
		const opened = openApdu(inner, ring, title);
		if ('refused' in opened) throw new Mismatch('a plaintext', opened.refused);
		expectEqual('the plaintext', step.octets('plain'), opened.plaintext);
		if (step.has('sc'))
			expectEqual('sc', step.octets('sc'), Uint8Array.of(encodeSecurityControl(opened.control)));
		if (step.has('ic') && step.integer('ic') !== opened.counter)
			throw new Mismatch(`ic ${step.integer('ic')}`, String(opened.counter));
		const plain = decodeApduLeniently(opened.plaintext).apdu;
		if (plain.apdu === 'initiate-request' && plain.dedicatedKey)
			this.#dedicated = plain.dedicatedKey;
	}
}

/** The ciphered APDU itself, or the one in the user information of an ACSE APDU. */
function cipheredPart(apdu: Apdu): Parameters<typeof openApdu>[0] {
	const inner =
		'userInformation' in apdu && apdu.userInformation ? decodeApdu(apdu.userInformation) : apdu;
	if (
		inner.apdu === 'ciphered' ||
		inner.apdu === 'general-glo-ciphering' ||
		inner.apdu === 'general-ded-ciphering'
	)
		return inner;
	throw new Mismatch('a ciphered APDU', inner.apdu);
}
