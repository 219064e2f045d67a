import { operation } from '#lib/server/http/operation.ts';
import { redeemClaim } from '#lib/server/till/redeem-claim.ts';

export const POST = operation('redeemClaim', ({ backend, caller, body }) =>
	redeemClaim(backend, caller, body),
);
