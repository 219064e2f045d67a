/** Who may ask for what: people, passkeys, login sessions, approvals, and how often. */
import type { Kysely } from 'kysely';
import { isPostgres } from '../dialect.ts';
import { createFleetingTables } from '../fleeting-tables.ts';
import { guardsOf } from './guards.ts';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await table(db, 'operator', ['id'], {
		id: 'text',
		utility_id: 'text',
		login: 'text',
		name: 'text',
		roles: 'text',
		vendor_id: 'text?',
		state: 'text',
		password_hash: 'text?',
	})
		.addUniqueConstraint('operator_login', ['utility_id', 'login'])
		.addForeignKeyConstraint('operator_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'sign_in_attempt', ['key'], {
		key: 'text',
		failed: 'integer',
		last_at_ms: 'bigint',
		locked_until_ms: 'bigint',
	}).execute();
	await index(db, 'sign_in_attempt_by_time', 'sign_in_attempt', ['last_at_ms']);
	await table(db, 'passkey', ['credential_id'], {
		credential_id: 'text',
		operator_id: 'text',
		public_key: 'text',
		counter: 'bigint',
		name: 'text',
		created_at_ms: 'bigint',
	})
		.addForeignKeyConstraint('passkey_operator', ['operator_id'], 'operator', ['id'])
		.execute();
	await index(db, 'passkey_by_operator', 'passkey', ['operator_id']);
	await table(db, 'challenge', ['id'], {
		id: 'text',
		purpose: 'text',
		operator_id: 'text?',
		challenge: 'text',
		expires_at_ms: 'bigint',
	}).execute();
	await index(db, 'challenge_by_expiry', 'challenge', ['expires_at_ms']);
	await table(db, 'login_session', ['id'], {
		id: 'text',
		carrier: 'text',
		token_hash: 'text',
		previous_token_hash: 'text?',
		rotated_at_ms: 'bigint',
		token_used_at_ms: 'bigint?',
		utility_id: 'text',
		operator_id: 'text?',
		phone: 'text?',
		created_at_ms: 'bigint',
		used_at_ms: 'bigint',
		expires_at_ms: 'bigint',
		ended_at_ms: 'bigint?',
	})
		.addUniqueConstraint('login_session_token', ['token_hash'])
		.addUniqueConstraint('login_session_previous_token', ['previous_token_hash'])
		.execute();
	await index(db, 'login_session_by_operator', 'login_session', ['operator_id']);
	await index(db, 'login_session_by_expiry', 'login_session', ['expires_at_ms']);
	await table(db, 'one_time_code', ['id'], {
		id: 'text',
		utility_id: 'text',
		phone: 'text',
		attempts: 'integer',
		expires_at_ms: 'bigint',
		used_at_ms: 'bigint?',
	}).execute();
	await index(db, 'one_time_code_by_phone', 'one_time_code', ['utility_id', 'phone']);
	await index(db, 'one_time_code_by_expiry', 'one_time_code', ['expires_at_ms']);
	await table(db, 'approval', ['id'], {
		id: 'text',
		utility_id: 'text',
		kind: 'text',
		content_hash: 'text',
		request: 'text',
		reason: 'text',
		proposed_by: 'text',
		proposed_at_ms: 'bigint',
		state: 'text',
		decided_by: 'text?',
		decided_at_ms: 'bigint?',
		decision_note: 'text?',
	}).execute();
	await index(db, 'approval_by_state', 'approval', ['utility_id', 'state', 'proposed_at_ms']);
	if (isPostgres(db)) await createFleetingTables(db);
	const guards = guardsOf(db);
	await guards.frozenColumns('approval', [
		...['id', 'utility_id', 'kind', 'content_hash', 'request', 'reason'],
		...['proposed_by', 'proposed_at_ms'],
	]);
	await guards.finalStates('approval', ['approved', 'rejected', 'expired']);
}
