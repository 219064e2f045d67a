/** What the office's page asks of the backend. */
import {
	ApprovalAnswer,
	ApprovalList,
	type DecisionRequest,
} from '#lib/core/sync/wire-approvals.ts';
import {
	ChallengeAnswer,
	LoginSessionAnswer,
	PasskeyAnswer,
	PasskeyList,
	PasskeysRemoved,
	SessionsEnded,
} from '#lib/core/sync/wire-people.ts';
import { call, send } from './call.ts';

const SESSIONS = '/api/v1/login-sessions';
const PASSKEYS = '/api/v1/passkeys';

export const officeApi = {
	readSession: () => call(LoginSessionAnswer, `${SESSIONS}/current`),
	signInByPassword: (login: string, password: string) =>
		send(LoginSessionAnswer, 'POST', SESSIONS, { by: 'password', login, password }),
	signInByPasskey: (challengeId: string, assertion: unknown) =>
		send(LoginSessionAnswer, 'POST', SESSIONS, { by: 'passkey', challengeId, assertion }),
	signOut: () => call(SessionsEnded, `${SESSIONS}/current`, { method: 'DELETE' }),
	challenge: (purpose: 'passkey-registration' | 'passkey-assertion') =>
		send(ChallengeAnswer, 'POST', `${PASSKEYS}/challenges`, { purpose }),
	registerPasskey: (challengeId: string, name: string, attestation: unknown) =>
		send(PasskeyAnswer, 'POST', PASSKEYS, { challengeId, name, attestation }),
	listPasskeys: () => call(PasskeyList, PASSKEYS),
	removePasskey: (credentialId: string) =>
		call(PasskeysRemoved, `${PASSKEYS}/${encodeURIComponent(credentialId)}`, { method: 'DELETE' }),
	listProposals: () => call(ApprovalList, '/api/v1/approvals?state=proposed'),
	decide: (id: string, decision: DecisionRequest) =>
		send(ApprovalAnswer, 'POST', `/api/v1/approvals/${id}/decisions`, decision),
};

export type OfficeApi = typeof officeApi;
