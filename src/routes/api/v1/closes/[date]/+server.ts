import { closeDay } from '#lib/server/close/close-day.ts';
import { readClose } from '#lib/server/close/read-close.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('readClose', ({ backend, caller, params }) =>
	readClose(backend, caller, params.date),
);

export const PUT = operation('closeDay', ({ backend, caller, params }) =>
	closeDay(backend, caller, params.date),
);
