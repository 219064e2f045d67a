import { describe, expect, it } from 'vitest';
import type { JournalContents, JournalKind } from '#lib/core/sync/field-deeds.ts';
import type { EntryFacts as Written } from '#lib/core/sync/field-journal.ts';
import type { JobRequest } from '#lib/core/sync/wire-jobs.ts';
import type { JobRow, MeterRow, VendTokenRow } from '#lib/server/database/schema.ts';
import { judgeEntry, type EntryFacts } from '#lib/server/delivery/judge-entry.ts';
import { stateAfter } from '#lib/server/delivery/token-state.ts';
import { delivery, DEVICE_ID, JournalWriter, PROBE } from '../../core/sync/journal.ts';

const NOW_MS = 1_795_000_000_000;
const DRN = '00000000018';
const writer = new JournalWriter();

const meter = { drn: DRN, sgc: '400171', krn: 2, ti: '07' } as MeterRow;
const token = { vend_id: DEVICE_ID, sequence: 1, digits: '01234567890123456789' } as VendTokenRow;
const jobFor = (work: JobRequest['meters'][number]['work'], drn = DRN) =>
	({ request: JSON.stringify({ meters: [{ drn, work }] }) }) as JobRow;

function judge<Kind extends JournalKind>(
	kind: Kind,
	content: JournalContents[Kind],
	facts: Partial<EntryFacts> = {},
	more: Partial<Written<Kind>> = {},
) {
	const entry = writer.write(kind, content, { drn: DRN, atMs: NOW_MS, ...more });
	const known = { job: undefined, meter, token: undefined, revokedAtMs: null, nowMs: NOW_MS };
	return judgeEntry(entry, { ...known, ...facts });
}

const met: JournalContents['meter-met'] = {
	...{ probe: PROBE, systemTitleHex: null, drnRead: DRN, serial: null, firmware: null, seal: null },
	meter: { clockMs: null, credit: null, relay: null, key: null, totalWh: null },
};
const key = { sgc: '400171', krn: 2, ti: '7', kt: null, ken: null, ea: null };
const run: JournalContents['key-change-run'] = {
	...{ probe: PROBE, vendId: null, tokens: 2, before: null, after: key, outcome: 'done' },
	framesDigest: null,
};
const set: JournalContents['clock-set'] = {
	...{ probe: PROBE, beforeMs: 0, wantedMs: NOW_MS, afterMs: NOW_MS, outcome: 'done' },
	reason: null,
};

describe('an entry that fits', () => {
	it('is marked with nothing', () => {
		const of = { vendId: DEVICE_ID, sequence: 1 };
		expect(judge('token-delivery', delivery('accepted', of), { token })).toEqual([]);
		expect(judge('token-delivery', delivery('unknown'))).toEqual([]);
		expect(judge('meter-met', met)).toEqual([]);
		expect(judge('meter-met', { ...met, drnRead: '18' })).toEqual([]);
		expect(judge('meter-met', { ...met, drnRead: null })).toEqual([]);
		expect(judge('key-change-run', run, { job: jobFor(['key-change']) })).toEqual([]);
		expect(judge('clock-set', set, { job: jobFor(['clock']) })).toEqual([]);
	});
});

describe('an entry that does not fit', () => {
	const named = { vendId: DEVICE_ID, sequence: 1 };
	const handed = (more: object, facts: Partial<EntryFacts>) =>
		judge('token-delivery', delivery('accepted', { ...named, ...more }), facts);

	it('names what is not known here', () => {
		expect(judge('meter-met', met, { meter: undefined })).toEqual(['meter-unknown']);
		expect(judge('meter-met', met, {}, { jobId: DEVICE_ID })).toEqual(['job-unknown']);
		expect(handed({}, {})).toEqual(['vend-unknown']);
	});

	it('names digits that are not the vend’s, and a meter that says it is another', () => {
		expect(handed({ digits: '99999999999999999999' }, { token })).toEqual(['digits-differ']);
		expect(judge('meter-met', { ...met, drnRead: 'TKL00000000026' })).toEqual(['meter-differs']);
	});

	it('names work that no job asks for at that meter', () => {
		for (const job of [undefined, jobFor([]), jobFor(['relay']), jobFor(['clock'], '00000000026')])
			expect(judge('clock-set', set, { job })).toEqual(['work-not-asked']);
		expect(judge('key-change-run', run, { job: jobFor(['clock']) })).toEqual(['work-not-asked']);
	});

	it('names a key that is not where the books have it', () => {
		const job = jobFor(['key-change']);
		for (const other of [{ krn: 1 }, { sgc: '400284' }, { ti: '01' }])
			expect(judge('key-change-run', { ...run, after: { ...key, ...other } }, { job })).toEqual([
				'key-differs',
			]);
		expect(judge('key-change-run', { ...run, after: null }, { job })).toEqual([]);
	});

	it('names one that came after its device was revoked, and a clock that is ahead', () => {
		expect(judge('meter-met', met, { revokedAtMs: NOW_MS })).toEqual(['after-revocation']);
		const at = (atMs: number, offsetMs: number | null) =>
			judge('meter-met', met, {}, { atMs, offsetMs });
		expect(at(NOW_MS + 120_000, 0)).toEqual([]);
		expect(at(NOW_MS + 120_001, 0)).toEqual(['clock-ahead']);
		expect(at(NOW_MS + 3_600_000, -3_600_000)).toEqual([]);
		expect(at(NOW_MS + 3_600_000, null)).toEqual(['clock-ahead']);
		expect(at(0, null)).toEqual([]);
	});

	it('names all of it, in one order', () => {
		const facts = { meter: undefined, revokedAtMs: 1 };
		expect(judge('clock-set', set, facts, { jobId: DEVICE_ID, atMs: NOW_MS * 2 })).toEqual([
			...['after-revocation', 'job-unknown', 'meter-unknown', 'work-not-asked', 'clock-ahead'],
		]);
	});
});

describe('a token that was handed over', () => {
	it.each([
		['accepted', null, 'delivered'],
		['accepted', 'Accept', 'delivered'],
		// The meter has it already.
		['refused', 'UsedError', 'delivered'],
		['refused', 'OldError', 'refused'],
		['refused', null, 'refused'],
		['unknown', null, 'unknown'],
	] as const)('%s with %s is %s', (verdict, result, state) => {
		expect(stateAfter({ verdict, result })).toBe(state);
	});
});
