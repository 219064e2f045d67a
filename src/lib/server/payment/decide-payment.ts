/**
 * Where a payment stands after the provider was asked about it: pure. The provider's own final word is the
 * only one that ends it; silence never does.
 */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { PaymentRow } from '../database/schema.ts';
import type { ChargeStatus } from './port.ts';

const FINAL = ['paid', 'failed', 'expired'] as const;

export function isFinalPayment(state: PaymentRow['state']): state is (typeof FINAL)[number] {
	return FINAL.some((final) => final === state);
}

/** What is decided by of a payment. */
export type Standing = Pick<PaymentRow, 'state' | 'amount_minor' | 'currency' | 'expires_at_ms'>;

/**
 * The state that follows. `silent`: the provider did not answer. A final payment stays as it is. Money of
 * another amount does not pay for the vend, and neither does money that was taken back before anybody
 * looked. One that the provider never heard of is asked for again by the caller while its time lasts.
 */
export function decidePayment(
	payment: Standing,
	status: ChargeStatus | 'silent',
	nowMs: number,
): PaymentRow['state'] {
	if (isFinalPayment(payment.state)) return payment.state;
	const isOver = nowMs >= payment.expires_at_ms;
	if (status === 'silent') return payment.state === 'created' || isOver ? 'unknown' : payment.state;
	switch (status.state) {
		case 'paid':
			return isExact(payment, status) ? 'paid' : 'failed';
		case 'taken-back':
			return 'failed';
		case 'unknown':
			return isOver ? 'expired' : payment.state;
		default:
			return status.state;
	}
}

function isExact(payment: Standing, status: ChargeStatus): boolean {
	return status.amountMinor === payment.amount_minor && status.currency === payment.currency;
}

/** Why the vend of a payment that ended without paying for it gets no token. */
export function refusalOfPayment(state: 'failed' | 'expired', status: ChargeStatus): RefusalCode {
	if (status.state === 'paid') return 'payment-mismatch';
	if (status.state === 'taken-back') return 'payment-taken-back';
	if (state === 'expired') return 'payment-expired';
	return status.failure === 'no-funds' ? 'payment-no-funds' : 'payment-failed';
}

/** Money that came by a payment, minor units, by currency. */
export type Came = ReadonlyMap<string, number>;

/**
 * What must still be booked so that the books say what the provider says: by currency, positive where more
 * is there than was booked (paid late, or a second time), negative where the provider has taken money back.
 * Empty: they agree, or the provider does not say.
 */
export function decideMovements(booked: Came, status: ChargeStatus): Came {
	if (status.state === 'pending' || status.state === 'unknown') return new Map();
	const isThere = status.state === 'paid' ? status.amountMinor + (status.againMinor ?? 0) : 0;
	const wanted = new Map([...booked.keys()].map((currency) => [currency, 0]));
	wanted.set(status.currency, isThere);
	return new Map(
		[...wanted]
			.map(([currency, minor]) => [currency, minor - (booked.get(currency) ?? 0)] as const)
			.filter(([, minor]) => minor !== 0),
	);
}
