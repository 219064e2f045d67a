import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PrintFault } from '#lib/browser/print/print-fault.ts';
import { PrintQueue, type PrintWorld } from '#lib/browser/print/print-queue.ts';
import type { PrintJobRow } from '#lib/browser/store/agent-rows.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import type { Paper } from '#lib/core/paper/paper.ts';
import { mayHavePrinted, PRINT_FAULTS } from '#lib/core/vending/print-faults.ts';

const SALE = { paper: 'receipt', saleId: 'sale', copy: 1 } as const;
const DAY_MS = 24 * 3_600_000;

let store: AgentStore;
let serial = 0;
let nowMs = 0;
/** What came out: the id of the job and the copy it was. */
let out: string[];
let told: unknown[];

beforeEach(() => {
	store = new AgentStore(`prints-${(serial += 1)}`);
	[nowMs, out, told] = [1000, [], []];
});
afterEach(() => store.delete());

/** As the page does with what it has no words for. */
const throwOn = (error: unknown): never => {
	throw error;
};

/** What is thrown in a turn of its own, which the browser would report. */
function inTheOpen(): unknown[] {
	const reported: unknown[] = [];
	const ask = queueMicrotask;
	vi.stubGlobal('queueMicrotask', (act: () => void) =>
		ask(() => {
			try {
				act();
			} catch (error) {
				reported.push(error);
			}
		}),
	);
	return reported;
}
afterEach(() => vi.unstubAllGlobals());

const said = (job: PrintJobRow): Paper => [{ kind: 'text', text: `${job.saleId} ${job.copy}` }];
const textOf = ([element]: Paper): string => (element?.kind === 'text' ? element.text : '');

function tab(over: Partial<PrintWorld> = {}): PrintQueue {
	return new PrintQueue({
		store,
		locks: navigator.locks,
		nowMs: () => (nowMs += 1),
		newId: () => `job-${(serial += 1)}`,
		renderPaper: async (job) => said(job),
		print: async (paper) => void out.push(textOf(paper)),
		nextCopy: async ({ copy }) => copy + 1,
		tell: (error) => told.push(error),
		...over,
	});
}

const jobs = (): Promise<PrintJobRow[]> => store.prints.orderBy('askedAtMs').toArray();

describe('a job', () => {
	it('is on the disk before anything is printed, and holds nobody up', async () => {
		const printer = Promise.withResolvers<undefined>();
		const queue = tab({ print: () => printer.promise });
		const job = await queue.add(SALE);
		expect(await store.prints.get(job.id)).toMatchObject({ saleId: 'sale', fault: null });
		await queue.add({ ...SALE, saleId: 'next' });
		printer.resolve(undefined);
		await queue.idle();
		expect((await jobs()).map(({ state }) => state)).toEqual(['printed', 'printed']);
	});

	it('whose paper is not true any more is not printed again, and says so', async () => {
		const broken = tab({
			print: () => Promise.reject(new PrintFault('no-answer')),
			nextCopy: () => Promise.resolve(undefined),
		});
		const { id } = await broken.add(SALE);
		await broken.idle();
		await broken.again(id);
		await broken.idle();
		expect(await store.prints.get(id)).toMatchObject({
			state: 'failed',
			fault: 'outdated',
			copy: 1,
		});
		expect(out).toEqual([]);
	});

	it('has no digits in its row, whatever is on its paper', async () => {
		const queue = tab({
			renderPaper: async () => [{ kind: 'text', text: '12345678901234567890' }],
		});
		await queue.add(SALE);
		await queue.idle();
		expect(out).toEqual(['12345678901234567890']);
		expect(JSON.stringify(await jobs())).not.toContain('1234567890');
	});

	it('comes out in the order it was asked for', async () => {
		const queue = tab();
		for (const saleId of ['a', 'b', 'c', 'd']) await queue.add({ ...SALE, saleId });
		await queue.idle();
		expect(out).toEqual(['a 1', 'b 1', 'c 1', 'd 1']);
	});
});

describe('a job’s language', () => {
	it('is printed as it was asked for, and tried again in another one where that is wanted', async () => {
		let broken = true;
		const languages: (string | undefined)[] = [];
		const queue = tab({
			print: async (_, { language }) => {
				if (broken) throw new PrintFault('no-printer');
				languages.push(language);
			},
		});
		const first = await queue.add({ ...SALE, language: 'pt' });
		const second = await queue.add({ ...SALE, language: 'pt' });
		await queue.add(SALE);
		await queue.idle();
		broken = false;
		await queue.again(first.id);
		await queue.again(second.id, 'ar');
		for (const { id, state } of await jobs()) if (state === 'failed') await queue.again(id);
		await queue.idle();
		expect(languages.sort()).toEqual(['ar', 'pt', undefined]);
		expect((await store.prints.get(second.id))?.language).toBe('ar');
	});
});

describe('a printer that fails', () => {
	it.each([...PRINT_FAULTS])('with %s leaves the job, and the next try comes out', async (kind) => {
		let broken = true;
		const queue = tab({
			print: async (paper) => {
				if (broken) throw new PrintFault(kind);
				out.push(textOf(paper));
			},
		});
		const { id } = await queue.add(SALE);
		await queue.idle();
		expect(await store.prints.get(id)).toMatchObject({ state: 'failed', fault: kind, copy: 1 });
		broken = false;
		await queue.again(id);
		await queue.idle();
		const copy = mayHavePrinted(kind) ? 2 : 1;
		expect(out).toEqual([`sale ${copy}`]);
		expect(await store.prints.get(id)).toMatchObject({ state: 'printed', fault: null, copy });
	});

	it('does not stop the ones behind it', async () => {
		const queue = tab({
			print: async (paper) => {
				if (textOf(paper).startsWith('a')) throw new PrintFault('no-answer');
				out.push(textOf(paper));
			},
		});
		await queue.add({ ...SALE, saleId: 'a' });
		await queue.add({ ...SALE, saleId: 'b' });
		await queue.idle();
		expect(out).toEqual(['b 1']);
	});

	it('by a slip of ours is told, and the job is there to be tried again', async () => {
		const queue = tab({ print: () => Promise.reject(new TypeError('slip')) });
		const { id } = await queue.add(SALE);
		await queue.idle();
		expect(told).toHaveLength(1);
		expect(await store.prints.get(id)).toMatchObject({ state: 'failed', fault: 'failed' });
	});

	it('by a slip that is thrown on is reported once; the job ends, and so do the ones behind it', async () => {
		const reported = inTheOpen();
		const slip = new TypeError('slip');
		const queue = tab({
			tell: throwOn,
			print: async (paper) => {
				if (textOf(paper).startsWith('a')) throw slip;
				out.push(textOf(paper));
			},
		});
		await queue.add({ ...SALE, saleId: 'a' });
		await queue.add({ ...SALE, saleId: 'b' });
		await queue.idle();
		expect((await jobs()).map(({ state, fault }) => [state, fault])).toEqual([
			['failed', 'failed'],
			['printed', null],
		]);
		expect(out).toEqual(['b 1']);
		expect(reported).toEqual([slip]);
	});
});

it('a paper that cannot be opened here is not printed, and is no reprint later', async () => {
	let open = false;
	const queue = tab({ renderPaper: async (job) => (open ? said(job) : undefined) });
	const { id } = await queue.add(SALE);
	await queue.idle();
	expect(await store.prints.get(id)).toMatchObject({ state: 'failed', fault: 'nothing-to-print' });
	open = true;
	await queue.again(id);
	await queue.idle();
	expect(out).toEqual(['sale 1']);
});

describe('trying again', () => {
	it('does nothing to a job that has not failed, or that is not there', async () => {
		const queue = tab();
		const { id } = await queue.add(SALE);
		await queue.idle();
		await queue.again(id);
		await queue.again('nobody');
		await queue.idle();
		expect(out).toEqual(['sale 1']);
	});

	it('in two tabs at once prints once', async () => {
		const broken = tab({ print: () => Promise.reject(new PrintFault('busy')) });
		const { id } = await broken.add(SALE);
		await broken.idle();
		const [left, right] = [tab(), tab()];
		await Promise.all([left.again(id), right.again(id)]);
		await Promise.all([left.idle(), right.idle()]);
		expect(out).toEqual(['sale 1']);
	});
});

describe('two tabs', () => {
	it('print one paper at a time, and each job once', async () => {
		let busy = 0;
		let most = 0;
		const print = async (paper: Paper): Promise<void> => {
			most = Math.max(most, (busy += 1));
			await new Promise((resolve) => setImmediate(resolve));
			out.push(textOf(paper));
			busy -= 1;
		};
		const [left, right] = [tab({ print }), tab({ print })];
		const wishes = Array.from({ length: 20 }, (_, at) => ({ ...SALE, saleId: `s${at}` }));
		await Promise.all(wishes.map((wish, at) => (at % 2 ? left : right).add(wish)));
		await Promise.all([left.idle(), right.idle()]);
		expect(most).toBe(1);
		expect([...out].sort()).toEqual(wishes.map(({ saleId }) => `${saleId} 1`).sort());
	});
});

describe('a page that ended while it printed', () => {
	it('leaves a job of which nobody knows: the next attempt is a reprint', async () => {
		await store.prints.add({
			...{ id: 'gone', saleId: 'sale', paper: 'receipt', copy: 1, askedAtMs: 1 },
			...{ state: 'printing', fault: null },
		});
		const queue = tab();
		queue.kick();
		await queue.idle();
		expect(await store.prints.get('gone')).toMatchObject({ state: 'failed', fault: 'interrupted' });
		expect(out).toEqual([]);
		await queue.again('gone');
		await queue.idle();
		expect(out).toEqual(['sale 2']);
	});

	it('is not taken for one in another tab that is still printing', async () => {
		const printer = Promise.withResolvers<undefined>();
		const begun = Promise.withResolvers<undefined>();
		const slow = tab({
			print: async () => {
				begun.resolve(undefined);
				await printer.promise;
			},
		});
		const { id } = await slow.add(SALE);
		await begun.promise;
		const other = tab();
		other.kick();
		await new Promise((resolve) => setImmediate(resolve));
		expect((await store.prints.get(id))?.state).toBe('printing');
		printer.resolve(undefined);
		await Promise.all([slow.idle(), other.idle()]);
		expect((await store.prints.get(id))?.state).toBe('printed');
	});
});

it('what is done with for a week is forgotten; what is newer is not', async () => {
	const old = { saleId: null, paper: 'test', copy: 1, askedAtMs: 1, fault: null } as const;
	await store.prints.bulkAdd([
		{ ...old, id: 'printed', state: 'printed' },
		{ ...old, id: 'failed', state: 'failed', fault: 'busy' },
		{ ...old, id: 'waiting', state: 'waiting' },
		{ ...old, id: 'recent', state: 'failed', fault: 'busy', askedAtMs: 2 * DAY_MS },
	]);
	nowMs = 8 * DAY_MS;
	const queue = tab();
	queue.kick();
	await queue.idle();
	expect(out).toEqual(['null 1']);
	expect((await jobs()).map(({ id }) => id)).toEqual(['recent']);
});

it('a queue that is stopped ends its paper and leaves the rest to the next one', async () => {
	const printer = Promise.withResolvers<undefined>();
	const begun = Promise.withResolvers<undefined>();
	const queue = tab({
		print: async () => {
			begun.resolve(undefined);
			await printer.promise;
		},
	});
	for (const saleId of ['a', 'b']) await queue.add({ ...SALE, saleId });
	await begun.promise;
	const stopped = queue.stop();
	printer.resolve(undefined);
	await stopped;
	queue.kick();
	expect((await jobs()).map(({ state }) => state)).toEqual(['printed', 'waiting']);
	const next = tab();
	next.kick();
	await next.idle();
	expect(out).toEqual(['b 1']);
});

it('a store that has failed is told and printing ends', async () => {
	const queue = tab();
	store.close();
	await expect(queue.add(SALE)).rejects.toMatchObject({ name: 'StoreFault' });
	queue.kick();
	await queue.idle();
	expect(told).toHaveLength(1);
	store = new AgentStore(store.name);
});

it('a slip around the queue that is thrown on leaves it able to print, and to stop', async () => {
	const reported = inTheOpen();
	const slip = new TypeError('slip');
	let broken = true;
	const request = ((name: string, act: () => Promise<void>) =>
		broken ? Promise.reject(slip) : navigator.locks.request(name, act)) as LockManager['request'];
	const queue = tab({ tell: throwOn, locks: { request } });
	await queue.add(SALE);
	await queue.idle();
	expect(reported).toEqual([slip]);
	broken = false;
	queue.kick();
	await queue.stop();
	expect(out).toEqual([]);
	const next = tab();
	next.kick();
	await next.idle();
	expect(out).toEqual(['sale 1']);
});
