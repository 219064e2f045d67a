/** One WebSocket to a bridge: words and octets, and why it ended. */
import {
	BRIDGE_PROTOCOL,
	type BridgeWish,
	type BridgeWord,
	parseBridgeWord,
} from '#lib/link/bridge-words.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import type { Timer } from '#lib/link/transport.ts';

/** How long a bridge has to answer a call. */
export const CALL_TIMEOUT_MS = 5000;
/** How long it has to set a port anew: what was sent leaves first, at 300 Bd perhaps. */
export const CONFIGURE_TIMEOUT_MS = 30_000;

/** Of a WebSocket, what is used here. */
export type SocketShape = Pick<
	WebSocket,
	'binaryType' | 'close' | 'onclose' | 'onmessage' | 'onopen' | 'send'
>;

export interface BridgeHost {
	readonly timer: Timer;
	readonly connect: (address: string, protocol: string) => SocketShape;
}

/** Who is told what a bridge says, in the order it was said. */
export interface BridgeListener {
	word(word: BridgeWord): void;
	octets(octets: Uint8Array): void;
	/** The call is over; nothing follows. */
	over(): void;
}

export class BridgeCall {
	readonly #socket: SocketShape;
	readonly #timer: Timer;
	#over = false;

	private constructor(socket: SocketShape, timer: Timer) {
		this.#socket = socket;
		this.#timer = timer;
	}

	/**
	 * Calls the bridge.
	 * @throws {LinkFault} `bridge-unreachable`; `permission-refused`: not from a page like this one
	 */
	static async begin(
		{ timer, connect }: BridgeHost,
		address: string,
		listener: BridgeListener,
	): Promise<BridgeCall> {
		const socket = callOrRefuse(connect, address);
		socket.binaryType = 'arraybuffer';
		const call = new BridgeCall(socket, timer);
		const opened = Promise.withResolvers<undefined>();
		socket.onopen = () => opened.resolve(undefined);
		socket.onclose = () => {
			opened.reject(new LinkFault('bridge-unreachable'));
			call.#end(listener);
		};
		socket.onmessage = ({ data }) => call.#hear(data, listener);
		try {
			await call.inTime(opened.promise);
		} catch (error) {
			call.end();
			throw error;
		}
		return call;
	}

	say(wish: BridgeWish): void {
		if (!this.#over) this.#socket.send(JSON.stringify(wish));
	}

	sendOctets(octets: Uint8Array): void {
		if (!this.#over) this.#socket.send(new Uint8Array(octets));
	}

	/** Hangs up. */
	end(): void {
		this.#over = true;
		this.#socket.close();
	}

	/** What comes in the time a bridge has for an answer. @throws {LinkFault} `bridge-unreachable` */
	async inTime<Answer>(answer: Promise<Answer>, ms = CALL_TIMEOUT_MS): Promise<Answer> {
		const late = Promise.withResolvers<never>();
		const callOff = this.#timer.wakeAt(this.#timer.nowMs() + ms, () =>
			late.reject(new LinkFault('bridge-unreachable')),
		);
		return await Promise.race([answer, late.promise]).finally(callOff);
	}

	#hear(data: unknown, listener: BridgeListener): void {
		if (this.#over) return;
		if (data instanceof ArrayBuffer) return listener.octets(new Uint8Array(data));
		const word = typeof data === 'string' ? parseBridgeWord(data) : undefined;
		if (word) return listener.word(word);
		// Whatever this is, it is no bridge of ours.
		this.end();
		listener.over();
	}

	#end(listener: BridgeListener): void {
		if (this.#over) return;
		this.#over = true;
		listener.over();
	}
}

/** A page that came by HTTPS may not call without it, but for this machine. */
function callOrRefuse(connect: BridgeHost['connect'], address: string): SocketShape {
	try {
		return connect(address, BRIDGE_PROTOCOL);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'SecurityError')
			throw new LinkFault('permission-refused', error);
		throw error;
	}
}
