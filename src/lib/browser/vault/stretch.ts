/**
 * From a PIN to a key: scrypt (RFC 7914). A guess costs whoever has the rows *and* the device's keys as much
 * as it costs us, in time and in memory.
 */
import { scrypt } from '@noble/hashes/scrypt.js';

/** scrypt's N, r and p; memory is 128 · N · r octets. */
export interface StretchCost {
	readonly N: number;
	readonly r: number;
	readonly p: number;
}

/**
 * Half a second on a slow laptop, 0.2 s on a quick one, 64 MiB for as long as it lasts. Written into each
 * row, so that it can rise: a row keeps its cost until its PIN is changed.
 */
export const STRETCH_COST: StretchCost = { N: 2 ** 16, r: 8, p: 1 };

export const SALT_OCTETS = 16;
const KEY_OCTETS = 32;

/** Makes the key's octets. The caller's `pin` is overwritten or taken away; who gets the key overwrites it. */
export type Stretch = (
	pin: Uint8Array<ArrayBuffer>,
	salt: Uint8Array<ArrayBuffer>,
	cost: StretchCost,
) => Promise<Uint8Array<ArrayBuffer>>;

/** Stretches where it is called, and holds everything else up meanwhile: for a worker, and for tests. */
export function stretchHere(
	pin: Uint8Array<ArrayBuffer>,
	salt: Uint8Array<ArrayBuffer>,
	{ N, r, p }: StretchCost,
): Uint8Array<ArrayBuffer> {
	const key = scrypt(pin, salt, { N, r, p, dkLen: KEY_OCTETS });
	pin.fill(0);
	return key as Uint8Array<ArrayBuffer>;
}
