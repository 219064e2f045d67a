/** Endpoints of what needs a second person. */
import {
	ApprovalAnswer,
	ApprovalList,
	ApprovalQuery,
	ApprovalRequest,
	DecisionRequest,
} from '#lib/core/sync/wire-approvals.ts';
import { rows } from './row.ts';
import { METER_NUMBER } from './vending.ts';

const KEY = [
	'vending-key-unknown',
	'vending-key-not-active',
	'vending-key-issue-ended',
	'vending-key-expired',
	'tid-exhausted',
	'key-revision-earlier',
] as const;

const TARIFF = ['tariff-invalid', 'tariff-in-the-past'] as const;

const RESERVE = ['reserve-ended', 'reserve-held'] as const;

export const approvalOperations = rows({
	proposeApproval: {
		method: 'PUT',
		path: '/api/v1/approvals/{id}',
		summary: 'Proposes what a second person must agree to. Nothing happens yet.',
		capability: 'approval.propose',
		body: ApprovalRequest,
		answers: { 200: ApprovalAnswer },
		refusals: ['id-reused', ...METER_NUMBER, ...KEY, ...TARIFF, ...RESERVE],
	},
	decideApproval: {
		method: 'POST',
		path: '/api/v1/approvals/{id}/decisions',
		summary: 'The second person agrees, and it is done in the same moment; or does not.',
		capability: 'approval.decide',
		body: DecisionRequest,
		answers: { 200: ApprovalAnswer },
		refusals: [
			...(['approval-decided', 'own-approval', 'id-reused', ...METER_NUMBER, ...KEY] as const),
			...(['meter-blocked', 'key-change-same', 'key-change-not-allowed', ...TARIFF] as const),
			...RESERVE,
		],
	},
	readApproval: {
		method: 'GET',
		path: '/api/v1/approvals/{id}',
		summary:
			'A proposal as it is now; one to give back a sealed token with what is known of that token, without digits.',
		capability: 'approval.read',
		answers: { 200: ApprovalAnswer },
		refusals: [],
	},
	listApprovals: {
		method: 'GET',
		path: '/api/v1/approvals',
		summary:
			'Proposals, the newest first, a hundred at a time; of a technician their own. Each as when it is read alone.',
		capability: 'approval.read',
		query: ApprovalQuery,
		answers: { 200: ApprovalList },
		refusals: [],
	},
});
