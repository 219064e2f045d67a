/**
 * `POST /fetches`: what was bought for a meter with a phone number, for whoever has the code that was sent to
 * that phone. The code is good once. A code that is wrong, too old, used, or that nobody was sent is one
 * answer.
 */
import * as v from 'valibot';
import type { FetchAnswer, FetchedPurchase, FetchRequest } from '#lib/core/sync/fetch.ts';
import { VendRequest, type VendAnswer } from '#lib/core/sync/wire.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import { isSameCode } from '../access/six-digits.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { currencyOf, type UtilityCurrency } from '../meter/currency.ts';
import { readPayment } from '../payment/request-payment.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { answerOf } from '../vend/answer.ts';
import { released } from '../vend/release.ts';
import { fetchDigits, hashPair, takeGuess, type Pair } from './fetch-code.ts';
import { findPurchases, sinceDays } from './purchases.ts';

/** Order: those of the number's form, `code-wrong`. */
export async function fetchPurchases(
	backend: Backend,
	caller: Caller,
	{ drn: typed, phone, code }: FetchRequest,
): Promise<FetchAnswer | Refusal> {
	const number = decideMeterNumber(typed);
	if ('refusal' in number) return number;
	const pair = { utilityId: caller.utilityId, drn: number.drn, phone };
	if (!(await redeem(backend, caller, pair, code))) return { refusal: 'code-wrong' };
	const { database, clock, fetch } = backend;
	const currency = await currencyOf(database, caller.utilityId);
	const rows = await findPurchases(database, pair, sinceDays(clock.nowMs(), fetch.days));
	const purchases: FetchedPurchase[] = [];
	for (const row of rows) purchases.push(await purchaseOf(backend, caller, row, currency));
	return { purchases, days: fetch.days };
}

/** Whether the code is right and was not used; it is used from now on. */
async function redeem(
	{ database, clock, homeSecret }: Backend,
	caller: Caller,
	pair: Pair,
	typed: string,
): Promise<boolean> {
	const nowMs = clock.nowMs();
	return await transact(database, async (write) => {
		const code = await takeGuess(write, hashPair(homeSecret, pair), nowMs);
		if (code === undefined) return false;
		const isRight = isSameCode(fetchDigits(homeSecret, code.id), typed);
		if (isRight)
			await write
				.updateTable('fetch_code')
				.set({ used_at_ms: nowMs })
				.where('id', '=', code.id)
				.execute();
		const subject = { kind: 'fetch-code', id: code.id };
		const action = isRight ? 'purchases-fetched' : 'fetch-failed';
		await recordDeed(write, caller, { action, subject }, nowMs);
		return isRight;
	});
}

/** Released before its digits are read. */
async function purchaseOf(
	backend: Backend,
	caller: Caller,
	vend: VendRow,
	currency: UtilityCurrency,
): Promise<FetchedPurchase> {
	const row = await released(backend, vend);
	const request = v.safeParse(VendRequest, JSON.parse(row.request));
	const waits = row.state === 'awaiting-payment' && row.payment_id !== null;
	const payment = waits && (await readPayment(backend, caller, row.payment_id ?? ''));
	return {
		...{ acceptedAtMs: row.accepted_at_ms, amountMinor: row.amount_minor, currency },
		vend: JSON.parse(answerOf(row).body) as VendAnswer,
		...(request.success && { request: request.output }),
		...(payment && !isRefusal(payment) && { payment }),
	};
}
