/**
 * What a home itself remembers of its issuing, beside the keys and apart from the database: up to which
 * instant it may have given out TIDs, and which series of receipts it has begun. A database that knows less
 * than this has been put back from an older copy. A file that all processes of the home share; what is written is on the disk before it counts.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Marks {
	/** Names this home among the nodes of a database. */
	readonly nodeId: string;
	/** No TID above this instant's minute was given out by this home; undefined: it never issued. */
	untilMs(): number | undefined;
	/** Raises it; a lower one changes nothing. */
	raise(untilMs: number): void;
	/** How many of the security module's requests were looked at when a restore was accepted; 0 at first. */
	settledRequests(): number;
	settle(requests: number): void;
	/** The highest restore that this home knows to have been accepted, or begun to be; 0 at first. */
	restores(): number;
	/** Raises it; a lower one changes nothing. */
	noteRestore(restore: number): void;
	/** Notes that a process of this home works on the database, or has ended. */
	enter(pid: number): void;
	leave(pid: number): void;
	/** Processes noted and not ended, whether they still live or not. */
	processes(): number[];
	close(): void;
}

const SETUP = `
	pragma busy_timeout = 5000;
	pragma journal_mode = wal;
	pragma synchronous = full;
	create table if not exists node (id integer primary key check (id = 1), node_id text not null, until_ms integer, settled integer not null);
	create table if not exists restore (id integer primary key);
	create table if not exists process (pid integer primary key);
`;

/** @param path of a file, made if it is not there, or `:memory:` */
export function openMarks(path: string): Marks {
	if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const file = new DatabaseSync(path);
	file.exec(SETUP);
	file.prepare('insert into node values (1, ?, null, 0) on conflict do nothing').run(randomUUID());
	const read = file.prepare('select node_id, until_ms, settled from node');
	const raise = file.prepare('update node set until_ms = ?1 where coalesce(until_ms, -1) < ?1');
	const settle = file.prepare('update node set settled = ?');
	const restores = file.prepare('select max(id) as latest from restore');
	const noteRestore = file.prepare('insert into restore values (?) on conflict do nothing');
	const enter = file.prepare('insert into process values (?) on conflict do nothing');
	const leave = file.prepare('delete from process where pid = ?');
	const processes = file.prepare('select pid from process');
	return {
		nodeId: String(read.get()?.node_id),
		untilMs() {
			const untilMs = read.get()?.until_ms;
			return typeof untilMs === 'number' ? untilMs : undefined;
		},
		raise: (untilMs) => void raise.run(untilMs),
		settledRequests: () => Number(read.get()?.settled),
		settle: (requests) => void settle.run(requests),
		restores: () => Number(restores.get()?.latest ?? 0),
		noteRestore: (restore) => void noteRestore.run(restore),
		enter: (pid) => void enter.run(pid),
		leave: (pid) => void leave.run(pid),
		processes: () => processes.all().map(({ pid }) => Number(pid)),
		close: () => file.close(),
	};
}
