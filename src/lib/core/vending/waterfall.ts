/**
 * The waterfall: money in at the top, kWh at the bottom, each deduction a step. The lines add up: tender =
 * sum of all other lines. A line of zero is left out. Produced by the pricing of a trial or a real vend, shown before paying, printed
 * on the receipt, booked line by line.
 */

export type WaterfallLine =
	| { readonly kind: 'service-fee'; readonly amountMinor: number }
	| { readonly kind: 'arrears'; readonly amountMinor: number; readonly balanceAfterMinor: number }
	| { readonly kind: 'vat'; readonly amountMinor: number; readonly basisPoints: number }
	| { readonly kind: 'fixed-charge'; readonly amountMinor: number }
	/** The last purchase's left-over, which buys with this one: negative, because it adds to the tender. */
	| { readonly kind: 'brought-forward'; readonly amountMinor: number }
	| {
			readonly kind: 'energy-block';
			readonly amountMinor: number;
			/** 1-based place of the block in the tariff. */
			readonly block: number;
			readonly energyDeciKwh: number;
			/** What was paid per kWh without the VAT, which has its own line; 10⁻⁴ minor units. */
			readonly pricePerKwhE4: number;
	  }
	/** Too little for another 0.1 kWh: stays on the account for the next purchase. */
	| { readonly kind: 'left-over'; readonly amountMinor: number };

export interface Waterfall {
	readonly tenderedMinor: number;
	readonly lines: readonly WaterfallLine[];
	/** What the money buys: rounded down to whole 0.1 kWh. */
	readonly energyDeciKwh: number;
}
