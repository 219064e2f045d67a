/**
 * Octets from a line → readable trees: HDLC or wrapper, APDU, and what is inside where keys are given.
 *
 * Shape: one translator a recording; it remembers segments, blocks, titles, the dedicated key and
 * whether the last request was about a secret. Always holds: it never throws on octets, never keeps more
 * than one message a sender, goes at most `MAX_WRAPPINGS` deep, and shows no key, password, proof or
 * secret.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { type Apdu, decodeApduLeniently } from '../apdu/apdu.ts';
import { isCiphered } from '../association/channel.ts';
import type { HdlcAddress } from '../hdlc/address.ts';
import type { Frame } from '../hdlc/frame.ts';
import { MessageAssembler } from '../hdlc/message-assembler.ts';
import { decodeParameters } from '../hdlc/parameters.ts';
import { FrameSplitter } from '../hdlc/splitter.ts';
import { type KeyRing, openApdu } from '../security/apdu-cipher.ts';
import { SYSTEM_TITLE_OCTETS } from '../security/suite.ts';
import { WrapperSplitter } from '../wrapper/splitter.ts';
import { apduTree, breachTree } from './apdu-tree.ts';
import { BlockJoiner } from './block-joiner.ts';
import { octetsText } from './data-tree.ts';
import type { Asked } from './service-tree.ts';
import { node, type TreeNode } from './tree.ts';

/** What opens ciphered messages. Titles that the recording itself tells need not be given. */
export interface TranslatorKeys {
	readonly keys: KeyRing;
	readonly clientTitle?: Uint8Array;
	readonly meterTitle?: Uint8Array;
}

/** APDUs inside one another: blocks, a signature, a cipher, a service are four. */
const MAX_WRAPPINGS = 6;
/** A recording has two senders; more are noise that must not be gathered. */
const MAX_SENDERS = 16;

/** What is gathered of one sender's messages. */
interface Sender {
	readonly assembler: MessageAssembler;
	readonly blocks: BlockJoiner;
}

/** An APDU on its own does not say who sent it. */
const ANYBODY = -1;

export type TranslatorInput = 'hdlc' | 'wrapper' | 'apdu';

export class Translator {
	readonly #input: TranslatorInput;
	#keys: KeyRing | undefined;
	#titles: { client: Uint8Array | undefined; meter: Uint8Array | undefined };
	readonly #hdlc = new FrameSplitter();
	readonly #wrapper = new WrapperSplitter();
	/** By sender: both directions may be mixed in one recording. */
	readonly #senders = new Map<number, Sender>();
	readonly #asked: Asked = { secret: false };

	constructor(input: TranslatorInput, keys?: TranslatorKeys) {
		this.#input = input;
		this.#keys = keys?.keys;
		this.#titles = { client: keys?.clientTitle, meter: keys?.meterTitle };
	}

	/** Hex text, white space allowed. @throws {TypeError} slip: not hexadecimal */
	translateHex(hex: string): TreeNode[] {
		return this.translate(parseHex(hex));
	}

	/** The frames (or the APDU) that are complete with these octets. */
	translate(octets: Uint8Array): TreeNode[] {
		if (this.#input === 'apdu') return [this.#apdu(octets, ANYBODY)];
		if (this.#input === 'wrapper')
			return this.#wrapper
				.push(octets)
				.map(({ source, destination, apdu }) =>
					node('wrapper', `${source} → ${destination}`, [this.#apdu(apdu, source)]),
				);
		const spoiled = this.#hdlc.spoiled;
		const frames = this.#hdlc.push(octets).map((frame) => this.#frame(frame));
		const dropped = this.#hdlc.spoiled - spoiled;
		return dropped > 0 ? [node('spoiled', `${dropped} times`), ...frames] : frames;
	}

	#frame(frame: Frame): TreeNode {
		const { control, source, destination, information, segmented } = frame;
		const numbers = [
			'sendNumber' in control ? `N(S)=${control.sendNumber}` : '',
			'receiveNumber' in control ? `N(R)=${control.receiveNumber}` : '',
			control.pollFinal ? 'P/F' : '',
			segmented ? 'more follows' : '',
		].filter((text) => text !== '');
		return node(
			`HDLC ${control.type}`,
			[`${addressText(source)} → ${addressText(destination)}`, ...numbers].join(' '),
			[this.#information(frame, information)],
		);
	}

	#information(frame: Frame, information: Uint8Array): TreeNode | undefined {
		if (information.length === 0) return undefined;
		const { type } = frame.control;
		try {
			if (type === 'SNRM' || type === 'UA') {
				const { infoTransmit, infoReceive, windowTransmit, windowReceive } =
					decodeParameters(information);
				return node(
					'parameters',
					`${infoTransmit}/${infoReceive}, window ${windowTransmit}/${windowReceive}`,
				);
			}
			if (type !== 'I' && type !== 'UI') return node('information', octetsText(information));
			const sender = senderId(frame.source);
			const message = this.#senderOf(sender).assembler.take(information, frame.segmented);
			return message
				? this.#apdu(message, sender)
				: node('segment', `${information.length} octets`);
		} catch (error) {
			return breachTree('information', error);
		}
	}

	#senderOf(id: number): Sender {
		const known = this.#senders.get(id);
		if (known) return known;
		if (this.#senders.size >= MAX_SENDERS) this.#senders.clear();
		const sender = { assembler: new MessageAssembler(), blocks: new BlockJoiner() };
		this.#senders.set(id, sender);
		return sender;
	}

	#apdu(octets: Uint8Array, sender: number, depth = 0): TreeNode {
		if (depth > MAX_WRAPPINGS) return node('APDU', 'too many inside one another');
		let apdu: Apdu;
		let trailing: number;
		try {
			({ apdu, trailing } = decodeApduLeniently(octets));
		} catch (error) {
			return breachTree('APDU', error);
		}
		this.#learn(apdu);
		const tree = apduTree(apdu, this.#asked, this.#inner(apdu, sender, depth + 1));
		if (trailing === 0) return tree;
		return { ...tree, parts: [...(tree.parts ?? []), node('octets left over', trailing)] };
	}

	/** Titles and the dedicated key that the recording tells. */
	#learn(apdu: Apdu): void {
		if (apdu.apdu === 'AARQ' && apdu.callingApTitle?.length === 8)
			this.#titles = { ...this.#titles, client: apdu.callingApTitle };
		if (apdu.apdu === 'AARE' && apdu.respondingApTitle?.length === 8)
			this.#titles = { ...this.#titles, meter: apdu.respondingApTitle };
		if (apdu.apdu === 'initiate-request' && apdu.dedicatedKey && this.#keys)
			this.#keys = { ...this.#keys, dedicated: apdu.dedicatedKey };
	}

	#inner(apdu: Apdu, sender: number, depth: number): TreeNode | undefined {
		if ('userInformation' in apdu && apdu.userInformation)
			return node('user information', undefined, [this.#apdu(apdu.userInformation, sender, depth)]);
		if (apdu.apdu === 'general-signing')
			return node('signed', undefined, [this.#apdu(apdu.content, sender, depth)]);
		if (apdu.apdu === 'general-block-transfer') {
			const whole = this.#senderOf(sender).blocks.take(apdu);
			return whole && node('joined', `${whole.length} octets`, [this.#apdu(whole, sender, depth)]);
		}
		return isCiphered(apdu) ? this.#opened(apdu, sender, depth) : undefined;
	}

	/** Tried under the title the APDU names, then under both that are known. */
	#opened(
		apdu: Parameters<typeof openApdu>[0],
		sender: number,
		depth: number,
	): TreeNode | undefined {
		if (!this.#keys) return undefined;
		const titles = [titleOf(apdu), this.#titles.client, this.#titles.meter];
		let why: string = 'no system title is known';
		for (const title of titles) {
			if (title?.length !== SYSTEM_TITLE_OCTETS) continue;
			try {
				const opened = openApdu(apdu, this.#keys, title);
				if (!('refused' in opened))
					return node('deciphered', `sender ${formatHex(title)}, counter ${opened.counter}`, [
						this.#apdu(opened.plaintext, sender, depth),
					]);
				why = opened.refused;
			} catch (error) {
				if (!(error instanceof Breach || error instanceof RangeError)) throw error;
				why = 'it cannot be read';
			}
		}
		return node('stays closed', why);
	}
}

/** The length keeps a client and a meter of the same number apart, where it differs. */
function senderId({ upper, length }: HdlcAddress): number {
	return upper * 8 + length;
}

/** The sender that an APDU names itself. */
function titleOf(apdu: Parameters<typeof openApdu>[0]): Uint8Array | undefined {
	if (apdu.apdu === 'general-ciphering') return apdu.header.originator;
	return apdu.apdu === 'ciphered' ? undefined : apdu.systemTitle;
}

function addressText({ upper, lower }: HdlcAddress): string {
	return lower === undefined ? String(upper) : `${upper}/${lower}`;
}
