import { describe, expect, it } from 'vitest';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { ClaimAnswer, ClaimRequest } from '#lib/core/sync/claim.ts';
import { ClaimQuestion } from '#lib/ui/state/claim.svelte.ts';

const REQUEST = { drn: '00000000018', code: 'ABCD12345' };
const WAITING: ApiOutcome<ClaimAnswer> = { kind: 'answer', answer: { state: 'waiting' } };

/** A backend that answers when it is told to. */
function bench() {
	const asked: ClaimRequest[] = [];
	const answers: ((outcome: ApiOutcome<ClaimAnswer>) => void)[] = [];
	const question = new ClaimQuestion((request) => {
		asked.push(request);
		return new Promise((resolve) => answers.push(resolve));
	});
	return { asked, answers, question };
}

describe('a claim’s question', () => {
	it('is asked once at a time, and has its answer', async () => {
		const { asked, answers, question } = bench();
		const first = question.ask(REQUEST);
		await question.ask(REQUEST);
		expect(asked).toEqual([REQUEST]);
		expect(question.asking).toBe(true);
		answers[0]?.(WAITING);
		await first;
		expect(question.asking).toBe(false);
		expect(question.outcome).toEqual(WAITING);
	});

	it('forgets its answer, and one that comes after that is nobody’s', async () => {
		const { asked, answers, question } = bench();
		const first = question.ask(REQUEST);
		question.forget();
		expect(question.asking).toBe(false);
		const other = question.ask({ ...REQUEST, code: 'OTHER' });
		expect(asked).toHaveLength(2);
		answers[0]?.(WAITING);
		await first;
		expect(question.outcome).toBeNull();
		expect(question.asking).toBe(true);
		answers[1]?.({ kind: 'unknown' });
		await other;
		expect(question.outcome).toEqual({ kind: 'unknown' });
		question.forget();
		expect(question.outcome).toBeNull();
	});
});
