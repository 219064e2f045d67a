/** What stands between a person and the technician's screens, as a pure decision. */
import type { Technician } from '#lib/browser/store/technician-people.ts';
import type { VaultState } from '#lib/browser/vault/vault-outcomes.ts';

export type Gate =
	/** Not known yet. */
	| { readonly kind: 'looking' }
	| { readonly kind: 'sign-in' }
	| { readonly kind: 'choose-pin'; readonly technician: Technician }
	| {
			readonly kind: 'unlock';
			readonly technician: Technician;
			readonly vault: Extract<VaultState, { kind: 'locked' }>;
	  }
	| {
			readonly kind: 'damaged';
			readonly technician: Technician;
			readonly vault: Extract<VaultState, { kind: 'damaged' }>;
	  }
	| { readonly kind: 'open'; readonly technician: Technician };

/**
 * @param technician whose desk is open; null: nobody's; undefined: not known yet
 * @param vault undefined: not known yet
 */
export function decideGate(
	technician: Technician | null | undefined,
	vault: VaultState | undefined,
): Gate {
	if (technician === null) return { kind: 'sign-in' };
	if (technician === undefined || vault === undefined) return { kind: 'looking' };
	switch (vault.kind) {
		case 'none':
			return { kind: 'choose-pin', technician };
		case 'locked':
			return { kind: 'unlock', technician, vault };
		case 'damaged':
			return { kind: 'damaged', technician, vault };
		case 'open':
			return { kind: 'open', technician };
	}
}
