/** How long a login session lasts, and when its token is changed: the decisions, apart from any database. */
import type { LoginSessionRow } from '../database/schema.ts';

/** `idleMs` without a request ends a session; `absoluteMs` after sign-in it ends whatever happens. */
export const SESSION_LIFE = {
	operator: { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 },
	consumer: { idleMs: 7 * 86_400_000, absoluteMs: 30 * 86_400_000 },
} as const;

/** Age at which a cookie's token is changed for a new one. A program's is not: it has its session's life. */
export const ROTATE_AFTER_MS = 5 * 60_000;
/** How long the token before still answers once the new one has come back: requests travel side by side. */
export const PREVIOUS_TOKEN_MS = 30_000;
/** That a session is in use is written down this often at most, so that reading writes nothing. */
export const NOTE_USE_AFTER_MS = 60_000;

export type SessionFacts = Omit<LoginSessionRow, 'id' | 'utility_id' | 'phone' | 'created_at_ms'>;

/**
 * `over`: ended, too old, or unused for too long. `stolen`: a token that its bearer has given up for a newer
 * one came again; two hold the session, so nobody keeps it. `replace-unseen`: the new token went out in an
 * answer that perhaps never arrived, and another takes its place.
 */
export type SessionDecision = 'over' | 'stolen' | 'keep' | 'note-use' | 'rotate' | 'replace-unseen';

/** @param tokenHash that came; the present one of the session or the one before */
export function decideSession(
	session: SessionFacts,
	tokenHash: string,
	nowMs: number,
): SessionDecision {
	if (isOver(session, nowMs)) return 'over';
	return tokenHash === session.token_hash
		? decidePresentToken(session, nowMs)
		: decidePreviousToken(session, nowMs);
}

function isOver(session: SessionFacts, nowMs: number): boolean {
	const { idleMs } = SESSION_LIFE[session.operator_id === null ? 'consumer' : 'operator'];
	return (
		session.ended_at_ms !== null ||
		nowMs >= session.expires_at_ms ||
		nowMs >= session.used_at_ms + idleMs
	);
}

function decidePresentToken(session: SessionFacts, nowMs: number): SessionDecision {
	if (session.carrier === 'cookie' && nowMs >= session.rotated_at_ms + ROTATE_AFTER_MS)
		return 'rotate';
	const firstSeen = session.token_used_at_ms === null && session.previous_token_hash !== null;
	return firstSeen || nowMs >= session.used_at_ms + NOTE_USE_AFTER_MS ? 'note-use' : 'keep';
}

function decidePreviousToken(session: SessionFacts, nowMs: number): SessionDecision {
	if (session.token_used_at_ms === null)
		return nowMs >= session.rotated_at_ms + PREVIOUS_TOKEN_MS ? 'replace-unseen' : 'keep';
	return nowMs >= session.token_used_at_ms + PREVIOUS_TOKEN_MS ? 'stolen' : 'keep';
}
