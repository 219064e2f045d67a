/** What every payment provider looks like from here. Accepted is not paid: only `status` says what is. */
export interface Charge {
	/** Our payment's id: asking twice for one reference is asking once. */
	readonly reference: string;
	readonly payee: string;
	readonly description: string;
	readonly amountMinor: number;
	readonly currency: string;
	readonly currencyMinorDigits: number;
	/** Where the payer goes afterwards, a path on this origin. */
	readonly returnPath: string;
	readonly expiresAtMs: number;
}

export interface ChargeStatus {
	/**
	 * `unknown`: the provider never heard of it. `taken-back`: it was paid, and the provider has taken the
	 * money back. All but `pending` and `unknown` are final as a rule; what follows all the same is booked.
	 */
	readonly state: 'unknown' | 'pending' | 'paid' | 'taken-back' | 'failed' | 'expired';
	/** What was paid; until then, what was asked for. */
	readonly amountMinor: number;
	readonly currency: string;
	/** Paid a second time under the same reference, in the same currency: what came beyond `amountMinor`. */
	readonly againMinor?: number;
	/** Why it failed, where the provider says so. */
	readonly failure?: 'declined' | 'no-funds';
}

/**
 * Neither call waits without end: an adapter gives up after some seconds, and then says that it does not
 * know (a `Fault`), never that it failed.
 */
export interface PaymentProvider {
	/** Its name in webhook paths and events. */
	readonly name: 'sandbox';
	/** Asks for the money. @throws {Fault} `provider-unavailable`: it may have been asked or not */
	ask(charge: Charge): Promise<void>;
	/** What became of it. @throws {Fault} `provider-unavailable` */
	status(reference: string): Promise<ChargeStatus>;
	/** Where the payer approves, a path on this origin. */
	payUrl(reference: string): string;
}
