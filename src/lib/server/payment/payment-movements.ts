/**
 * Money of a payment beside the one that paid for its vend: what came late, twice, or in another amount, and
 * what the provider took back. Each is one row and its bookings, so that the books always say what the
 * provider says, however often and in whichever order it is heard.
 */
import { v7 as uuidV7 } from 'uuid';
import type { Database, Write } from '../database/open.ts';
import type { PaymentRow } from '../database/schema.ts';
import { accountId } from '../ledger/accounts.ts';
import { book, type TransactionKind } from '../ledger/book.ts';
import { transfer, type Entry } from '../ledger/entries.ts';
import { owedFor } from '../refund/owed-money.ts';
import { takeVendBack } from '../vend/reverse-vend.ts';
import { decideMovements, type Came } from './decide-payment.ts';
import type { ChargeStatus } from './port.ts';

/** The provider's word on a charge, and when it was asked for it. */
export interface Heard {
	readonly status: ChargeStatus;
	readonly askedAtMs: number;
}

/**
 * Inside the transaction that has locked the payment, after its own state is settled. A word that was asked
 * for before the last movement was booked is older than the books, and books nothing.
 */
export async function bookMovements(
	write: Write,
	payment: PaymentRow,
	{ status, askedAtMs }: Heard,
	nowMs: number,
): Promise<void> {
	const movements = await movementsOf(write, payment.id);
	if (movements.some(({ at_ms: atMs }) => atMs > askedAtMs)) return;
	const missing = decideMovements(await cameBy(write, payment, movements), status);
	for (const [currency, amountMinor] of missing)
		await (amountMinor > 0 ? bookArrival : bookTakenBack)(write, payment, {
			...{ amountMinor, currency, nowMs },
			subjects: subjectsOf(payment, movements),
		});
}

interface Movement {
	readonly amountMinor: number;
	readonly currency: string;
	readonly nowMs: number;
	/** Under which the payment's money may stand in the suspense account. */
	readonly subjects: readonly string[];
}

type MovementRow = Awaited<ReturnType<typeof movementsOf>>[number];

export async function movementsOf(write: Database | Write, paymentId: string) {
	return await write
		.selectFrom('payment_movement')
		.select(['id', 'amount_minor', 'currency', 'at_ms'])
		.where('payment_id', '=', paymentId)
		.orderBy('at_ms')
		.orderBy('id')
		.execute();
}

/** Ids that bookings of a payment's money go by: its own, and those of its movements. */
export function subjectsOf(
	payment: Pick<PaymentRow, 'id'>,
	movements: readonly Pick<MovementRow, 'id'>[],
): string[] {
	return [...new Set([payment.id, ...movements.map(({ id }) => id)])];
}

/** What the books have of a payment, by currency; also what was booked before there were movements. */
export async function cameBy(
	write: Database | Write,
	payment: Pick<PaymentRow, 'id' | 'utility_id'>,
	movements: readonly MovementRow[],
): Promise<Came> {
	const came = new Map<string, number>();
	const add = (currency: string, minor: number) =>
		came.set(currency, (came.get(currency) ?? 0) + minor);
	for (const { currency, amount_minor: minor } of movements) add(currency, minor);
	const known = movements.some(({ id }) => id === payment.id);
	const kinds: TransactionKind[] = known ? ['payment'] : ['payment', 'late-payment'];
	const rows = await write
		.selectFrom('ledger_entry as entry')
		.innerJoin('ledger_transaction as tx', 'tx.id', 'entry.transaction_id')
		.select(['entry.currency', 'entry.amount_minor'])
		.where('tx.kind', 'in', kinds)
		.where('tx.subject_id', '=', payment.id)
		.where('entry.account_id', '=', accountId(payment.utility_id, 'provider-clearing'))
		.execute();
	for (const { currency, amount_minor: minor } of rows) add(currency, Number(minor));
	return came;
}

/** Money that no vend waits for: what the payer owes by an earlier one that was taken back, else owed to them. */
async function bookArrival(write: Write, payment: PaymentRow, movement: Movement): Promise<void> {
	const { amountMinor, currency, nowMs, subjects } = movement;
	const id = await writeMovement(write, payment, movement);
	const owing = Math.min(amountMinor, await owingFor(write, payment, { subjects, currency }));
	const rest = amountMinor - owing;
	const part = (minor: number, credit: 'charged-back' | 'suspense') =>
		minor === 0 ? [] : transfer(minor, { debit: 'provider-clearing', credit }, 'late-payment');
	await book(write, {
		...{ utilityId: payment.utility_id, kind: 'late-payment', subjectId: id },
		...{ atMs: nowMs, currency },
		entries: [...part(owing, 'charged-back'), ...part(rest, 'suspense')],
	});
}

/**
 * The provider has taken money back. A vend whose digits nobody has seen comes to nothing. Then what lies in
 * the suspense account, then what is owed for the vend, is owed no more; the rest the payer owes us.
 */
async function bookTakenBack(write: Write, payment: PaymentRow, movement: Movement): Promise<void> {
	const { currency, subjects } = movement;
	const id = await writeMovement(write, payment, movement);
	let leftMinor = 0 - movement.amountMinor;
	for (const subjectId of subjects)
		leftMinor -= await drain(write, payment, movement, { as: 'suspense', subjectId, leftMinor });
	if (leftMinor > 0 && currency === payment.currency) {
		await takeVendBack(write, payment.vend_id, movement.nowMs);
		const subjectId = payment.vend_id;
		leftMinor -= await drain(write, payment, movement, { as: 'refund-due', subjectId, leftMinor });
	}
	if (leftMinor > 0) await bookBack(write, payment, movement, id, [leftMinor, 'charged-back']);
}

/** Answers how much of what is left was owed under this subject, and is not any more. */
async function drain(
	write: Write,
	payment: PaymentRow,
	movement: Movement,
	{
		as,
		subjectId,
		leftMinor,
	}: { as: 'suspense' | 'refund-due'; subjectId: string; leftMinor: number },
): Promise<number> {
	if (leftMinor === 0 || (await isBooked(write, 'charge-back', subjectId))) return 0;
	const owed = await owedFor(write, payment.utility_id, as, subjectId);
	if (owed === undefined || owed.currency !== movement.currency) return 0;
	const minor = Math.min(leftMinor, Math.max(0, owed.amountMinor));
	if (minor > 0) await bookBack(write, payment, movement, subjectId, [minor, as]);
	return minor;
}

async function bookBack(
	write: Write,
	payment: PaymentRow,
	{ currency, nowMs }: Movement,
	subjectId: string,
	[minor, debit]: readonly [number, 'suspense' | 'refund-due' | 'charged-back'],
): Promise<void> {
	const entries: Entry[] = transfer(minor, { debit, credit: 'provider-clearing' }, 'charge-back');
	await book(write, {
		...{ utilityId: payment.utility_id, kind: 'charge-back', subjectId },
		...{ atMs: nowMs, currency, entries },
	});
}

/** Answers its id: the payment's own for the first money that came beside it, so that the desk knows it. */
async function writeMovement(
	write: Write,
	payment: PaymentRow,
	{ amountMinor, currency, nowMs, subjects }: Movement,
): Promise<string> {
	const isFirst =
		amountMinor > 0 &&
		subjects.length === 1 &&
		!(await isBooked(write, 'late-payment', payment.id));
	const id = isFirst ? payment.id : uuidV7({ msecs: nowMs });
	await write
		.insertInto('payment_movement')
		.values({ id, payment_id: payment.id, amount_minor: amountMinor, currency, at_ms: nowMs })
		.execute();
	return id;
}

/** What the payer owes by money of this payment that was taken back. */
async function owingFor(
	write: Write,
	payment: PaymentRow,
	{ subjects, currency }: Pick<Movement, 'subjects' | 'currency'>,
): Promise<number> {
	const row = await write
		.selectFrom('ledger_entry as entry')
		.innerJoin('ledger_transaction as tx', 'tx.id', 'entry.transaction_id')
		.select(({ fn, val }) => fn.coalesce(fn.sum<number>('entry.amount_minor'), val(0)).as('owing'))
		.where('tx.kind', 'in', ['charge-back', 'late-payment'])
		.where('tx.subject_id', 'in', [...subjects])
		.where('entry.account_id', '=', accountId(payment.utility_id, 'charged-back'))
		.where('entry.currency', '=', currency)
		.executeTakeFirstOrThrow();
	return Number(row.owing);
}

async function isBooked(write: Write, kind: TransactionKind, subjectId: string): Promise<boolean> {
	const known = await write
		.selectFrom('ledger_transaction')
		.select('id')
		.where('kind', '=', kind)
		.where('subject_id', '=', subjectId)
		.executeTakeFirst();
	return known !== undefined;
}
