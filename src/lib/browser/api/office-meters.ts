/** What the office's screens for meters ask of the backend. */
import { ApprovalAnswer, type ApprovalRequest } from '#lib/core/sync/wire-approvals.ts';
import {
	BlockDecision,
	BlockedMeterList,
	MeterBlock,
	type BlockDecisionRequest,
} from '#lib/core/sync/wire-blocks.ts';
import type { UnblockReason } from '#lib/core/vending/block-meter.ts';
import { call, send } from './call.ts';
import { pagePath } from './page-path.ts';

const decisionsOf = (drn: string): string =>
	`/api/v1/meters/${encodeURIComponent(drn)}/block-decisions`;

export const officeMetersApi = {
	readBlock: (drn: string) => call(MeterBlock, decisionsOf(drn)),
	/** @param after the last number of the page before; null: from the beginning */
	listBlocked: (after: string | null) =>
		call(BlockedMeterList, pagePath('/api/v1/blocked-meters', 'after', after)),
	/** @param id of the decision */
	decide: (id: string, drn: string, request: BlockDecisionRequest) =>
		send(BlockDecision, 'PUT', `${decisionsOf(drn)}/${id}`, request),
	/** @param id of the proposal */
	proposeUnblock: (id: string, drn: string, reason: UnblockReason, why: string) =>
		send(ApprovalAnswer, 'PUT', `/api/v1/approvals/${id}`, {
			reason: why,
			wish: { kind: 'meter-unblock', drn, reason },
		} satisfies ApprovalRequest),
};

export type OfficeMetersApi = typeof officeMetersApi;
