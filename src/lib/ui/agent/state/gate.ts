/** What stands between a person and the till's screens, as a pure decision. */
import type { OperatorHereRow, TerminalHereRow } from '#lib/browser/store/agent-rows.ts';
import type { TillPerson } from '#lib/browser/sync/till-people.ts';
import type { VaultState } from '#lib/browser/vault/vault-outcomes.ts';
import type { VaultDamage } from '#lib/core/field/keeping.ts';

/** What is known, and what somebody wants who is not in yet. */
export interface AtTheGate {
	/** Null: this device is no till; undefined: not known yet. */
	readonly terminal: TerminalHereRow | null | undefined;
	/** Who may unlock a vault here, the last first. */
	readonly operators: readonly OperatorHereRow[];
	readonly wish: 'enrol' | 'sign-in' | null;
	/** Who has signed in and chooses a PIN. */
	readonly person: TillPerson | null;
	/** Whose desk is open. */
	readonly operator: OperatorHereRow | null;
	/** That operator's; undefined: not known yet. */
	readonly vault: VaultState | undefined;
}

export type TillGate =
	| { readonly kind: 'looking' }
	/** `before`: the till that this device is until then. */
	| { readonly kind: 'enrol'; readonly before: TerminalHereRow | null }
	/** No desk is opened any more; what was not handed in can be saved. */
	| { readonly kind: 'stopped'; readonly because: 'revoked' | 'keys-missing' }
	| {
			readonly kind: 'who';
			readonly terminal: TerminalHereRow;
			readonly operators: readonly OperatorHereRow[];
	  }
	| { readonly kind: 'sign-in'; readonly terminal: TerminalHereRow; readonly canGoBack: boolean }
	| { readonly kind: 'choose-pin'; readonly person: TillPerson }
	| { readonly kind: 'unlock'; readonly operator: OperatorHereRow }
	| {
			readonly kind: 'damaged';
			readonly operator: OperatorHereRow;
			readonly because: VaultDamage;
	  }
	| {
			readonly kind: 'open';
			readonly terminal: TerminalHereRow;
			readonly operator: OperatorHereRow;
	  };

/** A suspended till is still opened: what was sold must be seen. It sells nothing, which the screens say. */
export function decideTillGate(known: AtTheGate): TillGate {
	const { terminal, operators, wish, person, operator, vault } = known;
	if (terminal === undefined) return { kind: 'looking' };
	if (terminal === null || wish === 'enrol') return { kind: 'enrol', before: terminal };
	if (terminal.revokedAtMs !== null) return { kind: 'stopped', because: 'revoked' };
	if (terminal.stop === 'keys-missing') return { kind: 'stopped', because: 'keys-missing' };
	if (person) return { kind: 'choose-pin', person };
	const canGoBack = operators.length > 0;
	if (wish === 'sign-in' || !canGoBack) return { kind: 'sign-in', terminal, canGoBack };
	if (!operator) return { kind: 'who', terminal, operators };
	switch (vault?.kind) {
		case undefined:
			return { kind: 'looking' };
		case 'none':
			// Destroyed by wrong PINs: only signing in makes another.
			return { kind: 'sign-in', terminal, canGoBack: operators.length > 1 };
		case 'locked':
			return { kind: 'unlock', operator };
		case 'damaged':
			return { kind: 'damaged', operator, because: vault.because };
		case 'open':
			return { kind: 'open', terminal, operator };
	}
}
