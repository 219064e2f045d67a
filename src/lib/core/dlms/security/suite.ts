/**
 * The security suites (IEC 62056-5-3, 5.3.7) as a table, and the security control octet that stands
 * before every ciphered payload.
 */

export const SECURITY_SUITES = [
	{ id: 0, keyOctets: 16, hash: undefined, curve: undefined },
	{ id: 1, keyOctets: 16, hash: 'sha256', curve: 'p256' },
	{ id: 2, keyOctets: 32, hash: 'sha384', curve: 'p384' },
] as const;
export type SuiteId = (typeof SECURITY_SUITES)[number]['id'];

/** Every authentication tag is cut to its first 12 octets. */
export const TAG_OCTETS = 12;
export const SYSTEM_TITLE_OCTETS = 8;
/** Security control and invocation counter before the payload. */
export const HEADER_OCTETS = 5;
export const MAX_COUNTER = 0xffff_ffff;

/** What a security control octet says. */
export interface SecurityControl {
	readonly suite: number;
	readonly authenticated: boolean;
	readonly encrypted: boolean;
	/** Under the global broadcast key instead of the unicast one. */
	readonly broadcast: boolean;
	/** V.44 before ciphering; this stack refuses it. */
	readonly compressed: boolean;
}

const AUTHENTICATED = 0x10;
const ENCRYPTED = 0x20;
const BROADCAST = 0x40;
const COMPRESSED = 0x80;

/** 3 … 0 suite, 4 authenticated, 5 encrypted, 6 broadcast key, 7 compressed. */
export function decodeSecurityControl(octet: number): SecurityControl {
	return {
		suite: octet & 0x0f,
		authenticated: (octet & AUTHENTICATED) !== 0,
		encrypted: (octet & ENCRYPTED) !== 0,
		broadcast: (octet & BROADCAST) !== 0,
		compressed: (octet & COMPRESSED) !== 0,
	};
}

export function encodeSecurityControl(control: SecurityControl): number {
	return (
		control.suite |
		(control.authenticated ? AUTHENTICATED : 0) |
		(control.encrypted ? ENCRYPTED : 0) |
		(control.broadcast ? BROADCAST : 0) |
		(control.compressed ? COMPRESSED : 0)
	);
}

/** What a ciphered message may have: the two that the trade uses alone and together. */
export type Protection = 'authenticated' | 'encrypted' | 'authenticated-encrypted';

/** The control octet of a unicast message without compression. */
export function securityControl(suite: SuiteId, protection: Protection): number {
	return (
		suite |
		(protection === 'encrypted' ? 0 : AUTHENTICATED) |
		(protection === 'authenticated' ? 0 : ENCRYPTED)
	);
}

/** The row of a suite. */
export function suiteOf(id: SuiteId): (typeof SECURITY_SUITES)[number] {
	return SECURITY_SUITES[id];
}

/** @throws {RangeError} slip: a key of another length than the suite's; the message does not show it */
export function expectKey(suite: SuiteId, key: Uint8Array): void {
	const { keyOctets } = suiteOf(suite);
	if (key.length !== keyOctets)
		throw new RangeError(`a key of suite ${suite} has ${keyOctets} octets, not ${key.length}`);
}

/** @throws {RangeError} slip: not 8 octets */
export function expectSystemTitle(title: Uint8Array): void {
	if (title.length !== SYSTEM_TITLE_OCTETS)
		throw new RangeError(`a system title has 8 octets, not ${title.length}`);
}
