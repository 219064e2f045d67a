/**
 * Printing as the screens see it: the device's settings, the queue, and what went wrong with choosing a printer.
 * One for the page; it prints once a desk is open, because only that opens what stands on a paper.
 */
import { v7 as uuidv7 } from 'uuid';
import type { PrintJobRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { asPrintFault } from '#lib/browser/print/print-fault.ts';
import { isCustomers, jobOfSale } from '#lib/browser/print/print-jobs.ts';
import { type JobWish, PrintQueue } from '#lib/browser/print/print-queue.ts';
import {
	FIRST_SETTINGS,
	keepPrintSettings,
	type PrintSettings,
	readPrintSettings,
} from '#lib/browser/print/print-settings.ts';
import {
	choosePrinter,
	pagePrintWays,
	printPaper,
	type PrintWays,
} from '#lib/browser/print/printer.ts';
import type { Paper } from '#lib/core/paper/paper.ts';
import { isDrawn, printedIn } from '#lib/core/paper/paper-language.ts';
import { testPaper } from '#lib/core/paper/test-paper.ts';
import { FALLBACK, type Language } from '#lib/core/units/languages.ts';
import type { PrintFaultKind } from '#lib/core/vending/print-faults.ts';
import { staffWriting } from './writing.ts';

/** The page this runs in; a test brings its own. */
export interface PrintingHost {
	readonly locks: Pick<LockManager, 'request'>;
	readonly ways: PrintWays;
	readonly nowMs: () => number;
	readonly tell: (error: unknown) => void;
}

/** What an open desk gives. */
export interface PrintingDesk {
	readonly store: AgentStore;
	/** What stands on the paper of a job; undefined: it cannot be opened here. Never asked for a test. */
	readonly renderPaper: (job: PrintJobRow, language: Language) => Promise<Paper | undefined>;
	/** The next copy's number, written down where it has to be; undefined: what it says is not so any more. */
	readonly nextCopy: (job: PrintJobRow) => Promise<number | undefined>;
}

export class Printing {
	settings = $state.raw<PrintSettings>(FIRST_SETTINGS);
	/** Whether the device keeps the settings. */
	kept = $state(true);
	/** Why no printer was chosen. */
	fault = $state<PrintFaultKind>();
	choosing = $state(false);
	/** Of the paper in hand, as somebody at the till has chosen it. */
	#wanted = $state.raw<{ readonly saleId: string; readonly language: Language }>();
	readonly #host: PrintingHost;
	#queue = $state.raw<PrintQueue>();
	#store: AgentStore | undefined;
	/** Settings are read and kept one after the other. */
	#settling: Promise<void> = Promise.resolve();

	constructor(host: PrintingHost) {
		this.#host = host;
	}

	/** Whether a sale's paper is printed by itself. @throws {StoreFault} */
	async isAutomatic(): Promise<boolean> {
		const { auto, way } = await this.#now();
		return auto && way !== 'none';
	}

	/** Whether there is any way to a paper. @throws {StoreFault} */
	async isSet(): Promise<boolean> {
		return (await this.#now()).way !== 'none';
	}

	/** Prints what waits, and goes on until `close`. */
	open({ store, renderPaper, nextCopy }: PrintingDesk): void {
		const { locks, nowMs, tell, ways } = this.#host;
		void this.#queue?.stop();
		this.#store = store;
		void this.#settle(async () => {
			this.settings = await readPrintSettings(store);
		});
		this.#queue = new PrintQueue({
			...{ store, locks, nowMs, tell, nextCopy, newId: uuidv7 },
			renderPaper: async (job) =>
				job.paper === 'test'
					? testPaper((await this.#now()).columns, staffWriting)
					: await renderPaper(job, await this.#languageOf(job)),
			print: async (paper, job) =>
				printPaper(paper, await this.#languageOf(job), await this.#now(), ways),
		});
		this.#queue.kick();
	}

	/** The desk closes: what waits is printed by the next one. Resolves when the paper under way has ended. */
	async close(): Promise<void> {
		const queue = this.#queue;
		this.#queue = undefined;
		await queue?.stop();
	}

	/** Undefined: no desk is open. @throws {StoreFault} nothing will be printed */
	async add(wish: JobWish): Promise<PrintJobRow | undefined> {
		const queue = this.#queue;
		if (!queue || !isCustomers(wish.paper)) return queue?.add(wish);
		return queue.add({ ...wish, language: await this.#languageFor(wish.saleId) });
	}

	/** A failed job once more; a reprint where its paper may have come out. @throws {StoreFault} */
	async again({ id, saleId }: Pick<PrintJobRow, 'id' | 'saleId'>): Promise<void> {
		await this.#queue?.again(id, this.#wantedFor(saleId));
	}

	/** The next paper of this sale is in that language, and what follows it; printing is for somebody to ask. */
	want(saleId: string, language: Language): void {
		this.#wanted = { saleId, language };
	}

	/** In which the next paper of a sale is. @param last its latest job */
	nextLanguage(saleId: string, last: PrintJobRow | undefined): Language {
		return this.#wantedFor(saleId) ?? last?.language ?? this.settings.language;
	}

	/** Whether a language can be drawn where a printer has no letters for it. */
	async canDraw(): Promise<boolean> {
		return (await this.#host.ways.artist()) !== undefined;
	}

	/** @throws {StoreFault} */
	test(): Promise<PrintJobRow | undefined> {
		return this.add({ paper: 'test', saleId: null, copy: 1 });
	}

	/** Changes what is kept, once that has been read. */
	change(over: Partial<PrintSettings>): Promise<void> {
		this.fault = undefined;
		return this.#settle(async () => {
			const isOtherWay = over.way !== undefined && over.way !== this.settings.way;
			this.settings = { ...this.settings, ...(isOtherWay ? { printer: null } : {}), ...over };
			if (this.#store) await keepPrintSettings(this.#store, this.settings);
			this.kept = this.#store !== undefined;
		});
	}

	/** Lets the person choose a printer for the way that is set; needs a click before it. */
	async choose(): Promise<void> {
		const { way } = this.settings;
		if (way === 'none' || way === 'system') return;
		this.choosing = true;
		this.fault = undefined;
		try {
			const printer = await choosePrinter(way, this.settings, this.#host.ways);
			await this.change({ printer });
		} catch (error) {
			this.fault = asPrintFault(error).kind;
		} finally {
			this.choosing = false;
		}
	}

	/** Where it fails, those of this page hold until it closes. */
	#settle(step: () => Promise<void>): Promise<void> {
		return (this.#settling = this.#settling.then(step).catch((error: unknown) => {
			this.kept = false;
			this.#host.tell(error);
		}));
	}

	#wantedFor(saleId: string | null): Language | undefined {
		return this.#wanted?.saleId === saleId ? this.#wanted.language : undefined;
	}

	/** A customer's later papers are in the language of their first one. */
	async #languageFor(saleId: string | null): Promise<Language> {
		const wanted = this.#wantedFor(saleId);
		if (wanted) return wanted;
		const [store, { language }] = [this.#store, await this.#now()];
		const last = store && saleId !== null ? await jobOfSale(store, saleId) : undefined;
		return last?.language ?? language;
	}

	/** In which a job's paper comes out here and now. */
	async #languageOf({ language = FALLBACK }: PrintJobRow): Promise<Language> {
		const isEscPos = (await this.#now()).way !== 'system';
		return printedIn(language, isEscPos, !isDrawn(language, isEscPos) || (await this.canDraw()));
	}

	/** Another tab may have set them since. */
	async #now(): Promise<PrintSettings> {
		await this.#settling;
		return this.#store && this.kept ? readPrintSettings(this.#store) : this.settings;
	}
}

/** @param tell takes what is nobody's fault but ours */
export const pagePrinting = (tell: (error: unknown) => void): Printing =>
	new Printing({
		locks: navigator.locks,
		ways: pagePrintWays(),
		nowMs: () => Date.now(),
		tell,
	});
