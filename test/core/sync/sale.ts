/** A sale, its answers and its problems, as the tests of the outbox need them. */
import type { OutboxRow } from '#lib/core/sync/outbox.ts';
import type { PaymentAnswer, Problem, VendAnswer, VendRequest } from '#lib/core/sync/wire.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';

export const ID = '01935f2a-0000-7000-8000-000000000001';
export const PAYMENT_ID = '01935f2a-0000-7000-8000-00000000000a';
export const waterfall = { tenderedMinor: 50_000, lines: [], energyDeciKwh: 200 };

export function row(id = ID): OutboxRow & { readonly request: VendRequest } {
	return {
		id,
		schema: 1,
		createdAtMs: 1_000,
		request: {
			drn: '01234567895',
			amountMinor: 50_000,
			currency: 'KES',
			paymentId: PAYMENT_ID,
			agreed: null,
			requestedAtMs: 1_000,
		},
		seen: {
			currency: { code: 'KES', minorDigits: 2 },
			ownerMasked: null,
			area: null,
			waterfall: null,
			offline: true,
		},
		supersedes: null,
	};
}

export const awaiting: VendAnswer = {
	id: ID,
	state: 'awaiting-payment',
	paymentId: PAYMENT_ID,
	waterfall,
};

export const payment: PaymentAnswer = {
	id: PAYMENT_ID,
	vendId: ID,
	state: 'pending',
	amountMinor: 50_000,
	currency: 'KES',
	payUrl: '/sandbox/pay/x',
	expiresAtMs: 9_000_000,
};

export const refused: VendAnswer = {
	id: ID,
	state: 'refused',
	paymentId: PAYMENT_ID,
	code: 'payment-failed',
	refundMinor: 0,
};

export const issued: VendAnswer = {
	id: ID,
	state: 'issued',
	paymentId: PAYMENT_ID,
	tokens: [
		{
			digits: '00000000000000000000',
			kind: 'credit',
			energyDeciKwh: 200,
			sequence: 1,
			of: 1,
			test: true,
		},
	],
	receipt: {
		receiptNumber: 'WEB-1',
		issuedAtMs: 2_000,
		utility: {
			name: 'U',
			address: 'A',
			vatNumber: 'V',
			helpLine: 'H',
			currency: { code: 'KES', minorDigits: 2 },
			timeZone: 'Africa/Nairobi',
		},
		terminal: 'web',
		customerMasked: 'A****',
		drn: '01234567895',
		sgc: '000001',
		krn: 1,
		ti: '01',
		ea: 7,
		tct: '02',
		tariffName: 'T',
		waterfall,
		roundingGainDeciKwh: 0,
	},
};

export function problem(code: RefusalCode, withWaterfall = false): Problem {
	return {
		type: `/problems/${code}`,
		title: code,
		status: 409,
		code,
		detail: code,
		...(withWaterfall ? { waterfall } : {}),
	};
}
