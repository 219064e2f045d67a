/**
 * Octets from a line → readable trees: HDLC or wrapper, APDU, and what is inside where keys are given.
 *
 * Shape: one translator a recording; it remembers segments, titles, the dedicated key and whether the
 * last request was about a secret. Always holds: it never throws on octets, never keeps more than one
 * message, and shows no key, password, proof or secret.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { type Apdu, decodeApduLeniently } from '../apdu/apdu.ts';
import type { HdlcAddress } from '../hdlc/address.ts';
import type { Frame } from '../hdlc/frame.ts';
import { MessageAssembler } from '../hdlc/message-assembler.ts';
import { decodeParameters } from '../hdlc/parameters.ts';
import { FrameSplitter } from '../hdlc/splitter.ts';
import { type KeyRing, openApdu } from '../security/apdu-cipher.ts';
import { WrapperSplitter } from '../wrapper/splitter.ts';
import { apduTree, type Asked, breachTree } from './apdu-tree.ts';
import { octetsText } from './data-tree.ts';
import { node, type TreeNode } from './tree.ts';

/** What opens ciphered messages. Titles that the recording itself tells need not be given. */
export interface TranslatorKeys {
	readonly keys: KeyRing;
	readonly clientTitle?: Uint8Array;
	readonly meterTitle?: Uint8Array;
}

export type TranslatorInput = 'hdlc' | 'wrapper' | 'apdu';

export class Translator {
	readonly #input: TranslatorInput;
	#keys: KeyRing | undefined;
	#titles: { client: Uint8Array | undefined; meter: Uint8Array | undefined };
	readonly #hdlc = new FrameSplitter();
	readonly #wrapper = new WrapperSplitter();
	/** By sender: both directions may be mixed in one recording. */
	readonly #assemblers = new Map<number, MessageAssembler>();
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
		if (this.#input === 'apdu') return [this.#apdu(octets)];
		if (this.#input === 'wrapper')
			return this.#wrapper
				.push(octets)
				.map(({ source, destination, apdu }) =>
					node('wrapper', `${source} → ${destination}`, [this.#apdu(apdu)]),
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
			const assembler = this.#assemblerOf(frame.source);
			const message = assembler.take(information, frame.segmented);
			return message ? this.#apdu(message) : node('segment', `${information.length} octets`);
		} catch (error) {
			return breachTree('information', error);
		}
	}

	#assemblerOf(source: HdlcAddress): MessageAssembler {
		// The length keeps a client and a meter of the same number apart, where it differs.
		const id = source.upper * 8 + source.length;
		const known = this.#assemblers.get(id);
		if (known) return known;
		// A recording has two senders; more are noise that must not be gathered.
		if (this.#assemblers.size >= 16) this.#assemblers.clear();
		const assembler = new MessageAssembler();
		this.#assemblers.set(id, assembler);
		return assembler;
	}

	#apdu(octets: Uint8Array): TreeNode {
		let apdu: Apdu;
		let trailing: number;
		try {
			({ apdu, trailing } = decodeApduLeniently(octets));
		} catch (error) {
			return breachTree('APDU', error);
		}
		this.#learn(apdu);
		const tree = apduTree(apdu, this.#asked, this.#inner(apdu));
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

	#inner(apdu: Apdu): TreeNode | undefined {
		if ('userInformation' in apdu && apdu.userInformation)
			return node('user information', undefined, [this.#apdu(apdu.userInformation)]);
		if (apdu.apdu === 'general-signing')
			return node('signed', undefined, [this.#apdu(apdu.content)]);
		if (
			apdu.apdu !== 'ciphered' &&
			apdu.apdu !== 'general-glo-ciphering' &&
			apdu.apdu !== 'general-ded-ciphering'
		)
			return undefined;
		return this.#opened(apdu);
	}

	/** Tried under the title the APDU names, then under both that are known. */
	#opened(apdu: Parameters<typeof openApdu>[0]): TreeNode | undefined {
		if (!this.#keys) return undefined;
		const named = 'systemTitle' in apdu && apdu.systemTitle.length === 8 ? [apdu.systemTitle] : [];
		const titles = [...named, this.#titles.client, this.#titles.meter];
		let why: string = 'no system title is known';
		for (const title of titles) {
			if (!title) continue;
			try {
				const opened = openApdu(apdu, this.#keys, title);
				if (!('refused' in opened))
					return node('deciphered', `sender ${formatHex(title)}, counter ${opened.counter}`, [
						this.#apdu(opened.plaintext),
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

function addressText({ upper, lower }: HdlcAddress): string {
	return lower === undefined ? String(upper) : `${upper}/${lower}`;
}
