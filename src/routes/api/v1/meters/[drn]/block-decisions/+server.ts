import { operation } from '#lib/server/http/operation.ts';
import { readMeterBlock } from '#lib/server/meter/read-blocks.ts';

export const GET = operation('readMeterBlock', ({ backend, caller, params }) =>
	readMeterBlock(backend, caller, params.drn),
);
