import { operation } from '#lib/server/http/operation.ts';
import { SIGNATURE_HEADER } from '#lib/server/payment/webhook-signature.ts';
import { doorOf } from '#lib/server/sandbox/doors.ts';

export const POST = operation('receiveWebhook', async ({ backend, params, text, request }) => {
	const receive = doorOf(params.provider);
	if (receive === undefined) return { refusal: 'not-found' };
	return await receive(backend, text, request.headers.get(SIGNATURE_HEADER));
});
