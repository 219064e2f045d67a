/** What the sandbox provider's own page shows and does. */
import { formatAmount } from '#lib/core/units/money.ts';
import type { Backend } from '../backend.ts';
import type { SandboxChargeRow } from '../database/schema.ts';
import { sendNotices, type SendNotice } from '../sandbox/notices.ts';
import type { SandboxOutcome } from './sandbox-outcomes.ts';
import { answerCharge, readCharge, SANDBOX_NAME, statusOf } from './sandbox-provider.ts';

/** `working`: the payer has decided, and it has not taken effect yet. */
export type ChargePageState =
	| ('open' | 'working' | 'paid' | 'paid-twice' | 'taken-back')
	| ('declined' | 'no-funds' | 'expired');

export interface ChargePage {
	readonly reference: string;
	readonly provider: string;
	readonly payee: string;
	readonly description: string;
	readonly amount: string;
	readonly state: ChargePageState;
	/** `working`: how many seconds are left. */
	readonly leftS: number;
	readonly returnPath: string;
}

/** Undefined: there is no such charge. */
export async function showCharge(
	{ database, clock }: Backend,
	reference: string,
): Promise<ChargePage | undefined> {
	const charge = await readCharge(database, reference);
	if (charge === undefined) return undefined;
	const nowMs = clock.nowMs();
	const currency = { code: charge.currency, minorDigits: charge.currency_minor_digits };
	return {
		reference,
		provider: SANDBOX_NAME,
		payee: charge.payee,
		description: charge.description,
		amount: formatAmount(charge.amount_minor, currency, 'en'),
		state: pageState(charge, nowMs),
		leftS: Math.max(0, Math.ceil((charge.effective_at_ms - nowMs) / 1000)),
		returnPath: charge.return_path,
	};
}

function pageState(charge: SandboxChargeRow, nowMs: number): ChargePageState {
	const { state, failure, againMinor } = statusOf(charge, nowMs);
	if (state === 'pending') return charge.state === 'pending' ? 'open' : 'working';
	if (state === 'failed') return failure ?? 'declined';
	if (state === 'paid') return againMinor === undefined ? 'paid' : 'paid-twice';
	return state === 'taken-back' ? state : 'expired';
}

/**
 * The payer's tap, and the message that tells of it where one is due at once. A message that is lost is
 * sent again in the background. Answers where the payer goes next; undefined: there is no such charge.
 */
export async function payCharge(
	backend: Backend,
	reference: string,
	outcome: SandboxOutcome,
	send: SendNotice,
): Promise<string | undefined> {
	const charge = await answerCharge(backend.database, reference, outcome, backend.clock.nowMs());
	if (charge === undefined) return undefined;
	await sendNotices(backend, send, reference);
	return charge.return_path;
}
