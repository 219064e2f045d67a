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
	/** `unknown`: the provider never heard of it. All but `pending` and `unknown` are final. */
	readonly state: 'unknown' | 'pending' | 'paid' | 'failed' | 'expired';
	readonly amountMinor: number;
	readonly currency: string;
}

export interface PaymentProvider {
	readonly name: 'sandbox';
	/** Asks for the money. @throws {Fault} `provider-unavailable` */
	ask(charge: Charge): Promise<void>;
	/** What became of it. @throws {Fault} `provider-unavailable` */
	status(reference: string): Promise<ChargeStatus>;
	/** Where the payer approves, a path on this origin. */
	payUrl(reference: string): string;
}
