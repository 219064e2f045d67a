/** Refusals as RFC 9457 problem documents, with the catalogue's own sentences. */
import { REFUSALS } from '#lib/core/vending/refusals.ts';
import { problems } from '#lib/core/words/en/problems.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import type { Refusal } from '../refusal.ts';
import { waterfallShape } from '../vend/answer.ts';

export const PROBLEM_TYPE = 'application/problem+json';

export function problemOf({ refusal: code, facts, waterfall, errors }: Refusal): Problem {
	const words = problems[code];
	const written = Object.entries(facts ?? {}).map(([name, fact]) => [name, String(fact)]);
	return {
		type: `/problems/${code}`,
		title: words.title,
		status: REFUSALS[code].status,
		code,
		detail: words.detail(Object.fromEntries(written) as Record<string, string>),
		...(errors && { errors: errors.map((error) => ({ ...error })) }),
		...(facts && { facts: { ...facts } }),
		...(waterfall && { waterfall: waterfallShape(waterfall) }),
	};
}

export function problemResponse(refusal: Refusal, headers: Record<string, string> = {}): Response {
	const problem = problemOf(refusal);
	// What is left of a body that was too large is not read: the connection ends with the answer.
	const ending: Record<string, string> =
		refusal.refusal === 'body-too-large' ? { connection: 'close' } : {};
	return new Response(JSON.stringify(problem), {
		status: problem.status,
		headers: {
			...{ 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' },
			...ending,
			...retryAfter(problem),
			...headers,
		},
	});
}

/** Whoever was refused for asking too often is told when to come back. */
function retryAfter({ status, facts }: Problem): Record<string, string> {
	const seconds = facts?.seconds;
	return status === 429 && seconds !== undefined ? { 'retry-after': String(seconds) } : {};
}
