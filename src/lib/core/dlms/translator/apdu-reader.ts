/**
 * APDUs of one recording → trees: what is inside where keys are given, and what went before. It remembers
 * titles, the dedicated key and what the last request was about.
 *
 * Always holds: it never throws on octets, goes at most `MAX_WRAPPINGS` deep, and shows no key, password,
 * proof or secret, and no digits of a token unless it was told to.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { type Apdu, decodeApduLeniently } from '../apdu/apdu.ts';
import { isCiphered } from '../association/channel.ts';
import type { MessageAssembler } from '../hdlc/message-assembler.ts';
import { type KeyRing, openApdu } from '../security/apdu-cipher.ts';
import {
	decodeSecurityControl,
	HEADER_OCTETS,
	SYSTEM_TITLE_OCTETS,
	TAG_OCTETS,
} from '../security/suite.ts';
import { apduTree, breachTree } from './apdu-tree.ts';
import type { BlockJoiner } from './block-joiner.ts';
import { type FrameFacts, isProblem, levelOf } from './frame-facts.ts';
import type { Masking, ValueMask } from './hidden-values.ts';
import { type Joined, MAX_JOINED_OCTETS, type ServiceJoiner } from './service-joiner.ts';
import { type Asked, learnAsked, type ServiceApdu, valueTree } from './service-tree.ts';
import { hiddenNode, node, type TreeNode } from './tree.ts';

/** What opens ciphered messages. Titles that the recording itself tells need not be given. */
export interface TranslatorKeys {
	readonly keys: KeyRing;
	readonly clientTitle?: Uint8Array;
	readonly meterTitle?: Uint8Array;
}

/** What is gathered of one sender's messages. */
export interface Sender {
	readonly assembler: MessageAssembler;
	readonly blocks: BlockJoiner;
	readonly services: ServiceJoiner;
}

/** APDUs inside one another: blocks, a signature, a cipher, a service are four. */
const MAX_WRAPPINGS = 6;

export type Facts = { -readonly [Name in keyof FrameFacts]: FrameFacts[Name] };

export class ApduReader {
	/** Of the frame that is being read. */
	facts: Facts = noFacts('');
	readonly #mask: ValueMask;
	readonly #asked: Asked;
	#keys: KeyRing | undefined;
	#titles: { client: Uint8Array | undefined; meter: Uint8Array | undefined };

	/** `unasked` is how the value of an answer is shown whose request nobody saw. */
	constructor(mask: ValueMask, keys: TranslatorKeys | undefined, unasked: Masking) {
		this.#mask = mask;
		this.#asked = { targets: [], masking: unasked };
		this.#keys = keys?.keys;
		this.#titles = { client: keys?.clientTitle, meter: keys?.meterTitle };
	}

	/** Keys and titles that are known by now; undefined without keys. */
	get known(): TranslatorKeys | undefined {
		const { client, meter } = this.#titles;
		return (
			this.#keys && {
				keys: this.#keys,
				...(client && { clientTitle: client }),
				...(meter && { meterTitle: meter }),
			}
		);
	}

	/** One APDU of a sender, and whatever is inside it. */
	read(octets: Uint8Array, sender: Sender, depth = 0): TreeNode {
		if (depth > MAX_WRAPPINGS) {
			this.facts.unreadable = true;
			return node('APDU', 'too many inside one another');
		}
		let apdu: Apdu;
		let trailing: number;
		try {
			({ apdu, trailing } = decodeApduLeniently(octets));
		} catch (error) {
			return this.unreadable('APDU', error);
		}
		this.#learn(apdu);
		const tree = apduTree(apdu, this.#asked, this.#mask, this.#inner(apdu, sender, depth + 1));
		if (trailing === 0) return tree;
		return { ...tree, parts: [...(tree.parts ?? []), node('octets left over', trailing)] };
	}

	/** Says what could not be read, and notes it. */
	unreadable(name: string, error: unknown): TreeNode {
		this.facts.problem = true;
		this.facts.unreadable = true;
		return breachTree(name, error);
	}

	/** Titles, the dedicated key and what was asked about, as the recording tells them. */
	#learn(apdu: Apdu): void {
		if (apdu.apdu === 'AARQ' && apdu.callingApTitle?.length === SYSTEM_TITLE_OCTETS)
			this.#titles = { ...this.#titles, client: apdu.callingApTitle };
		if (apdu.apdu === 'AARE' && apdu.respondingApTitle?.length === SYSTEM_TITLE_OCTETS)
			this.#titles = { ...this.#titles, meter: apdu.respondingApTitle };
		if (apdu.apdu === 'initiate-request' && apdu.dedicatedKey && this.#keys)
			this.#keys = { ...this.#keys, dedicated: apdu.dedicatedKey };
		if (isService(apdu)) learnAsked(apdu, this.#asked, this.#mask);
		this.#noteFacts(apdu);
	}

	#noteFacts(apdu: Apdu): void {
		const facts = this.facts;
		// What wraps something comes before it, and what is inside says more.
		facts.what = apdu.apdu;
		facts.level = facts.level === 'association' ? 'association' : levelOf(apdu);
		facts.problem ||= isProblem(apdu);
		facts.unreadable ||= apdu.apdu === 'unknown';
		if (isService(apdu)) facts.targets = this.#asked.targets;
		else if (apdu.apdu === 'event-notification') facts.targets = [apdu.target];
	}

	#inner(apdu: Apdu, sender: Sender, depth: number): TreeNode | undefined {
		if ('userInformation' in apdu && apdu.userInformation) {
			const { what } = this.facts;
			const inner = this.read(apdu.userInformation, sender, depth);
			this.facts.what = what;
			return node('user information', undefined, [inner]);
		}
		if (apdu.apdu === 'general-signing')
			return node('signed', undefined, [this.read(apdu.content, sender, depth)]);
		if (apdu.apdu === 'general-block-transfer') {
			const whole = sender.blocks.take(apdu);
			if (!whole && apdu.raw.length > 0) this.facts.partial = true;
			return whole && node('joined', `${whole.length} octets`, [this.read(whole, sender, depth)]);
		}
		if (isCiphered(apdu)) return this.#opened(apdu, sender, depth);
		if (!isService(apdu)) return undefined;
		const joined = sender.services.take(apdu);
		return joined && this.#joinedTree(joined);
	}

	/** A long value once its last block is there; what cannot be told is hidden like what it may be. */
	#joinedTree(joined: Joined): TreeNode | undefined {
		const { masking, targets } = this.#asked;
		if (joined.kind === 'part') {
			this.facts.partial = true;
			return undefined;
		}
		if (joined.kind === 'whole' && targets.length === 1)
			return node('joined', undefined, [valueTree(joined.data, masking)]);
		return hiddenNode(
			`not put together (a list, a gap, or more than ${MAX_JOINED_OCTETS} octets)`,
			masking.secret ? 'secret' : 'token',
		);
	}

	/** Opened with the keys, or read where nothing was enciphered in the first place. */
	#opened(
		apdu: Parameters<typeof openApdu>[0],
		sender: Sender,
		depth: number,
	): TreeNode | undefined {
		const { authenticated, encrypted } = decodeSecurityControl(apdu.content[0] ?? 0);
		const closed = this.#keys && this.#openedWith(this.#keys, apdu, sender, depth);
		if (closed?.name === DECIPHERED) return encrypted ? { ...closed, enciphered: true } : closed;
		const end = apdu.content.length - (authenticated ? TAG_OCTETS : 0);
		if (encrypted || end <= HEADER_OCTETS) return closed;
		const plain = apdu.content.subarray(HEADER_OCTETS, end);
		return node('not enciphered', closed?.value ?? 'not checked', [
			this.read(plain, sender, depth),
		]);
	}

	/** Tried under the title the APDU names, then under both that are known. */
	#openedWith(
		keys: KeyRing,
		apdu: Parameters<typeof openApdu>[0],
		sender: Sender,
		depth: number,
	): TreeNode {
		const titles = [titleOf(apdu), this.#titles.client, this.#titles.meter];
		let why: string = 'no system title is known';
		for (const title of titles) {
			if (title?.length !== SYSTEM_TITLE_OCTETS) continue;
			try {
				const opened = openApdu(apdu, keys, title);
				if (!('refused' in opened))
					return node(DECIPHERED, `sender ${formatHex(title)}, counter ${opened.counter}`, [
						this.read(opened.plaintext, sender, depth),
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

const DECIPHERED = 'deciphered';

/** Facts of a frame of which nothing has been read. */
export const noFacts = (what: string): Facts => ({
	level: 'link',
	what,
	targets: [],
	problem: false,
	partial: false,
	unreadable: false,
});

const SERVICES: readonly Apdu['apdu'][] = [
	'get-request',
	'get-response',
	'set-request',
	'set-response',
	'action-request',
	'action-response',
	'access-request',
	'access-response',
];

const isService = (apdu: Apdu): apdu is ServiceApdu => SERVICES.includes(apdu.apdu);

/** The sender that an APDU names itself. */
function titleOf(apdu: Parameters<typeof openApdu>[0]): Uint8Array | undefined {
	if (apdu.apdu === 'general-ciphering') return apdu.header.originator;
	return apdu.apdu === 'ciphered' ? undefined : apdu.systemTitle;
}
