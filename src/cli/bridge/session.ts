/**
 * One browser at a bridge: what it asks for is carried out in the order it was asked. Bounded: one line, a
 * window of octets each way, a few words that wait, a time to say the first one, a time of silence.
 */
import type { WebSocket } from 'ws';
import {
	type BridgeWish,
	type BridgeWord,
	MAX_FRAME_OCTETS,
	parseBridgeWish,
	WINDOW_OCTETS,
} from '#lib/link/bridge-words.ts';
import type { Line, LinePort } from '#lib/link/line.ts';
import { LinkFault, type LinkFaultKind } from '#lib/link/link-fault.ts';
import { OctetWindow } from '#lib/link/octet-window.ts';
import { isBearer } from './admission.ts';

/** Words that may wait to be carried out. */
const MAX_WORDS = 32;
/** WebSocket close code for a peer that keeps to no rule (RFC 6455, 7.4.1). */
const POLICY_VIOLATION = 1008;

export interface SessionLimits {
	/** Until the first word. */
	readonly firstWordMs: number;
	/** Without an octet either way. */
	readonly idleMs: number;
	/** Between two questions whether the browser is still there. */
	readonly aliveMs: number;
}

export const SESSION_LIMITS: SessionLimits = {
	firstWordMs: 5000,
	idleMs: 600_000,
	aliveMs: 30_000,
};

export interface SessionPlace {
	readonly ports: readonly LinePort[];
	/** What a browser must say; undefined: nothing. */
	readonly bearer: string | undefined;
	readonly limits: SessionLimits;
}

export class BridgeSession {
	readonly #socket: WebSocket;
	readonly #place: SessionPlace;
	readonly #window = new OctetWindow(WINDOW_OCTETS);
	#line: Line | undefined;
	#turn: Promise<void> = Promise.resolve();
	#words = 0;
	#untaken = 0;
	/** Rises with every setting: what was received before is stale. */
	#settings = 0;
	#isOver = false;
	#timeout: NodeJS.Timeout | undefined;
	readonly #alive: NodeJS.Timeout;
	#answered = true;

	constructor(socket: WebSocket, place: SessionPlace) {
		this.#socket = socket;
		this.#place = place;
		this.#endIn(place.limits.firstWordMs);
		this.#alive = setInterval(() => this.#askAlive(), place.limits.aliveMs);
		socket.on('pong', () => {
			this.#answered = true;
		});
		socket.on('message', (content, isBinary) => this.#hear(content as Buffer, isBinary));
		socket.on('close', () => void this.#leave());
		socket.on('error', () => socket.terminate());
	}

	#hear(content: Buffer, isBinary: boolean): void {
		if (isBinary) return this.#hearOctets(content);
		const wish = parseBridgeWish(content.toString('utf8'));
		if (!wish || this.#words >= MAX_WORDS) return this.#expel();
		if (wish.do === 'taken') {
			if (!this.#window.taken(wish.octets)) this.#expel();
			return;
		}
		this.#words += 1;
		this.#inTurn(async () => {
			this.#words -= 1;
			await this.#carryOut(wish);
		});
	}

	#hearOctets(content: Buffer): void {
		this.#untaken += content.length;
		if (this.#untaken > WINDOW_OCTETS || content.length === 0) return this.#expel();
		this.#endIn(this.#place.limits.idleMs);
		this.#inTurn(async () => {
			if (!this.#line) return this.#expel();
			await this.#line.send(new Uint8Array(content));
			this.#untaken -= content.length;
			this.#say({ is: 'taken', octets: content.length });
		});
	}

	#inTurn(work: () => Promise<void>): void {
		this.#turn = this.#turn.then(async () => {
			if (this.#isOver) return;
			try {
				await work();
			} catch (error) {
				this.#fail(error instanceof LinkFault ? error.kind : 'port-failed');
			}
		});
	}

	async #carryOut(wish: Exclude<BridgeWish, { do: 'taken' }>): Promise<void> {
		switch (wish.do) {
			case 'list':
			case 'open':
				if (this.#line) return this.#expel();
				if (!isBearer(wish.bearer, this.#place.bearer)) return this.#fail('bridge-refused');
				return wish.do === 'list' ? this.#list() : this.#open(wish);
			case 'configure':
				return this.#configure(wish.settings);
			case 'close':
				await this.#line?.close();
				return this.#finish();
		}
	}

	#list(): void {
		const targets = this.#place.ports.map(({ label, medium }) => ({ name: label.name, medium }));
		this.#say({ is: 'targets', targets });
	}

	async #open({ target, settings }: Extract<BridgeWish, { do: 'open' }>): Promise<void> {
		const port = this.#place.ports.find(({ label }) => label.name === target);
		if (!port) return this.#fail('bridge-refused');
		const line = await port.open(settings);
		if (this.#isOver) return line.close();
		this.#line = line;
		this.#endIn(this.#place.limits.idleMs);
		this.#say({ is: 'opened', medium: port.medium });
		void this.#relay(line);
	}

	async #configure(settings: Parameters<Line['configure']>[0]): Promise<void> {
		if (!this.#line) return this.#expel();
		try {
			await this.#line.configure(settings);
		} catch (error) {
			if (!(error instanceof LinkFault) || error.kind !== 'settings-refused') throw error;
			return this.#say({ is: 'refused' });
		}
		this.#settings += 1;
		this.#say({ is: 'configured' });
	}

	/** From the line to the browser, until either has ended. */
	async #relay(line: Line): Promise<void> {
		try {
			for (;;) {
				const octets = await line.receive();
				if (!octets) return this.#finish();
				await this.#pass(octets, this.#settings);
			}
		} catch (error) {
			this.#fail(error instanceof LinkFault ? error.kind : 'port-failed');
		}
	}

	async #pass(octets: Uint8Array, settings: number): Promise<void> {
		for (let at = 0; at < octets.length; at += MAX_FRAME_OCTETS) {
			const frame = octets.subarray(at, at + MAX_FRAME_OCTETS);
			await this.#window.room(frame.length);
			if (this.#isOver || settings !== this.#settings) return;
			this.#window.sent(frame.length);
			this.#endIn(this.#place.limits.idleMs);
			this.#socket.send(frame);
		}
	}

	#say(word: BridgeWord): void {
		if (!this.#isOver) this.#socket.send(JSON.stringify(word));
	}

	/** The line ended in good order. */
	#finish(): void {
		this.#say({ is: 'closed' });
		this.#socket.close(1000);
	}

	#fail(fault: LinkFaultKind): void {
		this.#say({ is: 'fault', fault });
		this.#socket.close(1000);
	}

	/** A browser that keeps to no rule gets no answer. */
	#expel(): void {
		this.#socket.close(POLICY_VIOLATION);
		this.#socket.terminate();
	}

	/** Ends the session unless something happens before. */
	#endIn(ms: number): void {
		clearTimeout(this.#timeout);
		this.#timeout = setTimeout(() => this.#finish(), ms);
	}

	#askAlive(): void {
		if (!this.#answered) return this.#socket.terminate();
		this.#answered = false;
		this.#socket.ping();
	}

	async #leave(): Promise<void> {
		this.#isOver = true;
		clearTimeout(this.#timeout);
		clearInterval(this.#alive);
		this.#window.end();
		await this.#line?.close();
	}
}
