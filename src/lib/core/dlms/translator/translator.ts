/**
 * Octets from a line → readable trees: HDLC or wrapper, APDU, and what is inside where keys are given.
 *
 * Shape: one translator a recording. Always holds: it never throws on octets, never keeps more than one
 * message and one long value a sender, and hides what `ApduReader` hides.
 */
import { parseHex } from '#lib/core/bytes/hex.ts';
import type { HdlcAddress } from '../hdlc/address.ts';
import type { Frame } from '../hdlc/frame.ts';
import { MessageAssembler } from '../hdlc/message-assembler.ts';
import { decodeParameters } from '../hdlc/parameters.ts';
import { FrameSplitter } from '../hdlc/splitter.ts';
import { WrapperSplitter } from '../wrapper/splitter.ts';
import { ApduReader, noFacts, type Sender, type TranslatorKeys } from './apdu-reader.ts';
import { BlockJoiner } from './block-joiner.ts';
import { octetsText } from './data-tree.ts';
import type { FrameFacts } from './frame-facts.ts';
import { ALL_SECRET, ValueMask } from './hidden-values.ts';
import { ServiceJoiner } from './service-joiner.ts';
import { node, type TreeNode } from './tree.ts';

export type { TranslatorKeys } from './apdu-reader.ts';

/** What a person wants to see. */
export interface TranslatorView {
	/** The digits of tokens too. */
	readonly tokens?: boolean;
	/** No answer whose request was not seen: it may be to a question about a secret. */
	readonly hideUnasked?: boolean;
}

/** One frame, or one APDU on its own, as a tree and as what it is found by. */
export interface FrameReading {
	readonly tree: TreeNode;
	readonly facts: FrameFacts;
}

/** A recording has two senders; more are noise that must not be gathered. */
const MAX_SENDERS = 16;

/** An APDU on its own does not say who sent it. */
const ANYBODY = -1;
/** Senders that somebody else has told apart. */
const TOLD = { client: -2, meter: -3 } as const;

export type TranslatorInput = 'hdlc' | 'wrapper' | 'apdu';

export class Translator {
	readonly #input: TranslatorInput;
	readonly #apdus: ApduReader;
	readonly #hdlc = new FrameSplitter();
	readonly #wrapper = new WrapperSplitter();
	/** By sender: both directions may be mixed in one recording. */
	readonly #senders = new Map<number, Sender>();
	#from: keyof typeof TOLD | undefined;

	constructor(input: TranslatorInput, keys?: TranslatorKeys, view: TranslatorView = {}) {
		this.#input = input;
		const mask = new ValueMask(view.tokens ?? false);
		this.#apdus = new ApduReader(mask, keys, view.hideUnasked ? ALL_SECRET : mask.anyValue);
	}

	/** Hex text, white space allowed. @throws {TypeError} slip: not hexadecimal */
	translateHex(hex: string): TreeNode[] {
		return this.translate(parseHex(hex));
	}

	/** The frames (or the APDU) that are complete with these octets. */
	translate(octets: Uint8Array): TreeNode[] {
		return this.read(octets).map(({ tree }) => tree);
	}

	/** As `translate`, with facts; `from` says who sent them, where that is known. */
	read(octets: Uint8Array, from?: 'client' | 'meter'): FrameReading[] {
		this.#from = from;
		if (this.#input === 'apdu')
			return [this.#reading('APDU', () => this.#apdus.read(octets, this.#senderOf(ANYBODY)))];
		if (this.#input === 'wrapper')
			return this.#wrapper
				.push(octets)
				.map(({ source, destination, apdu }) =>
					this.#reading('wrapper', () =>
						node('wrapper', `${source} → ${destination}`, [
							this.#apdus.read(apdu, this.#senderOf(source)),
						]),
					),
				);
		const spoiled = this.#hdlc.spoiled;
		const frames = this.#hdlc
			.push(octets)
			.map((frame) => this.#reading(`HDLC ${frame.control.type}`, () => this.#frame(frame)));
		const dropped = this.#hdlc.spoiled - spoiled;
		if (dropped === 0) return frames;
		const facts = { ...noFacts('spoiled'), problem: true, unreadable: true };
		return [{ tree: node('spoiled', `${dropped} times`), facts }, ...frames];
	}

	/** Another translator that knows what this one has learnt: titles and keys, nothing half received. */
	branch(input: TranslatorInput, view: TranslatorView = {}): Translator {
		return new Translator(input, this.#apdus.known, view);
	}

	#reading(what: string, read: () => TreeNode): FrameReading {
		this.#apdus.facts = noFacts(what);
		const tree = read();
		return { tree, facts: this.#apdus.facts };
	}

	#frame(frame: Frame): TreeNode {
		const { control, source, destination, information, segmented } = frame;
		const numbers = [
			'sendNumber' in control ? `N(S)=${control.sendNumber}` : '',
			'receiveNumber' in control ? `N(R)=${control.receiveNumber}` : '',
			control.pollFinal ? 'P/F' : '',
			segmented ? 'more follows' : '',
		].filter((text) => text !== '');
		// A new connection begins with nothing half received.
		if (control.type === 'SNRM') this.#senders.clear();
		if (control.type === 'FRMR' || control.type === 'DM') this.#apdus.facts.problem = true;
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
			const sender = this.#senderOf(senderId(frame.source));
			const message = sender.assembler.take(information, frame.segmented);
			if (message) return this.#apdus.read(message, sender);
			this.#apdus.facts.partial = true;
			return node('segment', `${information.length} octets`);
		} catch (error) {
			return this.#apdus.unreadable('information', error);
		}
	}

	#senderOf(address: number): Sender {
		const id = this.#from ? TOLD[this.#from] : address;
		const known = this.#senders.get(id);
		if (known) return known;
		if (this.#senders.size >= MAX_SENDERS) this.#senders.clear();
		const sender = {
			assembler: new MessageAssembler(),
			blocks: new BlockJoiner(),
			services: new ServiceJoiner(),
		};
		this.#senders.set(id, sender);
		return sender;
	}
}

/** The length keeps a client and a meter of the same number apart, where it differs. */
function senderId({ upper, length }: HdlcAddress): number {
	return upper * 8 + length;
}

function addressText({ upper, lower }: HdlcAddress): string {
	return lower === undefined ? String(upper) : `${upper}/${lower}`;
}
