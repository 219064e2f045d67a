/**
 * Frames in their order → what they say, and which of them must not be shown octet for octet.
 *
 * Always holds: a frame is hidden while it is not known what it is a part of; what cannot be read is
 * hidden where it may be an echo of a secret of ours.
 */
import { asciiText } from '../../dlms/axdr/build.ts';
import {
	type FrameReading,
	Translator,
	type TranslatorView,
} from '../../dlms/translator/translator.ts';
import type { TranslatorKeys } from '../../dlms/translator/translator.ts';
import { exposedBy, node, type TreeNode } from '../../dlms/translator/tree.ts';
import type { Direction } from './frame-piece.ts';
import type { LogEntry, LogRow } from './log-row.ts';
import { shownOctets } from './shown-octets.ts';

/** A frame that was read. `hide` may change once the rest of its message has come. */
interface Read {
	readonly entry: LogEntry;
	readonly level: LogRow['level'];
	readonly reading: Pick<FrameReading, 'tree'> & {
		readonly facts: Pick<FrameReading['facts'], 'what' | 'targets' | 'problem'>;
	};
	hide: boolean;
}

type Framing = 'hdlc' | 'wrapper';

export class LogReader {
	readonly #view: TranslatorView;
	/** What was learnt so far; each framing has a translator of its own. */
	#translators: { last: Translator; of: Partial<Record<Framing, Translator>> };
	readonly #read = new Map<number, Read>();
	/** Frames whose message, or long value, has not ended. */
	readonly #open: Record<Direction, Read[]> = { out: [], in: [] };
	/** Whether what comes now may be an echo of a secret that went out in the open. */
	#echoing = false;

	/** Begins with keys, or with what another reader has learnt. */
	constructor(known: TranslatorKeys | LogReader | undefined, tokens = false) {
		const view = { tokens, hideUnasked: true };
		this.#view = view;
		const last =
			known instanceof LogReader
				? known.#translators.last.branch('hdlc', view)
				: new Translator('hdlc', known, view);
		this.#translators = { last, of: { hdlc: last } };
	}

	/** Takes the next frame. */
	take(entry: LogEntry): void {
		this.#read.set(entry.number, this.#reading(entry));
	}

	/** The row of a frame that was taken; undefined for another one. */
	row(number: number): LogRow | undefined {
		const read = this.#read.get(number);
		if (!read) return undefined;
		const { entry, level, reading, hide } = read;
		const { atMs, direction, layer } = entry;
		const { what, targets, problem } = reading.facts;
		const octets = shownOctets(entry, hide);
		return {
			number,
			atMs,
			direction,
			layer,
			level,
			what,
			targets,
			problem,
			tree: reading.tree,
			octets,
		};
	}

	/** Forgets a frame that is not kept any more; what it taught stays. */
	forget(number: number): void {
		this.#read.delete(number);
	}

	#reading(entry: LogEntry): Read {
		if (entry.layer === 'hdlc' || entry.layer === 'wrapper') return this.#frame(entry, entry.layer);
		const { layer } = entry;
		const hide = layer === 'noise' && this.#mayBeEcho(entry.direction);
		const text = layer === 'noise' ? `${entry.octets.length} octets` : openingText(entry.octets);
		const facts = { what: layer, targets: [], problem: layer === 'noise' };
		return { entry, level: layer, reading: { tree: node(layer, text), facts }, hide };
	}

	#frame(entry: LogEntry, framing: Framing): Read {
		const { direction, octets } = entry;
		const from = direction === 'out' ? 'client' : 'meter';
		const [reading] = this.#translator(framing).read(octets, from);
		if (!reading) throw new TypeError('a frame of the log is no frame');
		const { facts, tree } = reading;
		const read: Read = { entry, level: facts.level, reading, hide: false };
		const open = this.#open[direction];
		if (facts.what === 'HDLC SNRM') {
			// What had not ended will not end any more, and stays hidden.
			this.#open.out.length = 0;
			this.#open.in.length = 0;
		} else if (facts.partial) {
			read.hide = true;
			open.push(read);
		} else if (carriesMessage(tree)) {
			read.hide = facts.unreadable ? this.#mayBeEcho(direction) : exposedBy(tree) !== undefined;
			for (const part of open) part.hide = read.hide;
			open.length = 0;
		}
		this.#noteEcho(read, facts.unreadable);
		return read;
	}

	/** Whether something unreadable may hold a secret: of ours, or of an echo of ours. */
	#mayBeEcho(direction: Direction): boolean {
		return direction === 'out' || this.#echoing || this.#open.out.length > 0;
	}

	/** An echo comes before the answer: a frame of the meter that can be read ends the danger. */
	#noteEcho({ entry, hide }: Read, unreadable: boolean): void {
		if (entry.direction === 'out') this.#echoing ||= hide;
		else if (!unreadable && !hide) this.#echoing = false;
	}

	#translator(framing: Framing): Translator {
		const { of, last } = this.#translators;
		const translator = (of[framing] ??= last.branch(framing, this.#view));
		this.#translators.last = translator;
		return translator;
	}
}

/** An RR, a DISC or the like says nothing about messages. */
function carriesMessage(tree: TreeNode): boolean {
	return (tree.parts ?? []).length > 0;
}

/** An opening message without its parity bits and line end. */
function openingText(octets: Uint8Array): string {
	const text = asciiText(octets.map((octet) => octet & 0x7f));
	return JSON.stringify(text.replace(/\r?\n$/, ''));
}
