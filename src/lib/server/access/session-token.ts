/**
 * The bearer's token of a login session: 32 random octets, of which the database keeps only the hash, and
 * how it travels: in a cookie that no script reads and no other site makes a browser send, or, for
 * programs, in `Authorization: Bearer`.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { LoginSessionRow } from '../database/schema.ts';

export type Carrier = LoginSessionRow['carrier'];
export interface PresentedToken {
	readonly token: string;
	readonly carrier: Carrier;
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const COOKIE_NAME = 'tokenline-session';

export function makeToken(): string {
	return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/**
 * What a request carries; `Authorization` before the cookie. Undefined: neither. A text that cannot be a
 * token is answered as one that nobody has.
 */
export function presentedToken(request: Request, url: URL): PresentedToken | undefined {
	const [, bearer] = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '') ?? [];
	if (bearer !== undefined) return { token: bearer, carrier: 'bearer' };
	const cookie = readCookie(request.headers.get('cookie') ?? '', cookieName(url));
	return cookie === undefined ? undefined : { token: cookie, carrier: 'cookie' };
}

export function isToken(text: string): boolean {
	return TOKEN.test(text);
}

/** `set-cookie` that hands a token over until the session's end. */
export function sessionCookie(token: string, url: URL, lifeMs: number): string {
	const maxAge = Math.max(0, Math.floor(lifeMs / 1000));
	const secure = isSecure(url) ? '; Secure' : '';
	return `${cookieName(url)}=${token}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure}`;
}

/** `set-cookie` that takes it away. */
export function clearedCookie(url: URL): string {
	return sessionCookie('', url, 0);
}

/** With the prefix, a browser takes the cookie from this very host over TLS only. */
function cookieName(url: URL): string {
	return isSecure(url) ? `__Host-${COOKIE_NAME}` : COOKIE_NAME;
}

const isSecure = (url: URL): boolean => url.protocol === 'https:';

function readCookie(header: string, name: string): string | undefined {
	const pair = header.split(/; */).find((part) => part.startsWith(`${name}=`));
	return pair?.slice(name.length + 1);
}
