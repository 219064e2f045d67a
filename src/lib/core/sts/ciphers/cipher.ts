/**
 * A decoder key made ready: the cipher of an encryption algorithm with its key schedule worked out. The
 * caller keeps it for as long as it needs it; nothing is remembered here. The key stays inside: a cipher
 * that is printed or turned into JSON shows its algorithm and nothing else.
 */
import { ENCRYPTION_ALGORITHMS, type Ea } from '../algorithms.ts';
import type { Block } from '../block.ts';
import { prepareMisty1 } from './misty1.ts';
import { prepareSta, STANDARD_STA, type StaProgram } from './sta.ts';

/** A cipher under one decoder key. */
export interface Cipher {
	readonly ea: Ea;
	encrypt(block: Block): Block;
	decrypt(block: Block): Block;
}

/**
 * The cipher of `ea` under a decoder key: 8 octets for EA07, 16 for EA11.
 * @param sta STA with other tables than those of the field (`compileSta`)
 * @throws {RangeError} slip: a key of the wrong length
 */
export function prepareCipher(ea: Ea, key: Uint8Array, sta: StaProgram = STANDARD_STA): Cipher {
	if (key.length !== ENCRYPTION_ALGORITHMS[ea].keyOctets)
		throw new RangeError(`a decoder key of EA${ENCRYPTION_ALGORITHMS[ea].code} has another length`);
	return { ea, ...(ea === 7 ? prepareSta(key, sta) : prepareMisty1(key)) };
}
