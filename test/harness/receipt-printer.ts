/** A receipt printer at the far end of a serial cable: it keeps what it is sent, and can be pulled out. */
import { eventually } from '../e2e/harness/eventually.ts';
import { type PrintedPaper, readEscPos } from './escpos-reader.ts';
import type { Pty } from './pty.ts';
import type { FakeSerialPorts } from './serial-port.ts';

export class ReceiptPrinter {
	readonly #ports: FakeSerialPorts;
	readonly #name: string;
	readonly #octets: number[] = [];
	#pty: Pty | undefined;

	/** @param name of the terminal, which the page must have been granted */
	constructor(ports: FakeSerialPorts, name = 'ttyUSB0') {
		this.#ports = ports;
		this.#name = name;
	}

	async plugIn(): Promise<void> {
		const pty = await this.#ports.plugIn(this.#name);
		this.#pty = pty;
		void this.#keep(pty);
	}

	async pull(): Promise<void> {
		await this.#pty?.unplug();
		this.#pty = undefined;
	}

	/** Another program has it, or has let go of it. */
	setBusy(busy: boolean): void {
		this.#ports.setBusy(busy, this.#name);
	}

	/** How many octets ever arrived. */
	get count(): number {
		return this.#octets.length;
	}

	/** Everything that ever arrived. */
	get octets(): Uint8Array {
		return Uint8Array.from(this.#octets);
	}

	/** Every paper that came out, whole or not. */
	get papers(): PrintedPaper[] {
		return readEscPos(this.octets);
	}

	/** Waits until so many papers were cut off. */
	async cut(count: number, withinMs?: number): Promise<PrintedPaper[]> {
		const whole = (): PrintedPaper[] => this.papers.filter(({ isCut }) => isCut);
		await eventually(`${count} papers`, () => whole().length >= count, withinMs);
		return whole();
	}

	async #keep(pty: Pty): Promise<void> {
		try {
			for (;;) this.#octets.push(...(await pty.receive(1)));
		} catch {
			// Pulled out.
		}
	}
}
