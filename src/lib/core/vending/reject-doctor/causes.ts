/** Why a meter does not take a token, as far as it can be known, and the one thing to do then. */
import type { Slip } from './slip.ts';

/** What a person can do next. */
export type NextStep =
	/** Key the same token in once more, group by group. */
	| 'type-again'
	/** Key in the key-change tokens, from the first. */
	| 'key-set'
	/** Leave this token and key in the one after it. */
	| 'go-on'
	/** Until the meter takes tokens again. */
	| 'wait'
	/** Go to the meter that the token is for. */
	| 'right-meter'
	/** Look at the credit: the token seems to be in. */
	| 'check-credit'
	/** Keep the token until some credit is used. */
	| 'enter-later'
	| 'help-line';

/** Every cause with its one next step. */
export const CAUSES = {
	/** What was typed is not the token. */
	slip: 'type-again',
	/** What was typed is another token of this device. */
	'another-token': 'type-again',
	'other-meter': 'right-meter',
	/** The meter has to get its new key first. */
	'key-set-first': 'key-set',
	/** Some of the key-change tokens are in, not all. */
	'key-set-half': 'key-set',
	/** They went in too far apart: most meters have dropped the first of them. */
	'key-set-slow': 'key-set',
	/** A key-change token whose set is in already. */
	'key-set-done': 'go-on',
	/** Made under a key that the meter no longer has. */
	'old-key': 'help-line',
	used: 'check-credit',
	/** A newer token went in before it. */
	'newer-first': 'help-line',
	'too-old': 'help-line',
	'key-expired': 'help-line',
	'factory-key': 'help-line',
	'too-full': 'enter-later',
	locked: 'wait',
	'other-make': 'help-line',
	'not-possible': 'help-line',
	/** The meter waited too long for the next digit. */
	forgot: 'type-again',
	/** The display shows nothing. */
	dark: 'type-again',
	/** The display stays dark. */
	'dark-again': 'help-line',
	/** Nothing speaks against the token: not for this meter's key, or a slip that nobody saw. */
	unclear: 'type-again',
	/** The same once more. */
	'unclear-again': 'help-line',
} as const satisfies Record<string, NextStep>;

/** Name of a cause. */
export type CauseName = keyof typeof CAUSES;

/** A cause with what is known of it. */
export type Cause =
	| { readonly name: 'slip'; readonly slip: Slip }
	/** @property untilMs when most meters take tokens again, by the clock of the facts */
	| { readonly name: 'locked'; readonly untilMs: number }
	| { readonly name: Exclude<CauseName, 'slip' | 'locked'> };
