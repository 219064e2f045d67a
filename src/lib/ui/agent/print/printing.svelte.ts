/**
 * Printing as the screens see it: the device's settings, the queue, and what went wrong with choosing a printer.
 * One for the page; it prints once a desk is open, because only that opens what stands on a paper.
 */
import { v7 as uuidv7 } from 'uuid';
import type { Memory } from '#lib/browser/serial/last-port.ts';
import type { PrintJobRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { asPrintFault } from '#lib/browser/print/print-fault.ts';
import { type JobWish, PrintQueue } from '#lib/browser/print/print-queue.ts';
import {
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
import { testPaper } from '#lib/core/paper/test-paper.ts';
import type { PrintFaultKind } from '#lib/core/vending/print-faults.ts';
import { writing } from './writing.ts';

/** The page this runs in; a test brings its own. */
export interface PrintingHost {
	/** `localStorage`, where the browser lets one have it. */
	readonly memory: Memory | undefined;
	readonly locks: Pick<LockManager, 'request'>;
	readonly ways: PrintWays;
	readonly nowMs: () => number;
	readonly tell: (error: unknown) => void;
}

/** What an open desk gives. */
export interface PrintingDesk {
	readonly store: AgentStore;
	/** What stands on the paper of a job; undefined: it cannot be opened here. Never asked for a test. */
	readonly renderPaper: (job: PrintJobRow) => Promise<Paper | undefined>;
	/** The next copy's number, written down where it has to be. */
	readonly nextCopy: (job: PrintJobRow) => Promise<number>;
}

export class Printing {
	settings = $state.raw<PrintSettings>() as PrintSettings;
	/** Whether the browser keeps the settings. */
	kept = $state(true);
	/** Why no printer was chosen. */
	fault = $state<PrintFaultKind>();
	choosing = $state(false);
	readonly #host: PrintingHost;
	#queue = $state.raw<PrintQueue>();

	constructor(host: PrintingHost) {
		this.#host = host;
		this.settings = readPrintSettings(host.memory);
	}

	/** Whether a sale's paper is printed by itself. */
	get isAutomatic(): boolean {
		return this.settings.auto && this.settings.way !== 'none';
	}

	/** Prints what waits, and goes on until `close`. */
	open({ store, renderPaper, nextCopy }: PrintingDesk): void {
		const { locks, nowMs, tell, ways } = this.#host;
		void this.#queue?.stop();
		this.#queue = new PrintQueue({
			...{ store, locks, nowMs, tell, nextCopy, newId: uuidv7 },
			renderPaper: (job) =>
				job.paper === 'test'
					? Promise.resolve(testPaper(this.#now().columns, writing))
					: renderPaper(job),
			print: (paper) => printPaper(paper, this.#now(), ways),
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
		return this.#queue?.add(wish);
	}

	/** A failed job once more; a reprint where its paper may have come out. @throws {StoreFault} */
	async again(id: string): Promise<void> {
		await this.#queue?.again(id);
	}

	/** @throws {StoreFault} */
	test(): Promise<PrintJobRow | undefined> {
		return this.add({ paper: 'test', saleId: null, copy: 1 });
	}

	change(over: Partial<PrintSettings>): void {
		const before = this.settings;
		const isOtherWay = over.way !== undefined && over.way !== before.way;
		this.settings = { ...before, ...(isOtherWay ? { printer: null } : {}), ...over };
		this.kept = keepPrintSettings(this.#host.memory, this.settings);
		this.fault = undefined;
	}

	/** Lets the person choose a printer for the way that is set; needs a click before it. */
	async choose(): Promise<void> {
		const { way } = this.settings;
		if (way === 'none' || way === 'system') return;
		this.choosing = true;
		this.fault = undefined;
		try {
			const printer = await choosePrinter(way, this.settings, this.#host.ways);
			this.change({ printer });
		} catch (error) {
			this.fault = asPrintFault(error).kind;
		} finally {
			this.choosing = false;
		}
	}

	/** Another tab may have set them since. */
	#now(): PrintSettings {
		return this.kept ? readPrintSettings(this.#host.memory) : this.settings;
	}
}

function ownMemory(): Memory | undefined {
	try {
		return localStorage;
	} catch {
		// The browser keeps nothing for this page.
		return undefined;
	}
}

/** @param tell takes what is nobody's fault but ours */
export const pagePrinting = (tell: (error: unknown) => void): Printing =>
	new Printing({
		memory: ownMemory(),
		locks: navigator.locks,
		ways: pagePrintWays(),
		nowMs: () => Date.now(),
		tell,
	});
