/** The shape of one row of the table of endpoints. */
import type { GenericSchema } from 'valibot';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Capability } from '../../access/roles.ts';

export interface OperationRow {
	readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
	/** As in OpenAPI: `/api/v1/vends/{id}`. A parameter called `id` is a UUIDv7. */
	readonly path: string;
	/** What it does, in one sentence. */
	readonly summary: string;
	readonly capability: Capability;
	/** What may be asked for in the query, each parameter as text; absent: none is read. */
	readonly query?: GenericSchema<unknown, Readonly<Record<string, unknown>>>;
	/** JSON body; absent: none is read. */
	readonly body?: GenericSchema;
	/** The body holds rows that are judged one by one: a text that is none is that row's own fault. */
	readonly inRows?: true;
	/** Largest body in octets, where the common limit of 64 KiB is too small. */
	readonly maxBodyOctets?: number;
	/** Answer of each status; null: no JSON (a page, a text). */
	readonly answers: Readonly<Record<number, GenericSchema | null>>;
	/** Of the answers that are no JSON; absent: a page. */
	readonly mediaType?: 'text/html' | 'text/plain' | 'application/x-ndjson';
	/** Refusals of its own, beside those that every endpoint may give (`operation.ts`). */
	readonly refusals: readonly RefusalCode[];
	/** Asks nobody who they are, so that it answers even when the database does not; and leaves no log line. */
	readonly standalone?: true;
	/** What is counted beside the caller's requests as such; `none`: not even those, for senders that sign. */
	readonly rate?:
		| 'sign-in'
		| 'meter-lookup'
		| 'code'
		| 'pack'
		| 'claim'
		| 'fetch-code'
		| 'fetch'
		| 'reminder'
		| 'vend'
		| 'none';
}

/** Keeps a table's exact types while checking each row. */
export function rows<const Table extends Readonly<Record<string, OperationRow>>>(
	table: Table,
): Table {
	return table;
}
