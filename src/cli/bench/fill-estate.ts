/** Makes many meters, each with a customer, an account and one vend, as copies of what one sale left. */
import { sql } from 'kysely';
import type { Database } from '#lib/server/database/open.ts';
import { benchDrn } from './bench-meters.ts';

export interface FilledMeter {
	readonly drn: string;
	readonly digits: string;
}

const CHUNK = 500;
/** Rows of one statement: on a busy machine too it ends within the time that the server gives it. */
const COPIED = 10_000;
const FIRST_SERIAL = 50_000_000;
/** Far apart in the index, the same every time. */
const STRIDE = 7_919;

/** Answers a meter of those made, another one for each number. */
export async function fillEstate(
	database: Database,
	from: number,
	count: number,
): Promise<(at: number) => FilledMeter> {
	await sql`create table if not exists bench_meter
		(at bigint primary key, drn text not null, digits text not null, vend text not null)`.execute(
		database,
	);
	await sql`delete from bench_meter`.execute(database);
	for (let done = 0; done < count; done += CHUNK)
		await nameMeters(database, from + done, Math.min(CHUNK, count - done));
	for (let done = 0; done < count; done += COPIED)
		await copyRows(database, from + done, Math.min(COPIED, count - done));
	await sql`analyze`.execute(database);
	return (at) => filled(from + ((at * STRIDE) % count));
}

function filled(at: number): FilledMeter {
	return { drn: benchDrn(FIRST_SERIAL + at), digits: String(at).padStart(20, '0') };
}

async function nameMeters(database: Database, from: number, count: number): Promise<void> {
	const rows = Array.from({ length: count }, (_, at) => {
		const { drn, digits } = filled(from + at);
		const vend = `019a0000-0000-7000-8000-${String(from + at).padStart(12, '0')}`;
		return sql`(${from + at}, ${drn}, ${digits}, ${vend})`;
	});
	await sql`insert into bench_meter values ${sql.join(rows)}`.execute(database);
}

/** Table → how its template is found, and which columns are the copy's own. */
const COPIES = [
	['customer', `id = (select customer_id from meter where drn = $drn)`, { id: `'c-' || b.drn` }],
	['meter', 'drn = $drn', { drn: 'b.drn', customer_id: `'c-' || b.drn` }],
	['account', 'drn = $drn', { drn: 'b.drn', last_vend_id: 'b.vend' }],
	[
		'vend',
		'drn = $drn',
		{ id: 'b.vend', drn: 'b.drn', receipt_number: 'b.at', issuing_point: `'BULK'` },
	],
	['vend_token', 'drn = $drn', { vend_id: 'b.vend', drn: 'b.drn', digits: 'b.digits' }],
] as const;

/** The meter that was sold to last stands for all of them. */
async function copyRows(database: Database, from: number, count: number): Promise<void> {
	const { drn } = await database
		.selectFrom('vend')
		.select('drn')
		.where('issuing_point', '<>', 'BULK')
		.limit(1)
		.executeTakeFirstOrThrow();
	for (const [table, template, own] of COPIES) {
		const row = await database.selectFrom(table).selectAll().limit(1).executeTakeFirstOrThrow();
		const columns = Object.keys(row);
		const values = columns.map(
			(column) => (own as Record<string, string>)[column] ?? `t.${column}`,
		);
		const where = template.replace('$drn', `'${drn}'`);
		await sql
			.raw(
				`insert into ${table} (${columns.join(', ')})
				select ${values.join(', ')} from bench_meter b
				cross join (select * from ${table} where ${where} limit 1) t
				where b.at >= ${from} and b.at < ${from + count}`,
			)
			.execute(database);
	}
}
