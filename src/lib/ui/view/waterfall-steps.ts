/**
 * The waterfall as a drawing: each line as a part of the money, from where it starts to where it ends, so
 * that the eye falls from the whole amount through the deductions to what buys electricity.
 */
import type { Waterfall, WaterfallLine } from '#lib/core/vending/waterfall.ts';

export interface WaterfallStep {
	readonly line: WaterfallLine;
	/** Left and right edge of the line's bar, as shares of the full width, 0 to 1. */
	readonly from: number;
	readonly to: number;
	/** Whether the money buys, is added, or is taken. */
	readonly does: 'buys' | 'adds' | 'takes';
}

const DOES: Record<WaterfallLine['kind'], WaterfallStep['does']> = {
	'service-fee': 'takes',
	arrears: 'takes',
	vat: 'takes',
	'fixed-charge': 'takes',
	'brought-forward': 'adds',
	'energy-block': 'buys',
	'left-over': 'takes',
};

/** The lines in their order, each with its place. Deductions come off the right-hand end. */
export function waterfallSteps({ tenderedMinor, lines }: Waterfall): WaterfallStep[] {
	const added = lines.reduce((sum, { amountMinor }) => sum - Math.min(0, amountMinor), 0);
	const fullMinor = tenderedMinor + added;
	let leftMinor = tenderedMinor;
	return lines.map((line) => {
		const before = leftMinor;
		leftMinor -= line.amountMinor;
		return {
			line,
			from: share(Math.min(before, leftMinor), fullMinor),
			to: share(Math.max(before, leftMinor), fullMinor),
			does: DOES[line.kind],
		};
	});
}

/** Kept within the drawing whatever the lines are: a picture must never reach out of its frame. */
function share(partMinor: number, fullMinor: number): number {
	return Math.min(1, Math.max(0, partMinor / fullMinor));
}
