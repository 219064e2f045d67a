/**
 * What stands around one request: it is counted as under way, gets an id that its answer and every log line
 * of it carry, is measured, and leaves one line. Never a body, a digit, a phone or a name.
 */
import { v7 as uuidV7 } from 'uuid';
import type { Backend } from '../backend.ts';
import { withinRequest } from '../log.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { answer } from './endpoint.ts';
import type { OperationRow } from './operations/row.ts';

/** Names a request in the answer's headers, for whoever asks about it later. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** What the request's line says and only its work knows. */
export interface Note {
	caller?: string;
}

/** @param work as of `answer` */
export async function attend(
	backend: Backend,
	operation: string,
	{ standalone }: Pick<OperationRow, 'standalone'>,
	work: (note: Note) => Promise<Response | Refusal | object>,
): Promise<Response> {
	const { measure, log, duty } = backend;
	const requestId = uuidV7();
	return await withinRequest(requestId, () =>
		duty.during(async () => {
			const began = performance.now();
			const note: Note & { code?: string } = {};
			const response = await answer(backend, async () => {
				const result = await work(note);
				if (!(result instanceof Response) && isRefusal(result)) note.code = result.refusal;
				return result;
			});
			response.headers.set(REQUEST_ID_HEADER, requestId);
			const ms = performance.now() - began;
			const { status } = response;
			measure.request(operation, status, ms / 1_000);
			if (note.code !== undefined) measure.refused(operation, note.code);
			if (standalone === undefined)
				log(status < 500 ? 'info' : 'error', 'request', {
					...{ operation, status, ms: Math.round(ms), caller: note.caller, code: note.code },
				});
			return response;
		}),
	);
}
