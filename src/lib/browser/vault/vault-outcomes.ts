/** What comes of asking a vault something: closed lists, each with its sentences in `core/words`. */
import type { VaultDamage } from '#lib/core/field/keeping.ts';
import type { PinRefusal } from '#lib/core/field/pin.ts';

export type VaultState =
	| { readonly kind: 'none' }
	| {
			readonly kind: 'locked';
			/** Wrong attempts that are left before what is sealed is destroyed. */
			readonly left: number;
			/** Until the next attempt may be made. */
			readonly waitMs: number;
	  }
	| { readonly kind: 'open' }
	| { readonly kind: 'damaged'; readonly because: VaultDamage };

/** What an attempt with a PIN came to, when it did not come to a key. */
export type PinOutcome =
	| { readonly kind: 'none' }
	| { readonly kind: 'damaged'; readonly because: VaultDamage }
	/** Too soon after a wrong one; not counted. */
	| { readonly kind: 'wait'; readonly waitMs: number }
	| { readonly kind: 'wrong'; readonly left: number; readonly waitMs: number }
	/** That was the last wrong one: what was sealed is gone, and so is the vault. */
	| { readonly kind: 'destroyed' };

export type UnlockOutcome =
	| { readonly kind: 'opened' }
	/** Locked again while the PIN was being looked at. */
	| { readonly kind: 'locked-meanwhile' }
	| PinOutcome;

export type CreateOutcome =
	| { readonly kind: 'created' }
	| { readonly kind: 'weak'; readonly because: PinRefusal }
	| { readonly kind: 'exists' }
	| { readonly kind: 'damaged'; readonly because: 'device-keys-missing' };

export type ChangePinOutcome =
	| { readonly kind: 'changed' }
	| { readonly kind: 'weak'; readonly because: PinRefusal }
	/** Another tab changed it at the same time. */
	| { readonly kind: 'changed-meanwhile' }
	| PinOutcome;
