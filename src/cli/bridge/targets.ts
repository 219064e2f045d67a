/** What a bridge leads to: targets with a name, as its command line allows them. */
import { isIPv6 } from 'node:net';
import { MAX_TARGET_NAME } from '#lib/link/bridge-words.ts';
import type { LinePort } from '#lib/link/line.ts';
import { TcpPort, type TcpPlace } from './tcp-port.ts';
import { TtyPort } from './tty-port.ts';

/** A target as it was allowed. */
export type Allowed =
	| { readonly name: string; readonly kind: 'tcp'; readonly place: TcpPlace }
	| { readonly name: string; readonly kind: 'serial'; readonly path: string };

const NAME = /^[\w.-]+$/;

function parsePlace(text: string): TcpPlace | undefined {
	const match = /^(?:\[([0-9a-fA-F:]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text);
	if (!match) return undefined;
	const [, six, name, digits] = match;
	const port = Number(digits);
	if (port < 1 || port > 65_535 || (six !== undefined && !isIPv6(six))) return undefined;
	return { host: (six ?? name) as string, port };
}

/**
 * One `--allow`: `tcp:127.0.0.1:4059`, `serial:/dev/ttyUSB0`, or with a name of its own before it,
 * `cellar=serial:/dev/ttyUSB0`. The `place`th without a name is called `meter-<place>`.
 * @throws {Error} a sentence
 */
export function parseAllowed(text: string, place: number): Allowed {
	const named = /^([^=:/]+)=(.*)$/.exec(text);
	const name = named?.[1] ?? `meter-${place}`;
	const where = named?.[2] ?? text;
	if (!NAME.test(name) || name.length > MAX_TARGET_NAME)
		throw new Error(`a target's name is letters, digits, dots and hyphens, not ${name}`);
	if (where.startsWith('serial:/')) return { name, kind: 'serial', path: where.slice(7) };
	const tcp = where.startsWith('tcp:') ? parsePlace(where.slice(4)) : undefined;
	if (tcp) return { name, kind: 'tcp', place: tcp };
	throw new Error(`--allow takes tcp:HOST:PORT or serial:/dev/NAME, not ${text}`);
}

/** All of them. @throws {Error} a sentence: two of one name */
export function parseAllowedTargets(texts: readonly string[]): Allowed[] {
	const allowed = texts.map((text, index) => parseAllowed(text, index + 1));
	const names = allowed.map(({ name }) => name);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) throw new Error(`two targets are called ${twice}`);
	return allowed;
}

/** The port behind a target. */
export const portOf = (allowed: Allowed): LinePort =>
	allowed.kind === 'tcp'
		? new TcpPort(allowed.name, allowed.place)
		: new TtyPort(allowed.name, allowed.path);

/** What a target is, for whoever started the bridge. */
export const describeAllowed = (allowed: Allowed): string =>
	allowed.kind === 'tcp'
		? `${allowed.name}: TCP ${allowed.place.host} port ${allowed.place.port}`
		: `${allowed.name}: serial port ${allowed.path}`;
