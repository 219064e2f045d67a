/** A receipt as rows of name and value, in the order in which money and facts belong on it. */
import type { Receipt, Token } from '#lib/core/sync/wire.ts';
import type { FirstWords } from '#lib/core/words/catalogue.ts';
import { formatToken } from '#lib/core/sts/token-number.ts';
import { formatEnergy } from '#lib/core/units/energy.ts';
import { formatAmount } from '#lib/core/units/money.ts';
import { formatMoment } from './ages.ts';
import { groupMeterNumber } from './meter-number.ts';
import { lineFacts } from '#lib/core/vending/line-facts.ts';

export interface ReceiptLine {
	readonly name: string;
	readonly value: string;
	/** Under the name, smaller. */
	readonly note?: string;
	/** Money in, energy out. */
	readonly strong?: true;
}

/** Rows that belong together; the receipt rules a line between them. */
export type ReceiptPart = readonly ReceiptLine[];

export function receiptParts(
	receipt: Receipt,
	tokens: readonly Token[],
	words: FirstWords,
	language: string,
): ReceiptPart[] {
	const { utility, waterfall } = receipt;
	const text = words.receipt;
	const money = (amountMinor: number) => formatAmount(amountMinor, utility.currency, language);
	const deductions = waterfall.lines.map((line): ReceiptLine => {
		const facts = lineFacts(line, utility.currency, language);
		return {
			name: words.waterfall.lines[line.kind].name(facts),
			value: money(line.kind === 'energy-block' ? line.amountMinor : -line.amountMinor),
			...(line.kind === 'arrears' ? { note: text.balanceAfter(facts.balanceAfter) } : {}),
		};
	});
	return [
		[
			{ name: text.number, value: receipt.receiptNumber },
			{
				name: text.issued,
				value: formatMoment(receipt.issuedAtMs, language, utility.timeZone),
			},
			{ name: text.terminal, value: receipt.terminal },
			{ name: text.vatNumber, value: utility.vatNumber },
		],
		[
			...(receipt.customerMasked === ''
				? []
				: [{ name: text.customer, value: receipt.customerMasked }]),
			{ name: text.meter, value: groupMeterNumber(receipt.drn) },
			{ name: text.sgc, value: receipt.sgc },
			{ name: text.krn, value: String(receipt.krn) },
			{ name: text.ti, value: receipt.ti },
			{ name: text.ea, value: String(receipt.ea).padStart(2, '0') },
			{ name: text.tct, value: receipt.tct },
			{ name: text.tariff, value: receipt.tariffName },
		],
		[
			{ name: text.tender, value: money(waterfall.tenderedMinor), strong: true },
			{ name: text.change, value: money(0) },
			...deductions,
			{
				name: text.units,
				value: formatEnergy(waterfall.energyDeciKwh, language),
				strong: true,
			},
			...(receipt.roundingGainDeciKwh > 0
				? [
						{
							name: text.roundingGain,
							value: formatEnergy(receipt.roundingGainDeciKwh, language),
						},
					]
				: []),
		],
		tokens.map(({ digits, sequence, of }) => ({
			name: of > 1 ? words.token.sequence(String(sequence), String(of)) : text.token,
			value: formatToken(digits),
		})),
		[{ name: text.helpLine, value: utility.helpLine }],
	];
}
