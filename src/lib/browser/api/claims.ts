/** What a customer's page asks of the backend about a provisional receipt. */
import { ClaimAnswer, type ClaimRequest } from '#lib/core/sync/claim.ts';
import { send } from './call.ts';

export const redeemClaim = (request: ClaimRequest) =>
	send(ClaimAnswer, 'POST', '/api/v1/claims', request);
