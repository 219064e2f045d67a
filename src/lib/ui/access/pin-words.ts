/** What the fields of a PIN say, and what becomes of a wrong one: each audience has its own. */
import type { pin } from '#lib/core/words/en/pin.ts';
import type { vault } from '#lib/core/words/en/vault.ts';
import type { Widen } from '#lib/core/words/widen.ts';

export interface PinWords {
	readonly pin: Widen<typeof pin>;
	readonly vault: Widen<
		Pick<typeof vault, 'choose' | 'unlock' | 'change' | 'pinRefusals' | 'damages'>
	>;
}
