/**
 * A log as a file somebody can send away: text for people, JSON for programs. Redacted as its view is.
 * Given out in parts, one a frame, so that whoever makes a long file can let others have a turn.
 */
import { formatTree, type TreeNode } from '../../dlms/translator/tree.ts';
import type { LogDetail } from './log-row.ts';

/** What a file says about where it is from. */
export interface LogAbout {
	readonly madeAtMs: number;
	/** The port and the meter, as a person knows them. */
	readonly port?: string;
	readonly meter?: string;
	/** SHA-256 over the frames of the conversation, as the proof has it. */
	readonly sha256?: string;
	/** Frames in the file, and before the first one, not kept any more. */
	readonly frames: number;
	readonly dropped: number;
	/** A person chose to include the digits of tokens. */
	readonly tokens: boolean;
}

export const LOG_FORMAT = 'tokenline-frame-log';
const LOG_VERSION = 1;

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** JSON: an object with what it is about and `log`, one frame an entry. */
export function* logJson(details: Iterable<LogDetail>, about: LogAbout): Generator<string> {
	const { madeAtMs, ...rest } = about;
	const head = { format: LOG_FORMAT, version: LOG_VERSION, madeAt: iso(madeAtMs), ...rest };
	yield `${JSON.stringify(head).slice(0, -1)},"log":[`;
	let comma = '';
	for (const detail of details) {
		yield `${comma}\n${JSON.stringify(entryOf(detail))}`;
		comma = ',';
	}
	yield '\n]}\n';
}

function entryOf({ row, octets, tree }: LogDetail): object {
	const { atMs, targets, ...rest } = row;
	return {
		...rest,
		at: iso(atMs),
		octets: octets.hex,
		...(octets.hidden > 0 && { octetsNotShown: octets.hidden }),
		targets: targets.map(({ classId, logicalName, ...target }) => ({
			classId,
			logicalName,
			...('method' in target ? { method: target.method } : { attribute: target.attribute }),
		})),
		tree: plainTree(tree),
	};
}

interface PlainTree {
	readonly name: string;
	readonly value?: string;
	readonly parts?: readonly PlainTree[];
}

function plainTree({ name, value, parts }: TreeNode): PlainTree {
	return {
		name,
		...(value !== undefined && { value }),
		...(parts && { parts: parts.map(plainTree) }),
	};
}

const ARROW = { out: '→', in: '←' } as const;

/** Text: a head, then of each frame its time, way, octets and what they say. */
export function* logText(details: Iterable<LogDetail>, about: LogAbout): Generator<string> {
	const head = [
		`${LOG_FORMAT} ${LOG_VERSION}`,
		`made ${iso(about.madeAtMs)}`,
		about.port === undefined ? '' : `port ${about.port}`,
		about.meter === undefined ? '' : `meter ${about.meter}`,
		about.sha256 === undefined ? '' : `sha256 ${about.sha256}`,
		`frames ${about.frames}, before them ${about.dropped}`,
		about.tokens ? 'with the digits of tokens' : 'without the digits of tokens',
	];
	yield `${head.filter((line) => line !== '').join('\n')}\n`;
	for (const detail of details) yield entryText(detail);
}

function entryText({ row, octets, tree }: LogDetail): string {
	const { number, atMs, direction, layer, problem } = row;
	const rest = octets.hidden > 0 ? ` … ${octets.hidden} octets not shown` : '';
	return [
		'',
		`${number} ${iso(atMs)} ${ARROW[direction]} ${layer}${problem ? ' !' : ''}`,
		`  ${octets.hex}${rest}`,
		`${formatTree(tree, 1)}\n`,
	].join('\n');
}
