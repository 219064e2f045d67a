/** What the sandbox provider's own page shows and does. */
import { formatAmount } from '#lib/core/units/money.ts';
import type { Backend } from '../backend.ts';
import type { SandboxChargeRow } from '../database/schema.ts';
import { describeError } from '../log.ts';
import { answerCharge, readCharge, SANDBOX_NAME, statusOf } from './sandbox-provider.ts';
import { SIGNATURE_HEADER, signWebhook } from './webhook-signature.ts';
import type { WebhookMessage } from './webhook.ts';

export interface ChargePage {
	readonly provider: string;
	readonly payee: string;
	readonly description: string;
	readonly amount: string;
	readonly state: 'pending' | 'paid' | 'failed' | 'expired';
	readonly returnPath: string;
}

/** Undefined: there is no such charge. */
export async function showCharge(
	{ database, clock }: Backend,
	reference: string,
): Promise<ChargePage | undefined> {
	const charge = await readCharge(database, reference);
	if (charge === undefined) return undefined;
	const { state } = statusOf(charge, clock.nowMs());
	const currency = { code: charge.currency, minorDigits: charge.currency_minor_digits };
	return {
		provider: SANDBOX_NAME,
		payee: charge.payee,
		description: charge.description,
		amount: formatAmount(charge.amount_minor, currency, 'en'),
		state: state === 'unknown' ? 'pending' : state,
		returnPath: charge.return_path,
	};
}

/**
 * The payer's tap, and the message that tells of it. A message that is lost changes nothing: the backend
 * asks by itself before long. Answers where the payer goes next; undefined: there is no such charge.
 */
export async function payCharge(
	backend: Backend,
	reference: string,
	decision: 'approved' | 'declined',
	send: (body: string, headers: Record<string, string>) => Promise<void>,
): Promise<string | undefined> {
	const nowMs = backend.clock.nowMs();
	const charge = await answerCharge(backend.database, reference, decision, nowMs);
	if (charge === undefined) return undefined;
	try {
		const body = JSON.stringify(messageOf(charge));
		await send(body, {
			'content-type': 'application/json',
			[SIGNATURE_HEADER]: signWebhook(backend.webhookSecret, body, nowMs),
		});
	} catch (error) {
		backend.log('warn', 'sandbox-message-lost', { payment: reference, ...describeError(error) });
	}
	return charge.return_path;
}

/** One event per charge and outcome: a second tap sends the same message again. */
function messageOf(charge: SandboxChargeRow): WebhookMessage {
	return { eventId: `${charge.reference}:${charge.state}`, reference: charge.reference };
}
