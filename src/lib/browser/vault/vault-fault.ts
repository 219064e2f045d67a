/** What a browser withholds from a vault, by its name. */
import type { VaultFaultKind } from '#lib/core/field/keeping.ts';

/** A fault at the edge: thrown where it happens, shown by its kind. `cause` is for the log only. */
export class VaultFault extends Error {
	override readonly name = 'VaultFault';
	readonly kind: VaultFaultKind;

	constructor(kind: VaultFaultKind, cause?: unknown) {
		super(kind, { cause });
		this.kind = kind;
	}
}

/** The browser's cryptography. @throws {VaultFault} `no-web-crypto` */
export function webCrypto(): SubtleCrypto {
	// Whatever the types say: outside a secure context there is none.
	const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
	if (!subtle) throw new VaultFault('no-web-crypto');
	return subtle;
}
