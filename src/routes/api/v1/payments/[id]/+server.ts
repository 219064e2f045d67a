import { operation } from '#lib/server/http/operation.ts';
import { readPayment, requestPayment } from '#lib/server/payment/request-payment.ts';

export const PUT = operation('requestPayment', ({ backend, caller, params, body }) =>
	requestPayment(backend, caller, params.id, body),
);

export const GET = operation('readPayment', ({ backend, caller, params }) =>
	readPayment(backend, caller, params.id),
);
