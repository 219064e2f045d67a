/**
 * Passwords as argon2id hashes in PHC strings. A hash made with less work than today's is recognised, so
 * that it is made anew at the next sign-in, when the password is at hand.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** 19 MiB, two passes, one lane: about 40 ms, in a thread of its own. */
export const ARGON2_COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const SALT_OCTETS = 16;
const HASH_OCTETS = 32;

interface Phc {
	readonly memory: number;
	readonly passes: number;
	readonly parallelism: number;
	readonly salt: Buffer;
	readonly hash: Buffer;
}

const PHC =
	/^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** What a name without a password is compared with, at the same cost; nothing has this hash. */
const NOBODYS = formatPhc({
	...ARGON2_COST,
	salt: Buffer.alloc(SALT_OCTETS),
	hash: Buffer.alloc(HASH_OCTETS),
});

const deriveHash = promisify(argon2);

export async function hashPassword(password: string, salt = randomBytes(SALT_OCTETS)) {
	const hash = await derive(password, { ...ARGON2_COST, salt, hash: Buffer.alloc(HASH_OCTETS) });
	return formatPhc({ ...ARGON2_COST, salt, hash });
}

/** @param stored PHC string; null where there is nobody or no password: as slow, and never right */
export async function isPasswordRight(stored: string | null, password: string): Promise<boolean> {
	const expected = parsePhc(stored ?? NOBODYS);
	const hash = await derive(password, expected);
	return timingSafeEqual(hash, expected.hash) && stored !== null;
}

/** Whether a hash was made with another cost than today's. */
export function isHashDated(stored: string): boolean {
	const { memory, passes, parallelism } = parsePhc(stored);
	const now = ARGON2_COST;
	return memory !== now.memory || passes !== now.passes || parallelism !== now.parallelism;
}

async function derive(password: string, { memory, passes, parallelism, salt, hash }: Phc) {
	// The same characters, however a keyboard composes them.
	const message = password.normalize('NFKC');
	const cost = { memory, passes, parallelism, tagLength: hash.length };
	return await deriveHash('argon2id', { message, nonce: salt, ...cost });
}

/** @throws {TypeError} slip: nothing else is ever stored */
function parsePhc(text: string): Phc {
	const [, memory, passes, parallelism, salt, hash] = PHC.exec(text) ?? [];
	if (salt === undefined || hash === undefined) throw new TypeError('not a hash of ours');
	return {
		...{ memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
		...{ salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') },
	};
}

function formatPhc({ memory, passes, parallelism, salt, hash }: Phc): string {
	const plain = (octets: Buffer) => octets.toString('base64').replaceAll('=', '');
	return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain(salt)}$${plain(hash)}`;
}
