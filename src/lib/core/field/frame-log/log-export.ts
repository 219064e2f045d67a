/** A log as a file somebody can send away: text for people, JSON for programs. Redacted as its rows are. */
import { formatTree, type TreeNode } from '../../dlms/translator/tree.ts';
import type { LogRow } from './log-row.ts';

/** What a file says about where it is from. */
export interface LogAbout {
	readonly madeAtMs: number;
	/** The port and the meter, as a person knows them. */
	readonly port?: string;
	readonly meter?: string;
	/** SHA-256 over the frames of the conversation, as the proof has it. */
	readonly sha256?: string;
	/** Frames before the first one, not kept any more. */
	readonly dropped: number;
	/** A person chose to include the digits of tokens. */
	readonly tokens: boolean;
}

export const LOG_FORMAT = 'tokenline-frame-log';
const LOG_VERSION = 1;

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** JSON, one frame an entry. */
export function logJson(rows: readonly LogRow[], about: LogAbout): string {
	const { madeAtMs, ...rest } = about;
	const frames = rows.map(({ atMs, octets, tree, targets, ...row }) => ({
		...row,
		at: iso(atMs),
		octets: octets.hex,
		...(octets.hidden > 0 && { octetsNotShown: octets.hidden }),
		targets: targets.map(({ classId, logicalName, ...target }) => ({
			classId,
			logicalName,
			...('method' in target ? { method: target.method } : { attribute: target.attribute }),
		})),
		tree: plainTree(tree),
	}));
	return JSON.stringify(
		{ format: LOG_FORMAT, version: LOG_VERSION, madeAt: iso(madeAtMs), ...rest, frames },
		undefined,
		1,
	);
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
export function logText(rows: readonly LogRow[], about: LogAbout): string {
	const head = [
		`${LOG_FORMAT} ${LOG_VERSION}`,
		`made ${iso(about.madeAtMs)}`,
		about.port === undefined ? '' : `port ${about.port}`,
		about.meter === undefined ? '' : `meter ${about.meter}`,
		about.sha256 === undefined ? '' : `sha256 ${about.sha256}`,
		`frames ${rows.length}, before them ${about.dropped}`,
		about.tokens ? 'with the digits of tokens' : 'without the digits of tokens',
	];
	return [...head.filter((line) => line !== ''), ...rows.map(rowText)].join('\n') + '\n';
}

function rowText({ number, atMs, direction, layer, octets, tree, problem }: LogRow): string {
	const rest = octets.hidden > 0 ? ` … ${octets.hidden} octets not shown` : '';
	const mark = problem ? ' !' : '';
	return [
		'',
		`${number} ${iso(atMs)} ${ARROW[direction]} ${layer}${mark}`,
		`  ${octets.hex}${rest}`,
		formatTree(tree, 1),
	].join('\n');
}
