/**
 * Frames in their order → what they say, and which of them must not be shown octet for octet.
 *
 * Always holds: a frame is hidden while it is not known what it is a part of; what cannot be read is
 * hidden where it may be an echo of a secret of ours.
 */
import { asciiText } from '../../dlms/axdr/build.ts';
import { Translator, type TranslatorKeys } from '../../dlms/translator/translator.ts';
import { exposedBy, node, type TreeNode } from '../../dlms/translator/tree.ts';
import type { Direction } from './frame-piece.ts';
import type { LogDetail, LogEntry, LogRow } from './log-row.ts';
import { shownOctets } from './shown-octets.ts';

/** A frame that was read. `hide` may change once the rest of its message has come. */
interface Read {
	readonly entry: LogEntry;
	readonly row: LogRow;
	/** The tree as JSON: a day of trees is too much to keep. */
	readonly tree: string;
	hide: boolean;
}

type Framing = 'hdlc' | 'wrapper';

export class LogReader {
	/** What was learnt so far; each framing has a translator of its own. */
	readonly #translators: { last: Translator; of: Partial<Record<Framing, Translator>> };
	readonly #view: { readonly tokens: boolean; readonly hideUnasked: true };
	readonly #read = new Map<number, Read>();
	/** Frames whose message, or long value, has not ended. */
	readonly #open: Record<Direction, Read[]> = { out: [], in: [] };
	/** Whether what comes now may be an echo of a secret that went out in the open. */
	#echoing = false;

	/** Begins with keys, or with what another reader has learnt; `tokens`: their digits are shown. */
	constructor(known: TranslatorKeys | LogReader | undefined, tokens = false) {
		this.#view = { tokens, hideUnasked: true };
		const last =
			known instanceof LogReader
				? known.#translators.last.branch('hdlc', this.#view)
				: new Translator('hdlc', known, this.#view);
		this.#translators = { last, of: { hdlc: last } };
	}

	/** Takes the next frame. */
	take(entry: LogEntry): void {
		const { layer } = entry;
		const read =
			layer === 'hdlc' || layer === 'wrapper' ? this.#frame(entry, layer) : this.#other(entry);
		this.#read.set(entry.number, read);
	}

	/** Every frame that was taken and not forgotten, oldest first. */
	*rows(): Generator<LogRow> {
		for (const { row } of this.#read.values()) yield row;
	}

	/** A frame by its number; undefined for one that was not taken, or is forgotten. */
	detail(number: number): LogDetail | undefined {
		const read = this.#read.get(number);
		if (!read) return undefined;
		const { entry, row, tree, hide } = read;
		return { row, tree: JSON.parse(tree) as TreeNode, octets: shownOctets(entry, hide) };
	}

	/** Forgets a frame that is not kept any more; what it taught stays. */
	forget(number: number): void {
		this.#read.delete(number);
	}

	#other(entry: LogEntry): Read {
		const noise = entry.layer === 'noise';
		const text = noise ? `${entry.octets.length} octets` : openingText(entry.octets);
		return readOf(
			entry,
			{ level: noise ? 'noise' : 'opening', what: entry.layer, targets: [], problem: noise },
			node(entry.layer, text),
			noise && this.#mayBeEcho(entry.direction),
		);
	}

	#frame(entry: LogEntry, framing: Framing): Read {
		const { direction, octets } = entry;
		const from = direction === 'out' ? 'client' : 'meter';
		const [reading] = this.#translator(framing).read(octets, from);
		if (!reading) throw new TypeError('a frame of the log is no frame');
		const { facts, tree } = reading;
		const { level, what, targets, problem, partial, unreadable } = facts;
		const read = readOf(entry, { level, what, targets, problem }, tree, false);
		const open = this.#open[direction];
		if (what === 'HDLC SNRM') {
			// What had not ended will not end any more, and stays hidden.
			this.#open.out.length = 0;
			this.#open.in.length = 0;
		} else if (partial) {
			read.hide = true;
			open.push(read);
		} else if (carriesMessage(tree)) {
			read.hide = unreadable ? this.#mayBeEcho(direction) : exposedBy(tree) !== undefined;
			for (const part of open) part.hide = read.hide;
			open.length = 0;
		}
		this.#noteEcho(read, unreadable);
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

function readOf(
	{ number, direction, layer, atMs, octets }: LogEntry,
	facts: Pick<LogRow, 'level' | 'what' | 'targets' | 'problem'>,
	tree: TreeNode,
	hide: boolean,
): Read {
	const entry = { number, direction, layer, atMs, octets };
	const row = { number, direction, layer, atMs, ...facts };
	return { entry, row, tree: JSON.stringify(tree), hide };
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
