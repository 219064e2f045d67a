/** Secrets that were in the field: they are to be changed at their meters, and set anew. */
import type { RotationList } from '#lib/core/sync/wire-associations.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { associationShape } from './associations.ts';

const PAGE = 100;

/** Those that were handed out longest ago first. @param after `next` of the page before */
export async function listRotations(
	{ database }: Pick<Backend, 'database'>,
	{ utilityId }: Caller,
	after: string | undefined,
): Promise<RotationList> {
	const [afterMs, afterDrn = ''] = after?.split('-') ?? [];
	let wanted = database
		.selectFrom('meter_association')
		.innerJoin('meter', 'meter.drn', 'meter_association.drn')
		.selectAll('meter_association')
		.select('meter.area')
		.where('meter_association.utility_id', '=', utilityId)
		.where('handed_out_at_ms', 'is not', null);
	if (afterMs !== undefined)
		wanted = wanted.where((is) =>
			is.or([
				is('handed_out_at_ms', '>', Number(afterMs)),
				is.and([
					is('handed_out_at_ms', '=', Number(afterMs)),
					is('meter_association.drn', '>', afterDrn),
				]),
			]),
		);
	const rows = await wanted
		.orderBy('handed_out_at_ms')
		.orderBy('meter_association.drn')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	const last = page.at(-1);
	return {
		rotations: page.flatMap((row) =>
			row.handed_out_at_ms === null
				? []
				: {
						...associationShape(row),
						...{ handedOutAtMs: row.handed_out_at_ms, area: row.area, packs: row.packs },
					},
		),
		next: rows.length > PAGE && last ? `${last.handed_out_at_ms}-${last.drn}` : null,
	};
}
