/** The message with the tokens of a vend. It carries digits, so the vend is released before it is made. */
import { formatToken } from '#lib/core/sts/token-number.ts';
import { formatEnergy } from '#lib/core/units/energy.ts';
import { formatAmount } from '#lib/core/units/money.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { messages } from '#lib/core/words/en/messages.ts';
import type { Backend } from '../backend.ts';
import type { MessageRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { release } from '../vend/release.ts';

/** Undefined: the vend was reversed before anybody was told. */
export async function tokenText(
	{ database, clock }: Backend,
	{ subject_id: id, language }: MessageRow,
): Promise<string | undefined> {
	const row = await transact(database, (write) => release(write, { id }, clock.nowMs()));
	if (row.state !== 'issued' || row.answer === null) return undefined;
	const answer = JSON.parse(row.answer) as VendAnswer;
	return answer.state === 'issued' ? writeTokens(answer, language) : undefined;
}

/** Plain characters only: a no-break space would make a text message cost double. */
export function writeTokens(
	{ receipt, tokens }: Extract<VendAnswer, { state: 'issued' }>,
	language: string,
): string {
	const text = messages.token;
	const { utility, waterfall } = receipt;
	const carried = tokens.reduce((sum, token) => sum + token.energyDeciKwh, 0);
	const energy = formatEnergy(carried, language);
	const amount = formatAmount(waterfall.tenderedMinor, utility.currency, language);
	const digits = tokens.map((token) =>
		tokens.length === 1
			? text.one(formatToken(token.digits))
			: text.place(
					String(token.sequence),
					String(token.of),
					formatToken(token.digits),
					token.kind === 'key-change',
				),
	);
	const lines = [
		utility.name,
		text.meter(inGroups(receipt.drn)),
		...(carried === 0 ? [] : [waterfall.tenderedMinor > 0 ? text.bought(energy, amount) : energy]),
		...(tokens.length > 1 ? [text.order(String(tokens.length))] : []),
		...digits,
		text.receipt(receipt.receiptNumber),
		...(tokens.some(({ test }) => test) ? [text.test] : []),
	];
	return lines.join('\n').replace(/[\u00a0\u202f]/g, ' ');
}

function inGroups(drn: string): string {
	return drn.replace(/^(\d{4})(\d{4})/, '$1 $2 ');
}
