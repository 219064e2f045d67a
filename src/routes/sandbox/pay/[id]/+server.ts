import { readId } from '#lib/server/http/read-body.ts';
import { payCharge, showCharge } from '#lib/server/payment/sandbox-page.ts';
import { chargePage, noChargePage } from '#lib/server/payment/sandbox-html.ts';
import type { RequestHandler } from './$types';

/** The provider's page. It is not the app's: no shell, no scripts, a look of its own. */
export const GET: RequestHandler = async ({ params, locals: { backend } }) => {
	const charge = 'id' in readId(params.id) ? await showCharge(backend, params.id) : undefined;
	return charge === undefined ? noChargePage() : chargePage(charge);
};

/** The payer's tap: noted by the provider, told to the shop, and back to where the purchase is shown. */
export const POST: RequestHandler = async ({ params, url, fetch, locals: { backend } }) => {
	const decision = url.searchParams.has('approve') ? 'approved' : 'declined';
	const returnPath = await payCharge(backend, params.id, decision, async (body, headers) => {
		await fetch('/api/v1/webhooks/sandbox', { method: 'POST', body, headers });
	});
	if (returnPath === undefined) return noChargePage();
	return new Response(null, { status: 303, headers: { location: returnPath } });
};
