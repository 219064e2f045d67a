/** Asks the backend where the money of a sale that has ended is, and keeps the answer with the sale. */
import type { Api } from '#lib/browser/api/api.ts';
import { keepMoney, type Sale } from '#lib/browser/store/sales.ts';
import type { TokenlineStore } from '#lib/browser/store/store.ts';
import { isFbe } from '#lib/core/sync/fbe.ts';
import { mayHaveMoney } from '#lib/core/sync/outbox.ts';

export interface MoneyPorts {
	readonly store: TokenlineStore;
	readonly api: Pick<Api, 'askPayment'>;
	readonly now: () => number;
	/** Writes, and says where the device cannot. @returns undefined: nothing was kept */
	readonly keep: <T>(work: () => PromiseLike<T>) => PromiseLike<{ readonly kept: T } | undefined>;
}

/** Answers whether the backend said anything of it that is kept now. No answer changes nothing. */
export async function askMoney(
	{ store, api, now, keep }: MoneyPorts,
	{ row, progress }: Sale,
): Promise<boolean> {
	if (isFbe(row.request) || !mayHaveMoney(progress)) return false;
	const outcome = await api.askPayment(row.request.paymentId);
	const told = outcome.kind === 'answer' ? outcome.answer.money : undefined;
	if (told === undefined) return false;
	return (await keep(() => keepMoney(store, row.id, told, now()))) !== undefined;
}
