/** Where the money of a payment that has ended is, read from the books: what the payer asks. */
import type { PaymentMoney } from '#lib/core/sync/wire.ts';
import type { Database } from '../database/open.ts';
import type { PaymentRow } from '../database/schema.ts';
import { owedFor } from '../refund/owed-money.ts';
import { cameBy, movementsOf, subjectsOf } from './payment-movements.ts';

export async function readMoney(database: Database, payment: PaymentRow): Promise<PaymentMoney> {
	const movements = await movementsOf(database, payment.id);
	const came = await cameBy(database, payment, movements);
	const subjects = subjectsOf(payment, movements);
	const taken = movements.filter(
		({ amount_minor: minor, currency }) => minor < 0 && currency === payment.currency,
	);
	return {
		paidMinor: came.get(payment.currency) ?? 0,
		takenBackMinor: taken.reduce((sum, { amount_minor: minor }) => sum - minor, 0),
		owedMinor: await owedMinor(database, payment, subjects),
		...(await returnedOf(database, payment, subjects)),
		foreign: [...came].some(([currency, minor]) => currency !== payment.currency && minor !== 0),
	};
}

async function owedMinor(
	database: Database,
	payment: PaymentRow,
	subjects: readonly string[],
): Promise<number> {
	const { utility_id: utilityId, vend_id: vendId, currency } = payment;
	const found = [await owedFor(database, utilityId, 'refund-due', vendId)];
	for (const subject of subjects)
		found.push(await owedFor(database, utilityId, 'suspense', subject));
	return found
		.filter((owed) => owed?.currency === currency)
		.reduce((sum, owed) => sum + Math.max(0, owed?.amountMinor ?? 0), 0);
}

async function returnedOf(
	database: Database,
	{ vend_id: vendId, currency }: PaymentRow,
	subjects: readonly string[],
): Promise<Pick<PaymentMoney, 'returnedMinor' | 'returned'>> {
	const rows = await database
		.selectFrom('refund')
		.select(['amount_minor', 'at_ms', 'way'])
		.where('currency', '=', currency)
		.where((is) =>
			is.or([
				is.and([is('owed_as', '=', 'refund-due'), is('subject_id', '=', vendId)]),
				is.and([is('owed_as', '=', 'suspense'), is('subject_id', 'in', [...subjects])]),
			]),
		)
		.orderBy('at_ms')
		.execute();
	const last = rows.at(-1);
	return {
		returnedMinor: rows.reduce((sum, row) => sum + row.amount_minor, 0),
		returned: last === undefined ? null : { atMs: last.at_ms, way: last.way },
	};
}
