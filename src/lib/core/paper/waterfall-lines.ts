/** The waterfall on a paper: from the money to the kWh, in the order of the tariff. */
import type { Currency } from '#lib/core/units/money.ts';
import { lineFacts } from '#lib/core/vending/line-facts.ts';
import type { Waterfall, WaterfallLine } from '#lib/core/vending/waterfall.ts';
import type { PaperElement } from './paper.ts';
import { moneyIn, type PaperWords } from './paper-words.ts';

/** What is taken stands with a minus; what buys energy does not. */
export function waterfallLines(
	writing: PaperWords,
	{ lines }: Waterfall,
	currency: Currency,
): PaperElement[] {
	const money = moneyIn(writing, currency);
	const { receipt, waterfall } = writing.words;
	return lines.flatMap((line): PaperElement[] => {
		const facts = lineFacts(line, currency, writing.language);
		const pair = {
			kind: 'pair',
			name: waterfall.lines[line.kind].name(facts),
			value: money(signed(line)),
		} as const;
		return line.kind === 'arrears'
			? [pair, { kind: 'text', text: `  ${receipt.balanceAfter(facts.balanceAfter)}` }]
			: [pair];
	});
}

const signed = (line: WaterfallLine): number =>
	line.kind === 'energy-block' ? line.amountMinor : -line.amountMinor;
