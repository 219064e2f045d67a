/** Journals as those who may see them see them: a technician their own, the office all; nobody digits. */
import type { SignedEntry } from '#lib/core/sync/field-journal.ts';
import type {
	DeliveryList,
	DeliveryQuery,
	DeliveryRecord,
	EntryFinding,
} from '#lib/core/sync/wire-deliveries.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { JournalEntryRow } from '../database/schema.ts';

const PAGE = 50;

/** Query parameter → its column. */
const COLUMNS = [
	['drn', 'journal_entry.drn'],
	['vend', 'journal_entry.vend_id'],
	['device', 'journal_entry.device_id'],
	['job', 'journal_entry.job_id'],
	['kind', 'journal_entry.kind'],
] as const;

/** A page, the newest ids first. */
export async function listEntries(
	{ database }: Pick<Backend, 'database'>,
	caller: Caller,
	{ before, ...asked }: DeliveryQuery,
): Promise<DeliveryList> {
	let wanted = entriesOf(database).where('journal_entry.utility_id', '=', caller.utilityId);
	if (decideAuthority(caller, 'delivery.read-any') !== undefined)
		wanted = wanted.where('journal_entry.operator_id', '=', caller.operatorId ?? '');
	for (const [name, column] of COLUMNS) {
		const value = asked[name];
		if (value !== undefined) wanted = wanted.where(column, '=', value);
	}
	if (before !== undefined) wanted = wanted.where('journal_entry.id', '<', before);
	const rows = await wanted
		.orderBy('journal_entry.id', 'desc')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	return {
		entries: page.map(recordShape),
		next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
	};
}

type NamedRow = JournalEntryRow & {
	readonly device_name: string;
	readonly operator_name: string;
};

function entriesOf(database: Database) {
	return database
		.selectFrom('journal_entry')
		.innerJoin('field_device', 'field_device.id', 'journal_entry.device_id')
		.innerJoin('operator', 'operator.id', 'journal_entry.operator_id')
		.selectAll('journal_entry')
		.select(['field_device.name as device_name', 'operator.name as operator_name']);
}

function recordShape(row: NamedRow): DeliveryRecord {
	const entry = JSON.parse(row.entry) as SignedEntry;
	const told = {
		...{ id: row.id, deviceId: row.device_id, deviceName: row.device_name },
		...{ operatorId: row.operator_id, operatorName: row.operator_name },
		...{ sequence: row.sequence, hash: row.hash, jobId: row.job_id, drn: row.drn },
		...{ atMs: row.at_ms, offsetMs: row.offset_ms, acceptedAtMs: row.accepted_at_ms },
		findings: JSON.parse(row.findings) as EntryFinding[],
	};
	// The kind and its content belong together by the entry's own type, which a union cannot follow.
	return { ...told, kind: entry.kind, content: withoutDigits(entry.content) } as DeliveryRecord;
}

function withoutDigits(content: SignedEntry['content']): object {
	const told: Record<string, unknown> = { ...content };
	delete told.digits;
	return told;
}
