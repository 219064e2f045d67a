/** What stood in the way of the last thing that a person wanted at their desk. */
import type { StoreFaultKind, VaultFaultKind } from '#lib/core/field/keeping.ts';
import type { Problem } from '#lib/core/sync/wire.ts';

export type Trouble =
	| { readonly kind: 'problem'; readonly problem: Problem }
	| { readonly kind: 'no-answer' }
	| { readonly kind: 'no-passkey' }
	/** Whoever signed in does not work at a desk like this. */
	| { readonly kind: 'not-theirs' }
	| { readonly kind: 'store'; readonly fault: StoreFaultKind }
	| { readonly kind: 'vault'; readonly fault: VaultFaultKind };
