/**
 * One block of DES (FIPS 46-3), for DKGA02 only: no token is encrypted with it. The cipher itself is the
 * kept library des.js; the parity rule of a key's octets is here.
 */
import des from 'des.js';

const BLOCK_OCTETS = 8;

function run(type: 'encrypt' | 'decrypt', key: Uint8Array, block: Uint8Array): Uint8Array {
	if (key.length !== BLOCK_OCTETS || block.length !== BLOCK_OCTETS)
		throw new RangeError('DES takes a key and a block of 8 octets');
	const cipher = des.DES.create({ type, key, padding: false });
	return Uint8Array.from([...cipher.update(block), ...cipher.final()]);
}

/** One block encrypted. @throws {RangeError} slip: a key or block that is not 8 octets */
export function desEncrypt(key: Uint8Array, block: Uint8Array): Uint8Array {
	return run('encrypt', key, block);
}

/** One block decrypted. @throws {RangeError} slip: a key or block that is not 8 octets */
export function desDecrypt(key: Uint8Array, block: Uint8Array): Uint8Array {
	return run('decrypt', key, block);
}

/** Whether each octet has an odd number of ones, as a DES key's must. */
export function hasOddParity(key: Uint8Array): boolean {
	return key.every((octet) => {
		let ones = 0;
		for (let rest = octet; rest > 0; rest >>>= 1) ones += rest & 1;
		return ones % 2 === 1;
	});
}
