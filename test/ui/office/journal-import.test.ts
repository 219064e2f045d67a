import { describe, expect, it } from 'vitest';
import type {
	JournalImportRequest,
	JournalRowAnswer,
	TillExport,
} from '#lib/core/sync/wire-till.ts';
import { JournalImport } from '#lib/ui/office/journals/journal-import.svelte.ts';
import { takenCount } from '#lib/ui/office/journals/import-tally.ts';
import { seenRow } from '#lib/ui/office/journals/import-view.ts';
import { MAX_EXPORT_OCTETS, readExport } from '#lib/ui/office/journals/read-export.ts';
import { answered, problemOf, refused, unanswered } from './outcomes.ts';

const DEVICE = '0193a000-0000-7000-8000-000000000009';
const hash = (sequence: number): string => sequence.toString(16).padStart(64, '0');

function exportOf(rows: number, first = 1): TillExport {
	return {
		...{ format: 'tokenline till journal', version: 1, exportedAtMs: 1 },
		...{ terminalId: 'T-004', deviceId: DEVICE },
		entries: Array.from({ length: rows }, (_, at) => ({ sequence: first + at })),
	};
}

/** A backend with a journal up to a number, that takes what comes next and can be told to fail. */
class Backend {
	head: number;
	/** Rows of each request that came. */
	readonly asked: number[] = [];
	/** Instead of an answer, by the number of the request. */
	readonly instead = new Map<number, ReturnType<typeof refused> | typeof unanswered>();
	/** Taken, and its answer lost, by the number of the request. */
	readonly lost = new Set<number>();
	/** Rows after this many are not reached in one request. */
	reach = Infinity;

	constructor(head = 0) {
		this.head = head;
	}

	readonly importJournal = async ({ rows }: JournalImportRequest) => {
		const request = this.asked.push(rows.length);
		const instead = this.instead.get(request);
		if (instead) return instead;
		const answers = rows.map((row, at): JournalRowAnswer => {
			if (at >= this.reach)
				return { taken: false, sequence: null, problem: problemOf('internal-error') };
			const sequence =
				row.what === 'missing'
					? row.missing.sequence
					: (row.entry as { sequence: number }).sequence;
			if (sequence > this.head + 1)
				return { taken: false, sequence, problem: problemOf('journal-gap') };
			this.head = Math.max(this.head, sequence);
			const outcome = { state: 'done' as const, code: null, sealed: null };
			return { taken: true, sequence, hash: hash(sequence), outcome };
		});
		if (this.lost.has(request)) return unanswered;
		return answered({ rows: answers, journal: { sequence: this.head, hash: hash(this.head) } });
	};
}

async function chosen(
	backend: Backend,
	file: unknown,
	signedOut = () => {},
): Promise<JournalImport> {
	const journal = new JournalImport(backend, signedOut);
	await journal.choose(async () => (typeof file === 'string' ? file : JSON.stringify(file)));
	return journal;
}

describe('a file that is imported', () => {
	it.each([
		['', 'not-json'],
		['PK\u0003\u0004', 'not-json'],
		['null', 'not-export'],
		['[]', 'not-export'],
		['{"format":"another"}', 'not-export'],
		[JSON.stringify({ ...exportOf(1), version: 2 }), 'other-version'],
		[JSON.stringify({ ...exportOf(1), deviceId: 'x' }), 'damaged'],
		[JSON.stringify({ ...exportOf(1), entries: undefined }), 'damaged'],
		[JSON.stringify({ ...exportOf(1), more: 1 }), 'damaged'],
		[JSON.stringify(exportOf(0)), 'empty'],
		[' '.repeat(MAX_EXPORT_OCTETS + 1), 'too-large'],
	])('is refused by name, and nothing is sent', async (text, refusal) => {
		expect(readExport(text)).toEqual({ refusal });
		const backend = new Backend();
		const journal = await chosen(backend, text);
		expect(journal.phase).toEqual({ kind: 'no-journal', refusal });
		await journal.send();
		expect(backend.asked).toEqual([]);
	});

	it('that cannot be read is refused too', async () => {
		const journal = new JournalImport(new Backend(), () => {});
		await journal.choose(() => Promise.reject(new DOMException('gone')));
		expect(journal.phase).toEqual({ kind: 'no-journal', refusal: 'not-json' });
	});
});

describe('an import', () => {
	it('hands in at most 200 rows at a time, and tells what was there before', async () => {
		const backend = new Backend(150);
		const journal = await chosen(backend, exportOf(450));
		await journal.send();
		expect(backend.asked).toEqual([0, 200, 200, 50]);
		expect(journal.phase).toEqual({ kind: 'finished' });
		expect(journal.tally).toMatchObject({ taken: { done: 300 }, present: 150, notTaken: 0 });
	});

	it('changes nothing the second time', async () => {
		const backend = new Backend();
		await (await chosen(backend, exportOf(5))).send();
		const again = await chosen(backend, exportOf(5));
		await again.send();
		expect(takenCount(again.tally)).toBe(0);
		expect(again.tally.present).toBe(5);
	});

	it('goes on where the answer was lost, and counts what was taken meanwhile as taken', async () => {
		const backend = new Backend();
		backend.lost.add(3);
		const journal = await chosen(backend, exportOf(300));
		await journal.send();
		expect(journal.phase).toEqual({ kind: 'stopped', stop: { because: 'no-answer' } });
		expect(journal.done).toBe(200);
		await journal.send();
		expect(journal.phase).toEqual({ kind: 'finished' });
		expect(takenCount(journal.tally)).toBe(300);
	});

	it('hands in again what was not reached, and stops where nothing gets on', async () => {
		const backend = new Backend();
		backend.reach = 80;
		const journal = await chosen(backend, exportOf(200));
		await journal.send();
		expect(backend.asked).toEqual([0, 200, 120, 40]);
		expect(takenCount(journal.tally)).toBe(200);
		backend.reach = 0;
		const stuck = await chosen(backend, exportOf(3));
		await stuck.send();
		expect(stuck.phase).toMatchObject({ stop: { because: 'problem' } });
		expect(stuck.done).toBe(0);
	});

	it('hands in fewer rows where so many are too large together', async () => {
		const backend = new Backend();
		backend.instead.set(2, refused('body-too-large'));
		backend.instead.set(3, refused('body-too-large'));
		const journal = await chosen(backend, exportOf(100));
		await journal.send();
		expect(backend.asked).toEqual([0, 100, 50, 25, 25, 25, 25]);
		expect(takenCount(journal.tally)).toBe(100);
	});

	it('refuses a journal of another utility before any of it is sent', async () => {
		const backend = new Backend();
		backend.instead.set(1, refused('not-found'));
		const journal = await chosen(backend, exportOf(3));
		await journal.send();
		expect(journal.phase).toMatchObject({ stop: { because: 'not-ours' } });
		expect(backend.asked).toEqual([0]);
	});

	it('names the rows that are not taken, and why', async () => {
		const backend = new Backend();
		const journal = await chosen(backend, exportOf(2, 7));
		await journal.send();
		expect(journal.phase).toEqual({ kind: 'finished' });
		expect(journal.tally).toMatchObject({ present: 0, notTaken: 2 });
		expect(journal.tally.toSee.map(seenRow)).toMatchObject([
			{ number: '7', code: 'journal-gap' },
			{ number: '8', code: 'journal-gap' },
		]);
	});

	it('hands in what a device tells to be missing as such', async () => {
		const backend = new Backend();
		const file = exportOf(1);
		file.entries.push({ what: 'missing', missing: { sequence: 2, hash: hash(2) } });
		const journal = await chosen(backend, file);
		await journal.send();
		expect(takenCount(journal.tally)).toBe(2);
	});

	it('stops when the person says so, after the rows on their way', async () => {
		const backend = new Backend();
		const journal = await chosen(backend, exportOf(500));
		const sending = journal.send();
		journal.stop();
		await sending;
		expect(journal.phase).toEqual({ kind: 'stopped', stop: { because: 'person' } });
		await journal.send();
		expect(takenCount(journal.tally)).toBe(500);
	});

	it('says that nobody is signed in any more', async () => {
		const backend = new Backend();
		backend.instead.set(2, refused('session-ended'));
		let left = 0;
		const journal = await chosen(backend, exportOf(1), () => (left += 1));
		await journal.send();
		expect(left).toBe(1);
		expect(journal.phase).toMatchObject({ stop: { problem: { code: 'session-ended' } } });
	});

	it('takes no second file while one is on its way', async () => {
		const backend = new Backend();
		const journal = await chosen(backend, exportOf(10));
		const sending = journal.send();
		await journal.choose(async () => JSON.stringify(exportOf(1)));
		await sending;
		expect(journal.file?.entries).toHaveLength(10);
		expect(journal.done).toBe(10);
	});
});
