/** What a technician asks of the backend for engineering: tokens that a second person agrees to, key-change sets. */
import {
	ApprovalAnswer,
	ApprovalList,
	type ApprovalRequest,
} from '#lib/core/sync/wire-approvals.ts';
import { type KeyChangeRequest, VendAnswer } from '#lib/core/sync/wire.ts';
import { call, send } from './call.ts';

export const engineeringApi = {
	propose: (id: string, request: ApprovalRequest) =>
		send(ApprovalAnswer, 'PUT', `/api/v1/approvals/${id}`, request),
	/** A technician's own. */
	listProposals: () => call(ApprovalList, '/api/v1/approvals'),
	askKeyChange: (id: string, request: KeyChangeRequest) =>
		send(VendAnswer, 'PUT', `/api/v1/vends/${id}`, request),
	readVend: (id: string) => call(VendAnswer, `/api/v1/vends/${id}`),
};

export type EngineeringApi = typeof engineeringApi;
