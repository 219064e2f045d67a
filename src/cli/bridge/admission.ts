/** Who may speak to a bridge at all: decided before a WebSocket comes to be. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { BRIDGE_PROTOCOL } from '#lib/link/bridge-words.ts';

/** WebSockets at the same time. */
export const MAX_CONNECTIONS = 8;

/** Where the app is served by `npm start`. */
export const USUAL_ORIGINS: readonly string[] = ['http://localhost:4180', 'http://127.0.0.1:4180'];

/** A request to become a WebSocket. */
export interface Knock {
	readonly origin: string | undefined;
	readonly protocols: string | undefined;
	/** WebSockets that are open. */
	readonly open: number;
}

/** `welcome`, or the HTTP status of a refusal. */
export type Admission = 'welcome' | 400 | 403 | 503;

/**
 * A page of another origin, and whoever names none, is refused: a browser names the page it asks for, and no
 * page that a person happens to visit may reach their meter. In order of precedence: 403, 400 (another
 * protocol), 503 (full).
 */
export function decideAdmission(
	{ origin, protocols, open }: Knock,
	origins: readonly string[],
): Admission {
	if (origin === undefined || !origins.includes(origin)) return 403;
	const offered = (protocols ?? '').split(',').map((protocol) => protocol.trim());
	if (!offered.includes(BRIDGE_PROTOCOL)) return 400;
	return open >= MAX_CONNECTIONS ? 503 : 'welcome';
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether a bearer is the one that is wanted, in the same time whatever it is. */
export function isBearer(given: string | undefined, wanted: string | undefined): boolean {
	if (wanted === undefined) return true;
	return given !== undefined && timingSafeEqual(digest(given), digest(wanted));
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
