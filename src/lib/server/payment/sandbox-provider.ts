/**
 * The sandbox provider: an invented mobile-money service without money, with a book and a page of its own.
 * It behaves as the real ones do: it is asked, the payer approves or declines at the provider's, it sends
 * signed messages, and it can be asked what became of a charge.
 */
import type { Clock } from '../clock.ts';
import type { Database } from '../database/open.ts';
import type { SandboxChargeRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { oweNotice } from '../sandbox/notices.ts';
import type { ChargeStatus, PaymentProvider } from './port.ts';
import { decideTap, type SandboxOutcome } from './sandbox-outcomes.ts';

export const SANDBOX_NAME = 'Sandbox Pesa';

export function sandboxProvider(database: Database, clock: Clock): PaymentProvider {
	return {
		name: 'sandbox',
		async ask(charge) {
			await transact(database, (write) =>
				write
					.insertInto('sandbox_charge')
					.values({
						reference: charge.reference,
						payee: charge.payee,
						description: charge.description,
						amount_minor: charge.amountMinor,
						currency: charge.currency,
						currency_minor_digits: charge.currencyMinorDigits,
						return_path: charge.returnPath,
						expires_at_ms: charge.expiresAtMs,
						state: 'pending',
						effective_at_ms: 0,
					})
					.onConflict((conflict) => conflict.column('reference').doNothing())
					.execute(),
			);
		},
		async status(reference) {
			const charge = await readCharge(database, reference);
			return charge === undefined
				? { state: 'unknown', amountMinor: 0, currency: '' }
				: statusOf(charge, clock.nowMs());
		},
		payUrl: (reference) => `/sandbox/pay/${reference}`,
	};
}

export async function readCharge(
	database: Pick<Database, 'selectFrom'>,
	reference: string,
): Promise<SandboxChargeRow | undefined> {
	return await database
		.selectFrom('sandbox_charge')
		.selectAll()
		.where('reference', '=', reference)
		.executeTakeFirst();
}

/**
 * What a charge is at a moment. A decision counts from when it takes effect, however long ago the charge
 * has expired since; one that nobody decided in time has expired.
 */
export function statusOf(charge: SandboxChargeRow, nowMs: number): ChargeStatus {
	const { amount_minor: amountMinor, currency, failure } = charge;
	const asked = { amountMinor, currency };
	if (charge.state === 'pending')
		return { state: nowMs < charge.expires_at_ms ? 'pending' : 'expired', ...asked };
	if (nowMs < charge.effective_at_ms) return { state: 'pending', ...asked };
	if (charge.state === 'approved' || isPast(charge.turns_approved_at_ms, nowMs))
		return paidStatus(charge, nowMs);
	if (failure === 'expired') return { state: 'expired', ...asked };
	return { state: 'failed', ...asked, failure: failure ?? 'declined' };
}

function paidStatus(charge: SandboxChargeRow, nowMs: number): ChargeStatus {
	const amountMinor = charge.paid_minor ?? charge.amount_minor;
	const currency = charge.paid_currency ?? charge.currency;
	const isBack = isPast(charge.taken_back_at_ms, nowMs);
	return {
		...{ state: isBack ? 'taken-back' : 'paid', amountMinor, currency },
		...(isPast(charge.paid_again_at_ms, nowMs) && { againMinor: amountMinor }),
	};
}

const isPast = (atMs: number | null, nowMs: number): boolean => atMs !== null && nowMs >= atMs;

/**
 * The payer's tap, with the messages that the provider owes the shop for it. The first one stands; after
 * the expiry none does. Answers the charge as it then is.
 */
export async function answerCharge(
	database: Database,
	reference: string,
	outcome: SandboxOutcome,
	nowMs: number,
): Promise<SandboxChargeRow | undefined> {
	return await transact(database, async (write) => {
		const charge = await readCharge(write, reference);
		if (charge?.state !== 'pending' || nowMs >= charge.expires_at_ms) return charge;
		const { change, notices } = decideTap(charge, outcome, nowMs);
		const tapped = await write
			.updateTable('sandbox_charge')
			.set(change)
			.where('reference', '=', reference)
			.where('state', '=', 'pending')
			.executeTakeFirst();
		if (tapped.numUpdatedRows === 0n) return await readCharge(write, reference);
		for (const { eventId, dueAtMs } of notices)
			await oweNotice(write, { eventId, provider: 'sandbox', reference, dueAtMs });
		return { ...charge, ...change };
	});
}
