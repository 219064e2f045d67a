/** The rim around every endpoint: what is returned becomes JSON, what is refused or thrown a problem. */
import type { Backend } from '../backend.ts';
import { Fault } from '../fault.ts';
import { describeError, type Log } from '../log.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { problemResponse } from './problem.ts';

export function json(body: string, status = 200): Response {
	return new Response(body, {
		status,
		headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
	});
}

/** Runs an endpoint's work. A fault of the outside world is 503, anything else thrown 500, both logged. */
export async function answer(
	backend: Pick<Backend, 'log'>,
	work: () => Promise<Response | Refusal | object>,
): Promise<Response> {
	try {
		const result = await work();
		if (result instanceof Response) return result;
		return isRefusal(result) ? problemResponse(result) : json(JSON.stringify(result));
	} catch (error) {
		return failed(backend.log, error);
	}
}

function failed(log: Log, error: unknown): Response {
	log('error', 'request-failed', describeError(error));
	return problemResponse({ refusal: error instanceof Fault ? error.kind : 'internal-error' });
}
