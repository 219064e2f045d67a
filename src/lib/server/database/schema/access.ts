/** Who may come in, and what needs a second person, as rows. */
import type { ApprovalState } from '../states.ts';

/** A person with a password: an agent's operator, a technician, somebody of the office. */
export interface OperatorRow {
	id: string;
	utility_id: string;
	login: string;
	name: string;
	/** JSON array of `Role`. */
	roles: string;
	vendor_id: string | null;
	state: 'active' | 'suspended';
	/** PHC string of argon2id; null: signs in by passkey only. */
	password_hash: string | null;
}

/**
 * Wrong attempts to sign in under one name, whether there is such a name or not: a lock tells nobody which
 * names exist. `key` is a keyed hash of utility and name, for people type their password there too.
 */
export interface SignInAttemptRow {
	key: string;
	failed: number;
	last_at_ms: number;
	locked_until_ms: number;
}

export interface PasskeyRow {
	credential_id: string;
	operator_id: string;
	/** COSE public key, base64url. */
	public_key: string;
	counter: number;
	name: string;
	created_at_ms: number;
}

/** A random value that a passkey or a new phone must answer to, once. */
export interface ChallengeRow {
	id: string;
	purpose: 'passkey-registration' | 'passkey-assertion';
	operator_id: string | null;
	challenge: string;
	expires_at_ms: number;
}

/** A signed-in person: an operator, or a consumer by phone. Only the token's hash is kept. */
export interface LoginSessionRow {
	id: string;
	/** How the token comes. It is good that way only, so that one taken from a cookie is of no use elsewhere. */
	carrier: 'cookie' | 'bearer';
	/** SHA-256 of the token, hex; changes with each rotation. */
	token_hash: string;
	/** The one before, which still answers for a moment after a rotation. */
	previous_token_hash: string | null;
	rotated_at_ms: number;
	/** When the present token first came back; null: the answer that carried it may have been lost. */
	token_used_at_ms: number | null;
	utility_id: string;
	operator_id: string | null;
	phone: string | null;
	created_at_ms: number;
	used_at_ms: number;
	expires_at_ms: number;
	ended_at_ms: number | null;
}

/** Code sent to a consumer's phone. The six digits are nowhere: they follow from the id and the home's secret. */
export interface OneTimeCodeRow {
	id: string;
	utility_id: string;
	phone: string;
	attempts: number;
	expires_at_ms: number;
	used_at_ms: number | null;
}

/**
 * Code by which somebody fetches a meter's purchases again. Neither the six digits nor whose phone and meter
 * it is for can be read from it.
 */
export interface FetchCodeRow {
	id: string;
	utility_id: string;
	/** HMAC of meter and phone under the home's secret, hex. */
	pair_hash: string;
	attempts: number;
	expires_at_ms: number;
	used_at_ms: number | null;
}

/** A wish that a second person must agree to before anything happens. */
export interface ApprovalRow {
	id: string;
	utility_id: string;
	kind: string;
	content_hash: string;
	request: string;
	reason: string;
	proposed_by: string;
	proposed_at_ms: number;
	state: ApprovalState;
	decided_by: string | null;
	decided_at_ms: number | null;
	decision_note: string | null;
}

export interface AccessTables {
	operator: OperatorRow;
	sign_in_attempt: SignInAttemptRow;
	passkey: PasskeyRow;
	challenge: ChallengeRow;
	login_session: LoginSessionRow;
	one_time_code: OneTimeCodeRow;
	fetch_code: FetchCodeRow;
	approval: ApprovalRow;
}
