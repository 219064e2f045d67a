/**
 * The permission to issue. Before a token may exist, its TID's instant is covered by two marks, one in the
 * database and one beside the keys, both on the disk; they are written ahead, so that a vend hardly ever
 * waits for them. A database that is behind the home's own mark is an older copy: nothing is sold on it
 * until somebody has accepted that (`accept-restore.ts`).
 */
import type { Clock } from '../clock.ts';
import type { Database, Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { Fault } from '../fault.ts';
import type { Log } from '../log.ts';
import type { Refusal } from '../refusal.ts';
import { AHEAD_MS, decideAge } from './decide-age.ts';
import type { Marks } from './marks.ts';
import { acceptedRestores, raiseFloor } from './tid-floor.ts';

export interface Permit {
	/** `database-older` while the database is an older copy. */
	refusal(): Refusal | undefined;
	/** Before a token with a TID of this instant is made. @throws {Fault} `database-older` */
	cover(instantMs: number): Promise<void>;
	/** A background round: writes the marks ahead, and looks again at how old the database is. */
	beat(): Promise<void>;
	/** The database was found to be an older copy by other means than its marks; the home keeps that. */
	distrust(): Promise<void>;
}

/** How often the marks are written ahead. */
export const BEAT_MS = 20_000;
/** TIDs of a meter that is sold to more than once a minute run ahead of the clock: covered in steps of this. */
const STEP_MS = 5 * 60_000;
/** Above whatever another process of this home is writing at the same moment. */
const DISTRUST_MS = 60 * 60_000;

interface Home {
	readonly database: Database;
	readonly marks: Marks;
	readonly clock: Clock;
	readonly log: Log;
}

/** Looks at the database's age; when it is sound, the first marks are written. */
export async function openPermit(home: Home): Promise<Permit> {
	const { database, marks, clock, log } = home;
	let untilMs = -1;
	let isOlder = false;
	let writing: Promise<void> = Promise.resolve();

	async function extend(wishMs: number): Promise<void> {
		const written = await writeMarks(home, Math.max(wishMs, clock.nowMs() + AHEAD_MS));
		const wasOlder = isOlder;
		isOlder = written === 'older';
		if (written !== 'older') untilMs = written;
		if (isOlder && !wasOlder) log('error', 'database-older', { homeMarkMs: marks.untilMs() });
		if (!isOlder && wasOlder) log('info', 'database-accepted');
	}

	/** One after the other: the next one finds what the one before has written. */
	async function inTurn(work: () => Promise<void>): Promise<void> {
		await (writing = writing.catch(() => undefined).then(work));
	}

	await coverLastLife(database, marks.untilMs(), clock.nowMs());
	await extend(0);
	return {
		refusal: () => (isOlder ? { refusal: 'database-older' } : undefined),
		async cover(instantMs) {
			if (instantMs >= untilMs && !isOlder)
				await inTurn(async () => {
					if (instantMs >= untilMs && !isOlder) await extend(instantMs + STEP_MS);
				});
			if (isOlder)
				throw new Fault('database-older', 'this home has issued more than the database knows');
		},
		beat: () => inTurn(() => extend(0)),
		distrust: () =>
			inTurn(async () => {
				if (isOlder) return;
				marks.raise(Math.max(marks.untilMs() ?? 0, untilMs, clock.nowMs()) + DISTRUST_MS);
				await extend(0);
			}),
	};
}

/**
 * What this home covered in its last life may have been given out after the copy that now lies here was
 * made, with the same mark in it: TIDs begin above that. A mark far ahead was written by another clock.
 */
async function coverLastLife(
	database: Database,
	fileMs: number | undefined,
	nowMs: number,
): Promise<void> {
	if (fileMs === undefined || fileMs <= nowMs || fileMs > nowMs + 2 * AHEAD_MS) return;
	await transact(database, (write) => raiseFloor(write, 0, fileMs));
}

/**
 * The database first, then the home. Answers up to when may be issued; never less than before, whatever the
 * clock says. In an older copy the floor of TIDs is raised at once, so that none is given again even by
 * what does not ask first.
 */
async function writeMarks(
	{ database, marks, clock }: Home,
	wishMs: number,
): Promise<number | 'older'> {
	const fileMs = marks.untilMs();
	// Also those that were accepted from another home: a copy put back later may know less.
	const restores = await acceptedRestores(database);
	if (restores > marks.restores()) marks.noteRestore(restores);
	const written = await transact(database, async (write): Promise<number | 'older'> => {
		const rows = await write.selectFrom('node_mark').selectAll().execute();
		const ownMs = rows.find(({ node_id }) => node_id === marks.nodeId)?.at_ms;
		const othersMs = rows
			.filter(({ node_id }) => node_id !== marks.nodeId)
			.map(({ at_ms }) => at_ms);
		if (decideAge({ fileMs, ownMs, othersMs, nowMs: clock.nowMs() }) === 'older') {
			await raiseFloor(write, 0, Math.max(fileMs ?? 0, ownMs ?? 0, ...othersMs));
			return 'older';
		}
		// It always rises, so that a copy made before this moment is known by its mark.
		const nextMs = Math.max(wishMs, (ownMs ?? 0) + 1, (fileMs ?? 0) + 1);
		await storeMark(write, marks.nodeId, ownMs, nextMs);
		return nextMs;
	});
	if (written !== 'older') marks.raise(written);
	return written;
}

export async function storeMark(
	write: Write,
	nodeId: string,
	beforeMs: number | undefined,
	atMs: number,
): Promise<void> {
	if (beforeMs === undefined)
		await write.insertInto('node_mark').values({ node_id: nodeId, at_ms: atMs }).execute();
	else
		await write
			.updateTable('node_mark')
			.set({ at_ms: atMs })
			.where('node_id', '=', nodeId)
			.where('at_ms', '<', atMs)
			.execute();
}
