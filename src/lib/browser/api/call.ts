/**
 * One request of the API. It ends in one of three ways: an answer of the shape that was asked for, a problem
 * document, or `unknown` — no answer, one that cannot be read, or one that says nothing about the matter.
 * Unknown is never taken for a failure.
 */
import * as v from 'valibot';
import { Problem } from '#lib/core/sync/wire.ts';

export type ApiOutcome<T> =
	| { readonly kind: 'answer'; readonly answer: T }
	| { readonly kind: 'problem'; readonly problem: Problem }
	| { readonly kind: 'unknown' };

/** A request without an answer is given up after this long; what it did stays unknown. */
const TIMEOUT_MS = 20_000;

export async function call<Schema extends v.GenericSchema>(
	schema: Schema,
	path: string,
	init: RequestInit = {},
): Promise<ApiOutcome<v.InferOutput<Schema>>> {
	try {
		const response = await fetch(path, {
			...init,
			cache: 'no-store',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		const body: unknown = await response.json();
		if (response.ok) return read(schema, body);
		const problem = v.safeParse(Problem, body);
		return problem.success ? { kind: 'problem', problem: problem.output } : { kind: 'unknown' };
	} catch {
		// Offline, aborted, or not JSON (a captive portal's page): nothing is known.
		return { kind: 'unknown' };
	}
}

function read<Schema extends v.GenericSchema>(
	schema: Schema,
	body: unknown,
): ApiOutcome<v.InferOutput<Schema>> {
	const parsed = v.safeParse(schema, body);
	return parsed.success ? { kind: 'answer', answer: parsed.output } : { kind: 'unknown' };
}

/** With a JSON body. */
export function send<Schema extends v.GenericSchema>(
	schema: Schema,
	method: 'PUT' | 'POST',
	path: string,
	body: unknown,
) {
	return call(schema, path, {
		method,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}
