/** The worker's end of the message port: what the page wants is done on the line, one wish after the other. */
import type { Line } from '#lib/link/line.ts';
import { LinkFault, type LinkFaultKind } from '#lib/link/link-fault.ts';
import { OctetWindow } from '#lib/link/octet-window.ts';
import {
	MAX_FRAME_OCTETS,
	WINDOW_OCTETS,
	type PageWord,
	type WordPort,
	type WorkerWord,
} from './line-words.ts';

const kindOf = (error: unknown): LinkFaultKind =>
	error instanceof LinkFault ? error.kind : 'port-failed';

/** Carries `line` over `port` from now on. */
export function relayLine(line: Line, port: WordPort): LineRelay {
	const relay = new LineRelay(line, port);
	void relay.carry();
	return relay;
}

export class LineRelay {
	readonly #line: Line;
	readonly #port: WordPort;
	readonly #window = new OctetWindow(WINDOW_OCTETS);
	#turn: Promise<void> = Promise.resolve();
	#over = false;
	/** Rises with every setting anew: what was read before is stale. */
	#settings = 0;

	constructor(line: Line, port: WordPort) {
		this.#line = line;
		this.#port = port;
		port.onmessage = ({ data }: MessageEvent<PageWord>) => this.#hear(data);
		this.#say({ is: 'open' });
	}

	/** Nothing passes any more. */
	get over(): boolean {
		return this.#over;
	}

	/** From the line to the page, until it ends. */
	async carry(): Promise<void> {
		try {
			for (;;) {
				const octets = await this.#line.receive();
				if (!octets) break;
				await this.#give(octets, this.#settings);
			}
			this.#say({ is: 'ended' });
		} catch (error) {
			this.break(kindOf(error));
		}
	}

	/** Breaks the line off. */
	break(kind: LinkFaultKind): void {
		if (this.#over) return;
		this.#say({ is: 'fault', fault: kind });
		this.#over = true;
		this.#window.end();
	}

	async #give(octets: Uint8Array, settings: number): Promise<void> {
		for (let at = 0; at < octets.length; at += MAX_FRAME_OCTETS) {
			const frame = octets.slice(at, at + MAX_FRAME_OCTETS);
			await this.#window.room(frame.length);
			if (settings !== this.#settings) return;
			this.#window.sent(frame.length);
			const { disturbances } = this.#line;
			this.#say({ is: 'octets', octets: frame, ...(disturbances && { disturbances }) });
		}
	}

	#hear(word: PageWord): void {
		if (word.do === 'taken') this.#window.taken(word.octets);
		else
			this.#turn = this.#turn
				.then(() => this.#do(word))
				.catch((error: unknown) => this.break(kindOf(error)));
	}

	async #do(word: Exclude<PageWord, { do: 'taken' }>): Promise<void> {
		switch (word.do) {
			case 'octets':
				await this.#line.send(word.octets);
				return this.#say({ is: 'taken', octets: word.octets.length });
			case 'configure':
				await this.#line.configure(word.settings);
				this.#settings += 1;
				return this.#say({ is: 'configured' });
			case 'close':
				await this.#line.close();
				this.#say({ is: 'closed' });
				this.#over = true;
		}
	}

	#say(word: WorkerWord): void {
		if (!this.#over) this.#port.postMessage(word);
	}
}
