/** A firmware image before it is sent: its size, and its digest, which a person compares with the maker's. */
import { sha256 } from '@noble/hashes/sha2.js';
import { formatHex } from '#lib/core/bytes/hex.ts';

/** Octets of an image. */
export const MAX_IMAGE_OCTETS = 16 * 1024 * 1024;

/** Octets digested between two breaths: some milliseconds on a slow phone. */
export const DIGEST_PIECE_OCTETS = 64 * 1024;

/** Why a file is not an image, in order of precedence. */
export const IMAGE_FILE_REFUSALS = ['empty', 'too-large'] as const;
export type ImageFileRefusal = (typeof IMAGE_FILE_REFUSALS)[number];

/** What is wrong with a file of this size; undefined for one that may be an image. */
export function checkImageSize(octets: number): ImageFileRefusal | undefined {
	if (octets === 0) return 'empty';
	return octets > MAX_IMAGE_OCTETS ? 'too-large' : undefined;
}

/** The SHA-256 of an image in hex, piece by piece: yields how many octets are done. */
export function* digestImage(image: Uint8Array): Generator<number, string, undefined> {
	const hash = sha256.create();
	for (let at = 0; at < image.length; at += DIGEST_PIECE_OCTETS) {
		hash.update(image.subarray(at, at + DIGEST_PIECE_OCTETS));
		yield Math.min(at + DIGEST_PIECE_OCTETS, image.length);
	}
	return formatHex(hash.digest());
}
