/**
 * The sandbox provider: an invented mobile-money service without money, with a book and a page of its own.
 * It behaves as the real ones do: it is asked, the payer approves or declines at the provider's, it sends a
 * signed message, and it can be asked what became of a charge.
 */
import type { Clock } from '../clock.ts';
import type { Database } from '../database/open.ts';
import type { SandboxChargeRow } from '../database/schema.ts';
import type { ChargeStatus, PaymentProvider } from './port.ts';

export const SANDBOX_NAME = 'Sandbox Pesa';

export function sandboxProvider(database: Database, clock: Clock): PaymentProvider {
	return {
		name: 'sandbox',
		async ask(charge) {
			await database
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
				.execute();
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
	database: Database,
	reference: string,
): Promise<SandboxChargeRow | undefined> {
	return await database
		.selectFrom('sandbox_charge')
		.selectAll()
		.where('reference', '=', reference)
		.executeTakeFirst();
}

/** What a charge is at a moment: one that nobody approved in time has expired. */
export function statusOf(charge: SandboxChargeRow, nowMs: number): ChargeStatus {
	const { amount_minor: amountMinor, currency } = charge;
	if (charge.state === 'approved') return { state: 'paid', amountMinor, currency };
	if (charge.state === 'declined') return { state: 'failed', amountMinor, currency };
	return { state: nowMs < charge.expires_at_ms ? 'pending' : 'expired', amountMinor, currency };
}

/** The payer's tap. The first one stands; after the expiry none does. Answers the charge as it then is. */
export async function answerCharge(
	database: Database,
	reference: string,
	decision: 'approved' | 'declined',
	nowMs: number,
): Promise<SandboxChargeRow | undefined> {
	await database
		.updateTable('sandbox_charge')
		.set({ state: decision })
		.where('reference', '=', reference)
		.where('state', '=', 'pending')
		.where('expires_at_ms', '>', nowMs)
		.execute();
	return await readCharge(database, reference);
}
