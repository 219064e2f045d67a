/** What the gate may go by until a vault has been read anew, which can fail. */
import type { VaultState } from '#lib/browser/vault/vault-outcomes.ts';

/** @returns undefined: not known. What has been locked is not shown as open, whatever comes of the reading */
export const shownMeanwhile = (
	shown: VaultState | undefined,
	isOpen: boolean,
): VaultState | undefined => (shown?.kind === 'open' && !isOpen ? undefined : shown);
