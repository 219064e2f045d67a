/**
 * The algorithms of IEC 62055-41 by their codes: encryption (EA) and decoder key generation (DKGA).
 * The codes the standard has withdrawn (EA09, DKGA01, DKGA03) are not here, and so are refused.
 */

/** Encryption algorithms: the cipher and its key length. A 128-bit key always needs four key-change tokens. */
export const ENCRYPTION_ALGORITHMS = {
	7: { code: '07', cipher: 'STA', keyOctets: 8 },
	11: { code: '11', cipher: 'MISTY1', keyOctets: 16 },
} as const;

/** EncryptionAlgorithm code: 7 = STA, 11 = MISTY1. */
export type Ea = keyof typeof ENCRYPTION_ALGORITHMS;

/** Decoder key generation: the vending key's length, whether its octets carry DES parity, and the EAs served. */
export const KEY_GENERATIONS: {
	readonly [dkga in 2 | 4]: {
		readonly code: string;
		readonly vendingKeyOctets: number;
		readonly oddParity: boolean;
		readonly algorithms: readonly Ea[];
	};
} = {
	2: { code: '02', vendingKeyOctets: 8, oddParity: true, algorithms: [7] },
	4: { code: '04', vendingKeyOctets: 20, oddParity: false, algorithms: [7, 11] },
};

/** DecoderKeyGenerationAlgorithm code: 2 = DES, 4 = HMAC-SHA-256. */
export type Dkga = keyof typeof KEY_GENERATIONS;

/** Whether a number is the code of an encryption algorithm this product speaks. */
export function isEa(code: number): code is Ea {
	return code === 7 || code === 11;
}

/** Whether a number is the code of a key generation this product speaks. */
export function isDkga(code: number): code is Dkga {
	return code === 2 || code === 4;
}
