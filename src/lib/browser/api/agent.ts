/**
 * What an agent's page asks of the backend. All but the enrolment is signed by the till, so that
 * the backend knows which till asks beside who is signed in at it.
 */
import { EnrolmentAnswer, type EnrolmentRequest } from '#lib/core/sync/wire-terminals.ts';
import { ChallengeAnswer, LoginSessionAnswer, SessionsEnded } from '#lib/core/sync/wire-people.ts';
import {
	ClaimAnswer,
	JournalBatchAnswer,
	ReserveAnswer,
	TariffPack,
	TillStatus,
	type ClaimRequest,
	type JournalBatchRequest,
	type ReserveRequest,
} from '#lib/core/sync/wire-till.ts';
import { BatchAnswer } from '#lib/core/sync/wire-vendors.ts';
import { MeterConfirmation, TrialVendAnswer, type TrialVendRequest } from '#lib/core/sync/wire.ts';
import { send } from './call.ts';
import { callAsTill, type TillSigner } from './till-signature.ts';

const SESSIONS = '/api/v1/login-sessions';
const TILL = '/api/v1/terminals/current';

/** What a device asks before it is a till. */
export const enrol = (request: EnrolmentRequest) =>
	send(EnrolmentAnswer, 'POST', '/api/v1/terminal-enrolments', request);

export function agentApiOf(signer: TillSigner) {
	const post = <Schema extends Parameters<typeof callAsTill>[1]>(
		schema: Schema,
		path: string,
		body: unknown,
	) => callAsTill(signer, schema, { method: 'POST', path, body });
	const get = <Schema extends Parameters<typeof callAsTill>[1]>(schema: Schema, path: string) =>
		callAsTill(signer, schema, { method: 'GET', path });
	return {
		postJournal: (request: JournalBatchRequest) =>
			post(JournalBatchAnswer, '/api/v1/journal-batches', request),
		readStatus: () => get(TillStatus, TILL),
		fetchPack: () => get(TariffPack, '/api/v1/packs/tariff'),
		fillReserve: (request: ReserveRequest) => post(ReserveAnswer, `${TILL}/reserves`, request),
		claim: (request: ClaimRequest) => post(ClaimAnswer, '/api/v1/claims', request),
		/** A shift or batch of this till as the backend has it. */
		readBatch: (id: string) => get(BatchAnswer, `/api/v1/batches/${encodeURIComponent(id)}`),
		confirmMeter: (drn: string) =>
			get(MeterConfirmation, `/api/v1/meters/${encodeURIComponent(drn)}`),
		trialVend: (request: TrialVendRequest) => post(TrialVendAnswer, '/api/v1/trial-vends', request),

		readSession: () => get(LoginSessionAnswer, `${SESSIONS}/current`),
		signInByPassword: (login: string, password: string) =>
			post(LoginSessionAnswer, SESSIONS, { by: 'password', login, password }),
		signInByPasskey: (challengeId: string, assertion: unknown) =>
			post(LoginSessionAnswer, SESSIONS, { by: 'passkey', challengeId, assertion }),
		signOut: () =>
			callAsTill(signer, SessionsEnded, { method: 'DELETE', path: `${SESSIONS}/current` }),
		challenge: (purpose: 'passkey-registration' | 'passkey-assertion') =>
			post(ChallengeAnswer, '/api/v1/passkeys/challenges', { purpose }),
	};
}

export type AgentApi = ReturnType<typeof agentApiOf>;
