/** What the backend says, for the office's screens. */
import { REFUSALS, type RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Problem } from '#lib/core/sync/wire.ts';

export const answered = <T>(answer: T) => ({ kind: 'answer' as const, answer });
export const unanswered = { kind: 'unknown' } as const;

export const problemOf = (code: RefusalCode): Problem => ({
	...{ type: `/problems/${code}`, title: code, status: REFUSALS[code].status, code },
	detail: '',
});
export const refused = (code: RefusalCode) => ({
	kind: 'problem' as const,
	problem: problemOf(code),
});
