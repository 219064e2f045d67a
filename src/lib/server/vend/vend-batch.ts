/**
 * A till's outbox in one request: row by row, in order, each exactly as if it had come by itself. What is
 * wrong with one is that one's own answer, and never keeps the next from being heard.
 */
import * as v from 'valibot';
import {
	VendBatchRow,
	type VendBatchAnswer,
	type VendBatchRequest,
} from '#lib/core/sync/wire-vends.ts';
import { Id, type VendAnswer } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import { limitRate, noteMiss } from '../access/rate.ts';
import type { Backend } from '../backend.ts';
import { problemOf } from '../http/problem.ts';
import { isText, shapeOf } from '../http/read-body.ts';
import { describeError } from '../log.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { requestVend } from './request-vend.ts';

type RowAnswer = VendBatchAnswer['rows'][number];

/** No row is begun later than this after the first: the till must have its answer before it gives up. */
export const BATCH_TIME_MS = 12_000;

/** Each row counts as a request: meter numbers are not tried more cheaply by the batch. */
const COUNTED = { refusals: ['meter-unknown'] } as const;

/** @param elapsedMs since the batch came, by a clock that only goes forward */
export async function requestVends(
	backend: Backend,
	caller: Caller,
	{ rows }: VendBatchRequest,
	elapsedMs: () => number,
): Promise<VendBatchAnswer> {
	const answers: RowAnswer[] = [];
	for (const row of rows)
		answers.push(
			elapsedMs() < BATCH_TIME_MS
				? await requestRow(backend, caller, row)
				: refused(idOf(row), { refusal: 'batch-not-reached' }),
		);
	return { rows: answers };
}

async function requestRow(backend: Backend, caller: Caller, row: unknown): Promise<RowAnswer> {
	const shaped = shapeRow(row);
	if ('refusal' in shaped) return refused(idOf(row), shaped);
	const { id, request } = shaped.value;
	try {
		const vend =
			(await limitRate(backend, caller, COUNTED)) ??
			(await requestVend(backend, caller, id, request));
		if (isRefusal(vend)) {
			await noteMiss(backend, caller, vend);
			return refused(id, vend);
		}
		return { id, status: vend.status, answer: JSON.parse(vend.body) as VendAnswer };
	} catch (error) {
		backend.log('error', 'batch-row-failed', { vend: id, ...describeError(error) });
		return refused(id, { refusal: 'internal-error' });
	}
}

/** Order: `id-not-uuid`, `body-shape`. */
function shapeRow(row: unknown): ReturnType<typeof shapeOf<typeof VendBatchRow>> {
	if (idOf(row) === null) return { refusal: 'id-not-uuid' };
	return isText(row) ? shapeOf(row, VendBatchRow) : { refusal: 'body-shape' };
}

function idOf(row: unknown): string | null {
	const id: unknown = typeof row === 'object' && row !== null && 'id' in row ? row.id : null;
	return v.is(Id, id) ? id : null;
}

function refused(id: string | null, refusal: Refusal): RowAnswer {
	const problem = problemOf(refusal);
	return { id, status: problem.status, problem };
}
