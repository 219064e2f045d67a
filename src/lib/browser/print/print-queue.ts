/**
 * What is to be printed, one after the other over all tabs. A job is stored before anything is printed and never
 * holds a sale up; what is on its paper is made when it is printed, so that no digits lie in the queue.
 *
 * Always holds: one paper at a time goes to a printer; a job that was being printed when its page ended is
 * `failed`, and everything that follows a paper which may have come out is marked as a reprint.
 */
import type { PrintJobRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import type { Paper } from '#lib/core/paper/paper.ts';
import type { Language } from '#lib/core/units/languages.ts';
import { mayHavePrinted, type PrintFaultKind } from '#lib/core/vending/print-faults.ts';
import { PrintFault } from './print-fault.ts';

/** Who holds it prints. */
const LOCK = 'tokenline-printing';

/** Done with; a reprint is a job of its own. */
const KEEP_MS = 7 * 24 * 3_600_000;

export type JobWish = Pick<PrintJobRow, 'paper' | 'saleId' | 'copy' | 'batchId' | 'language'>;

export interface PrintWorld {
	readonly store: AgentStore;
	readonly locks: Pick<LockManager, 'request'>;
	readonly nowMs: () => number;
	readonly newId: () => string;
	/** What is on the paper of a job; undefined: it cannot be opened here. */
	readonly renderPaper: (job: PrintJobRow) => Promise<Paper | undefined>;
	/** @throws {PrintFault} */
	readonly print: (paper: Paper, job: PrintJobRow) => Promise<void>;
	/**
	 * The number of the next copy, written down where it has to be: `TillDesk.notePrint`. Undefined: what the paper
	 * says is not so any more.
	 */
	readonly nextCopy: (job: PrintJobRow) => Promise<number | undefined>;
	/** Is told of what is nobody's fault but ours; may throw it on. */
	readonly tell: (error: unknown) => void;
}

export class PrintQueue {
	readonly #world: PrintWorld;
	#run: Promise<void> | undefined;
	#askedAgain = false;
	#stopped = false;

	constructor(world: PrintWorld) {
		this.#world = world;
	}

	/** Stores a job; printing begins by itself. @throws {StoreFault} nothing will be printed */
	async add(wish: JobWish): Promise<PrintJobRow> {
		const { store, nowMs, newId } = this.#world;
		const job: PrintJobRow = {
			...wish,
			id: newId(),
			askedAtMs: nowMs(),
			state: 'waiting',
			fault: null,
		};
		await stored(() => store.prints.add(job));
		this.kick();
		return job;
	}

	/**
	 * A job that failed, once more; a reprint where its paper may have come out. Nothing where it has not failed,
	 * or another tab was quicker; `outdated` where what it says is not so any more. @param language absent: the one it was asked in @throws {StoreFault}
	 */
	async again(id: string, language?: Language): Promise<void> {
		const { store, nextCopy } = this.#world;
		const job = await stored(() => store.prints.get(id));
		if (job?.state !== 'failed') return;
		const copy = mayHavePrinted(job.fault) ? await nextCopy(job) : job.copy;
		const change: Partial<PrintJobRow> =
			copy === undefined
				? { fault: 'outdated' satisfies PrintFaultKind }
				: { state: 'waiting', fault: null, copy, ...(language && { language }) };
		await stored(() =>
			store.prints
				.where('id')
				.equals(id)
				.filter(({ state }) => state === 'failed')
				.modify(change),
		);
		this.kick();
	}

	/** Prints what waits; a second call while that goes on looks once more afterwards. */
	kick(): void {
		if (this.#stopped) return;
		this.#askedAgain = true;
		this.#run ??= this.#runAll().finally(() => {
			this.#run = undefined;
			if (this.#askedAgain) this.kick();
		});
	}

	/** Resolves when nothing is being printed by this page. */
	async idle(): Promise<void> {
		while (this.#run) await this.#run;
	}

	/** Takes no further job; resolves when the one under way has ended. What waits is another queue's. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.idle();
	}

	async #runAll(): Promise<void> {
		this.#askedAgain = false;
		try {
			await this.#world.locks.request(LOCK, () => this.#printAll());
		} catch (error) {
			this.#tell(error);
		}
	}

	/** In a turn of its own: who throws it on says it to the browser, and the job ends all the same. */
	#tell(error: unknown): void {
		queueMicrotask(() => this.#world.tell(error));
	}

	/** Under the lock: nobody else prints, so a job that is being printed belongs to a page that has ended. */
	async #printAll(): Promise<void> {
		await this.#settleInterrupted();
		for (let job = await this.#takeNext(); job; job = await this.#takeNext()) {
			const fault = await this.#printOne(job);
			await this.#end(job.id, fault);
		}
		await this.#forgetOld();
	}

	async #settleInterrupted(): Promise<void> {
		const fault: PrintFaultKind = 'interrupted';
		await stored(() =>
			this.#world.store.prints.where({ state: 'printing' }).modify({ state: 'failed', fault }),
		);
	}

	/** The one that was asked for first, marked as being printed before any octet leaves. */
	#takeNext(): Promise<PrintJobRow | undefined> {
		const { store } = this.#world;
		return stored(() =>
			store.transaction('rw', store.prints, async () => {
				const waiting = await store.prints.where({ state: 'waiting' }).sortBy('askedAtMs');
				const [job] = this.#stopped ? [] : waiting;
				if (job) await store.prints.update(job.id, { state: 'printing' });
				return job;
			}),
		);
	}

	async #printOne(job: PrintJobRow): Promise<PrintFaultKind | null> {
		const { renderPaper, print } = this.#world;
		try {
			const paper = await renderPaper(job);
			if (!paper) return 'nothing-to-print';
			await print(paper, job);
			return null;
		} catch (error) {
			if (error instanceof PrintFault) return error.kind;
			this.#tell(error);
			return 'failed';
		}
	}

	async #end(id: string, fault: PrintFaultKind | null): Promise<void> {
		const state = fault === null ? 'printed' : 'failed';
		await stored(() => this.#world.store.prints.update(id, { state, fault }));
	}

	async #forgetOld(): Promise<void> {
		const { store, nowMs } = this.#world;
		await stored(() =>
			store.prints
				.where('askedAtMs')
				.below(nowMs() - KEEP_MS)
				.filter(({ state }) => state === 'printed' || state === 'failed')
				.delete(),
		);
	}
}
