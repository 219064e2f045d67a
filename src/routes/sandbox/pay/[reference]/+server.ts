import { operation } from '#lib/server/http/operation.ts';
import { payCharge, showCharge } from '#lib/server/payment/sandbox-page.ts';
import { chargePage, noChargePage } from '#lib/server/payment/sandbox-html.ts';
import { isOutcome } from '#lib/server/payment/sandbox-outcomes.ts';
import { noticeSender } from '#lib/server/sandbox/send-notice.ts';

/** The provider's page. It is not the app's: no shell, no scripts, a look of its own. */
export const GET = operation('readSandboxCharge', async ({ backend, params }) => {
	const charge = await showCharge(backend, params.reference);
	return charge === undefined ? noChargePage() : chargePage(charge);
});

/** The payer's tap: noted by the provider, told to the shop, and back to where the purchase is shown. */
export const POST = operation('tapSandboxCharge', async ({ backend, params, request }) => {
	const url = new URL(request.url);
	const outcome = [...url.searchParams.keys()].find(isOutcome);
	if (outcome === undefined) return seeOther(url.pathname);
	const returnPath = await payCharge(backend, params.reference, outcome, noticeSender(backend));
	return returnPath === undefined ? noChargePage() : seeOther(returnPath);
});

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });
