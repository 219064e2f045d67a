/**
 * A firmware image for the virtual meter, in a form of our own, since every maker has one: five letters
 * that say so, the version (length, ASCII), anything at all, and the SHA-256 of all before it. An image
 * whose digest is another was hurt on the way.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes } from '#lib/core/bytes/equal.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { asciiOctets, asciiText } from '#lib/core/dlms/axdr/build.ts';

const MAGIC = asciiOctets('TKLFW');
const DIGEST_OCTETS = 32;

/** Longest version. */
export const MAX_VERSION_OCTETS = 64;

export interface ImageFile {
	/** 1 … 64 printable ASCII characters: what the meter calls its firmware afterwards. */
	readonly version: string;
	readonly digest: Uint8Array;
}

const isVersion = (text: string): boolean => /^[ -~]{1,64}$/.test(text);

/**
 * An image of `version` with `content` in it.
 * @throws {RangeError} slip: a version that is none
 */
export function makeImage(version: string, content: Uint8Array): Uint8Array {
	if (!isVersion(version)) throw new RangeError('a version is 1 to 64 printable characters');
	const body = concatBytes(MAGIC, Uint8Array.of(version.length), asciiOctets(version), content);
	return concatBytes(body, sha256(body));
}

/** What an image says of itself; undefined where it is none, or was hurt on the way. */
export function readImage(octets: Uint8Array): ImageFile | undefined {
	const bodyLength = octets.length - DIGEST_OCTETS;
	const versionAt = MAGIC.length + 1;
	if (bodyLength < versionAt || !equalBytes(octets.subarray(0, MAGIC.length), MAGIC))
		return undefined;
	const version = asciiText(
		octets.subarray(versionAt, versionAt + (octets[MAGIC.length] as number)),
	);
	const digest = octets.slice(bodyLength);
	const fits = versionAt + version.length <= bodyLength && isVersion(version);
	return fits && equalBytes(sha256(octets.subarray(0, bodyLength)), digest)
		? { version, digest }
		: undefined;
}
