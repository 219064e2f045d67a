/** What of a journal's entry does not fit what the office knows. It is taken all the same: it is what the device saw. */
import type { JournalContents, JournalKind } from '#lib/core/sync/field-deeds.ts';
import { type SignedEntry } from '#lib/core/sync/field-journal.ts';
import { serverTimeOf } from '#lib/core/sync/journal-chain.ts';
import type { EntryFinding } from '#lib/core/sync/wire-deliveries.ts';
import type { FieldWork } from '#lib/core/sync/wire-jobs.ts';
import type { JobRow, MeterRow, VendTokenRow } from '../database/schema.ts';
import { requestOf } from '../job/job-row.ts';

/** What the office knows of what an entry names; undefined: nothing of its utility. */
export interface EntryFacts {
	/** One of the technician's. */
	readonly job: JobRow | undefined;
	readonly meter: MeterRow | undefined;
	/** The token that was handed over: by its vend and place, else by its digits. */
	readonly token: VendTokenRow | undefined;
	/** Since when the device is revoked; null: it is not. */
	readonly revokedAtMs: number | null;
	readonly nowMs: number;
}

/** A device's clock that was compared is not further off than this. */
const CLOCK_TOLERANCE_MS = 2 * 60_000;

/** Pure; in the order of the list. */
export function judgeEntry(entry: SignedEntry, facts: EntryFacts): EntryFinding[] {
	const { jobId, drn } = entry;
	const { job, meter, revokedAtMs, nowMs } = facts;
	const findings: (EntryFinding | false)[] = [
		revokedAtMs !== null && 'after-revocation',
		jobId !== null && job === undefined && 'job-unknown',
		drn !== null && meter === undefined && 'meter-unknown',
		...judgeToken(entry, facts.token),
		entry.kind === 'meter-met' && isOther(drn, entry.content.drnRead) && 'meter-differs',
		!isAsked(entry, job) && 'work-not-asked',
		entry.kind === 'key-change-run' && isOffTheBooks(entry.content, meter) && 'key-differs',
		serverTimeOf(entry) > nowMs + CLOCK_TOLERANCE_MS && 'clock-ahead',
	];
	return findings.filter((finding) => finding !== false);
}

function judgeToken(entry: SignedEntry, token: VendTokenRow | undefined): (EntryFinding | false)[] {
	if (entry.kind !== 'token-delivery' || entry.content.vendId === null) return [];
	if (token === undefined) return ['vend-unknown'];
	return [token.digits !== entry.content.digits && 'digits-differ'];
}

/** A meter tells its number with or without leading zeros and maker's letters: only digits are compared. */
function isOther(drn: string | null, read: string | null): boolean {
	const number = read?.replace(/\D/g, '').replace(/^0+/, '') ?? '';
	return drn !== null && number !== '' && number !== drn.replace(/^0+/, '');
}

/** Deeds that a job must ask for, at that meter. */
const WORK: Readonly<Partial<Record<JournalKind, FieldWork>>> = {
	reading: 'reading',
	'clock-set': 'clock',
	'relay-switched': 'relay',
	'key-change-run': 'key-change',
	'firmware-transfer': 'firmware',
};

function isAsked({ kind, drn }: SignedEntry, job: JobRow | undefined): boolean {
	const needed = WORK[kind];
	if (needed === undefined) return true;
	const there = job && requestOf(job).meters.find((meter) => meter.drn === drn);
	return there?.work.includes(needed) ?? false;
}

/** The meter's key, read after the run, is not where the books have it. */
function isOffTheBooks(
	{ after }: JournalContents['key-change-run'],
	meter: MeterRow | undefined,
): boolean {
	if (after === null || meter === undefined) return false;
	const isThere =
		Number(after.sgc) === Number(meter.sgc) &&
		after.krn === meter.krn &&
		Number(after.ti) === Number(meter.ti);
	return !isThere;
}
