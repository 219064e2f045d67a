/** One entry that has its place in a journal is carried out, whoever does it, and what has become of it is kept. */
import type { EntryOutcome } from '#lib/core/sync/wire-till.ts';
import { isRefusalCode } from '#lib/core/vending/refusals.ts';
import { limitRate, noteMiss } from '../access/rate.ts';
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';
import { Fault } from '../fault.ts';
import { describeError } from '../log.ts';
import { raiseAlarm } from './alarms.ts';
import { carryOut } from './carry-out.ts';
import { refusedWith, type Carried } from './carrying.ts';
import { isFinal, keepOutcome } from './outcome.ts';
import type { Handing, PlacedEntry } from './place-rows.ts';

/** Each sale counts as a request: meter numbers are not tried more cheaply by the batch. */
const COUNTED = { refusals: ['meter-unknown'] } as const;

/** Carries an entry out, and keeps what has become of it once that is final. @param isKept it is, and may have changed since */
export async function settleEntry(
	backend: Backend,
	handing: Handing,
	each: PlacedEntry,
	isKept: boolean,
): Promise<EntryOutcome> {
	let carried = await carry(backend, handing, each);
	if (isFinal(carried) && !isKept && !(await keep(backend, handing, each, carried, false))) {
		// Somebody else was at it too, and made it a vend while it was refused here: it is what that vend is.
		carried = await carry(backend, handing, each);
		if (isFinal(carried)) await keep(backend, handing, each, carried, true);
	}
	const { state, code, sealed } = carried;
	return { state, code, sealed };
}

async function carry(
	backend: Backend,
	{ by, till, digits }: Handing,
	{ row, read }: PlacedEntry,
): Promise<Carried> {
	const { entry, sale } = read;
	try {
		const isCounted = entry.kind === 'sale';
		const limited = isCounted ? await limitRate(backend, by, COUNTED) : undefined;
		if (limited !== undefined) return refusedWith(limited.refusal);
		const carried = await carryOut({ backend, till, entry, row, sale, digits });
		if (isCounted && carried.code !== null && isRefusalCode(carried.code))
			await noteMiss(backend, by, { refusal: carried.code });
		return carried;
	} catch (error) {
		backend.log('error', 'journal-entry-failed', { entry: row.id, ...describeError(error) });
		return refusedWith(error instanceof Fault ? error.kind : 'internal-error');
	}
}

/** Answers false where it is not kept, because the entry became a vend meanwhile. */
async function keep(
	{ database, clock }: Backend,
	handing: Handing,
	{ row }: PlacedEntry,
	carried: Carried,
	isAgain: boolean,
): Promise<boolean> {
	const { alarm } = carried;
	return await transact(database, async (write) => {
		const nowMs = clock.nowMs();
		const kept = await keepOutcome(write, row.id, carried, nowMs, isAgain);
		if (kept === 'overtaken') return false;
		if (!kept || alarm === undefined) return true;
		const about = { sequence: row.sequence, entryId: row.id, entry: null };
		await raiseAlarm(write, handing, { ...alarm, ...about }, nowMs);
		return true;
	});
}
