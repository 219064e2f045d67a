import { describe, expect, test } from 'vitest';
import {
	decideSession,
	NOTE_USE_AFTER_MS,
	PREVIOUS_TOKEN_MS,
	ROTATE_AFTER_MS,
	SESSION_LIFE,
	type SessionFacts,
} from '#lib/server/access/session-life.ts';

const fresh: SessionFacts = {
	carrier: 'cookie',
	token_hash: 'present',
	previous_token_hash: null,
	rotated_at_ms: 0,
	token_used_at_ms: null,
	operator_id: 'somebody',
	used_at_ms: 0,
	expires_at_ms: SESSION_LIFE.operator.absoluteMs,
	ended_at_ms: null,
};
/** Changed at 0; the new token came back a second later. */
const rotated = { ...fresh, previous_token_hash: 'previous', token_used_at_ms: 1_000 };

describe('a session', () => {
	test('writes nothing while it is used within a minute', () => {
		expect(decideSession(fresh, 'present', NOTE_USE_AFTER_MS - 1)).toBe('keep');
		expect(decideSession(fresh, 'present', NOTE_USE_AFTER_MS)).toBe('note-use');
	});

	test('is over after half an hour without a request, and after twelve hours of them', () => {
		const { idleMs, absoluteMs } = SESSION_LIFE.operator;
		expect(decideSession(fresh, 'present', idleMs - 1)).toBe('rotate');
		expect(decideSession(fresh, 'present', idleMs)).toBe('over');
		const busy = { ...fresh, used_at_ms: absoluteMs - 1, rotated_at_ms: absoluteMs - 1 };
		expect(decideSession(busy, 'present', absoluteMs - 1)).toBe('keep');
		expect(decideSession(busy, 'present', absoluteMs)).toBe('over');
	});

	test('of a consumer rests for days', () => {
		const expires_at_ms = SESSION_LIFE.consumer.absoluteMs;
		const consumer = { ...fresh, operator_id: null, expires_at_ms };
		expect(decideSession(consumer, 'present', SESSION_LIFE.consumer.idleMs - 1)).toBe('rotate');
		expect(decideSession(consumer, 'present', SESSION_LIFE.consumer.idleMs)).toBe('over');
	});

	test('that was ended is over, whichever token comes', () => {
		expect(decideSession({ ...rotated, ended_at_ms: 1 }, 'present', 2_000)).toBe('over');
		expect(decideSession({ ...rotated, ended_at_ms: 1 }, 'previous', 2_000)).toBe('over');
	});
});

describe('the token', () => {
	test('is changed after five minutes, in a cookie; a program keeps its own', () => {
		expect(decideSession(fresh, 'present', ROTATE_AFTER_MS - 1)).toBe('note-use');
		expect(decideSession(fresh, 'present', ROTATE_AFTER_MS)).toBe('rotate');
		const program: SessionFacts = { ...fresh, carrier: 'bearer' };
		expect(decideSession(program, 'present', ROTATE_AFTER_MS)).toBe('note-use');
	});

	test('that is new is noted when it first comes back', () => {
		expect(decideSession({ ...rotated, token_used_at_ms: null }, 'present', 1)).toBe('note-use');
	});

	test('before it answers for thirty seconds more, then betrays a theft', () => {
		expect(decideSession(rotated, 'previous', 1_000 + PREVIOUS_TOKEN_MS - 1)).toBe('keep');
		expect(decideSession(rotated, 'previous', 1_000 + PREVIOUS_TOKEN_MS)).toBe('stolen');
	});

	test('before it is no thief’s while the new one may have been lost on its way', () => {
		const unseen = { ...rotated, token_used_at_ms: null };
		expect(decideSession(unseen, 'previous', PREVIOUS_TOKEN_MS - 1)).toBe('keep');
		expect(decideSession(unseen, 'previous', PREVIOUS_TOKEN_MS)).toBe('replace-unseen');
	});
});
