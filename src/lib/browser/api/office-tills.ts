/** What the office's screens for tills and their vendors ask of the backend. */
import { ApprovalAnswer, type ApprovalRequest } from '#lib/core/sync/wire-approvals.ts';
import { ReserveList } from '#lib/core/sync/wire-reserves.ts';
import {
	JournalImportAnswer,
	OfflineTermsAnswer,
	TillAlarmList,
	type JournalImportRequest,
	type OfflineTermsShape,
} from '#lib/core/sync/wire-till.ts';
import {
	EnrolmentCode,
	TerminalAnswer,
	TerminalList,
	type TerminalRequest,
} from '#lib/core/sync/wire-terminals.ts';
import { UtilitySettings } from '#lib/core/sync/wire-utility.ts';
import {
	DepositAnswer,
	VendorAnswer,
	VendorList,
	type DepositRequest,
} from '#lib/core/sync/wire-vendors.ts';
import type * as v from 'valibot';
import { call, send } from './call.ts';
import { pagePath } from './page-path.ts';

const TERMINALS = '/api/v1/terminals';
const VENDORS = '/api/v1/vendors';
const SETTINGS = '/api/v1/utilities/current/settings';
const one = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;

export const officeTillsApi = {
	listTills: () => call(TerminalList, TERMINALS),
	putTill: (id: string, request: TerminalRequest) =>
		send(TerminalAnswer, 'PUT', one(TERMINALS, id), request),
	makeCode: (id: string) =>
		send(EnrolmentCode, 'POST', `${one(TERMINALS, id)}/enrolment-codes`, {}),
	revokeTill: (id: string) => send(TerminalAnswer, 'POST', `${one(TERMINALS, id)}/revocations`, {}),
	listVendors: (after: string | null) => call(VendorList, pagePath(VENDORS, 'after', after)),
	readVendor: (id: string) => call(VendorAnswer, one(VENDORS, id)),
	readTerms: (vendorId: string) =>
		call(OfflineTermsAnswer, `${one(VENDORS, vendorId)}/offline-terms`),
	putTerms: (vendorId: string, terms: v.InferOutput<typeof OfflineTermsShape>) =>
		send(OfflineTermsAnswer, 'PUT', `${one(VENDORS, vendorId)}/offline-terms`, terms),
	payIn: (id: string, request: DepositRequest) =>
		send(DepositAnswer, 'PUT', `/api/v1/deposits/${id}`, request),
	readSettings: () => call(UtilitySettings, SETTINGS),
	putSettings: (settings: UtilitySettings) => send(UtilitySettings, 'PUT', SETTINGS, settings),
	listAlarms: (before: string | null) =>
		call(TillAlarmList, pagePath('/api/v1/till-alarms', 'before', before)),
	importJournal: (request: JournalImportRequest) =>
		send(JournalImportAnswer, 'POST', '/api/v1/journal-imports', request),
	listReserves: (after: string | null) =>
		call(ReserveList, pagePath('/api/v1/reserves', 'after', after)),
	/** @param id of the proposal */
	proposeReturn: (id: string, vendId: string, reason: string) =>
		send(ApprovalAnswer, 'PUT', `/api/v1/approvals/${id}`, {
			reason,
			wish: { kind: 'reserve-return', vendId },
		} satisfies ApprovalRequest),
};

export type OfficeTillsApi = typeof officeTillsApi;
