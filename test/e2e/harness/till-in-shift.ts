/** A till in the middle of its day: enrolled, a printer at its port, somebody at it, a shift open; a gate before the service. */
import type { Page } from 'playwright-core';
import { Backend } from '../../harness/backend.ts';
import type { PrintedPaper } from '../../harness/escpos-reader.ts';
import { ReceiptPrinter } from '../../harness/receipt-printer.ts';
import { FakeSerialPorts } from '../../harness/serial-port.ts';
import {
	enrol,
	fillFloat,
	officeMakesCode,
	openAgent,
	openShift,
	setTerms,
	signInOperator,
	unlockTill,
} from './agent.ts';
import { Phone } from './browser.ts';
import { Gate } from './gate.ts';
import { choosePrinter } from './till-printer.ts';

/** Enough for whatever a test sells. */
const FLOAT_MINOR = 5_000_000;

export class TillInShift {
	readonly gate: Gate;
	readonly backend: Backend;
	readonly phone: Phone;
	readonly printer: ReceiptPrinter;
	/** The tab that the shift was opened in. */
	readonly page: Page;
	readonly #ports: FakeSerialPorts;

	private constructor(
		service: { gate: Gate; backend: Backend },
		device: { phone: Phone; page: Page },
		print: { printer: ReceiptPrinter; ports: FakeSerialPorts },
	) {
		this.gate = service.gate;
		this.backend = service.backend;
		this.phone = device.phone;
		this.page = device.page;
		this.printer = print.printer;
		this.#ports = print.ports;
	}

	static async open(): Promise<TillInShift> {
		const gate = await Gate.open();
		const backend = await Backend.prepared(gate.origin);
		gate.backendPort = backend.port;
		const ports = new FakeSerialPorts();
		const printer = new ReceiptPrinter(ports);
		await printer.plugIn();
		const phone = await Phone.start({
			env: ports.env,
			prepare: (profile) => ports.grant(profile, gate.origin),
		});
		const page = await phone.tab();
		await beginDay(page, gate);
		return new TillInShift({ gate, backend }, { phone, page }, { printer, ports });
	}

	/** The papers that come out when something is done. */
	async papersOf(count: number, act: () => Promise<unknown>): Promise<PrintedPaper[]> {
		const before = this.printer.papers.length;
		await act();
		return (await this.printer.cut(before + count)).slice(before);
	}

	/** The first of them. */
	async paperOf(act: () => Promise<unknown>): Promise<PrintedPaper> {
		const [paper] = await this.papersOf(1, act);
		if (!paper) throw new Error('no paper');
		return paper;
	}

	async close(): Promise<void> {
		await this.phone.dispose();
		await this.printer.pull();
		this.#ports.dispose();
		await this.backend.dispose();
		await this.gate.close();
	}
}

async function beginDay(page: Page, gate: Gate): Promise<void> {
	await setTerms(gate);
	await fillFloat(gate, FLOAT_MINOR);
	await openAgent(page, gate);
	await enrol(page, await officeMakesCode(gate));
	await signInOperator(page);
	await choosePrinter(page);
	await unlockTill(page);
	await openShift(page);
}
