/** What the display shows, as plain values: a pure function of the meter and of what is being keyed in. */

/** The fixed legends at the top of the display. */
export type Annunciator = 'supplyOff' | 'lowCredit' | 'tamper' | 'locked';

export interface LcdView {
	readonly annunciators: Readonly<Record<Annunciator, boolean>>;
	readonly main:
		| { readonly kind: 'figure'; readonly figure: string; readonly unit: string }
		| { readonly kind: 'entry'; readonly digits: string; readonly secondsLeft: number | null };
	/** At most sixteen signs. */
	readonly message: string;
}
