/** What a browser can withhold from a vault: a closed list; each kind has its sentence in `core/words`. */

export const VAULT_FAULT_KINDS = [
	/** The page came over a connection that is not secure, so that the browser gives it no cryptography. */
	'no-web-crypto',
	/** The PIN's worker cannot run: switched off, or no memory for it. */
	'no-worker',
] as const;
export type VaultFaultKind = (typeof VAULT_FAULT_KINDS)[number];

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
