/**
 * The network between the bench's phone and its app, as a phone has it at the edge of a cell: octets take their time,
 * not requests. A new connection costs a round trip, its first window is ten segments and doubles with every further
 * trip (RFC 6928, RFC 5681 3.1), and all connections share the rate.
 */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Pace {
	readonly roundTripMs: number;
	readonly kbitPerSecond: number;
}

const FIRST_WINDOW = 10 * 1_460;
/** So many octets at a time, so that the connections take turns. */
const PIECE = 4_096;

export class Wire {
	/** undefined: as fast as it goes. */
	pace: Pace | undefined;
	readonly #server: Server;
	/** The last piece that was given to the line down is through. */
	#line: Promise<void> = Promise.resolve();
	#freeAtMs = 0;

	private constructor(to: number) {
		this.#server = createServer({ allowHalfOpen: true }, (phone) => void this.#join(phone, to));
	}

	/** @param port where the phone finds it @param to the app's own port */
	static async open(port: number, to: number): Promise<Wire> {
		const wire = new Wire(to);
		wire.#server.listen(port, '127.0.0.1');
		await once(wire.#server, 'listening');
		return wire;
	}

	close(): void {
		this.#server.close();
	}

	async #join(phone: Socket, to: number): Promise<void> {
		phone.on('error', () => phone.destroy());
		phone.pause();
		await pause(this.pace?.roundTripMs ?? 0);
		const app = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
		app.on('error', () => phone.destroy());
		phone.on('close', () => app.destroy());
		app.on('close', () => phone.destroySoon());
		const travels = () => pause((this.pace?.roundTripMs ?? 0) / 2);
		void carry(phone, app, { sends: () => Promise.resolve(), travels });
		const window = new Window();
		const sends = async (octets: number): Promise<void> => {
			const { pace } = this;
			if (!pace) return;
			await window.room(octets, pace.roundTripMs);
			await this.#send(octets, pace);
		};
		void carry(app, phone, { sends, travels });
	}

	#send(octets: number, { kbitPerSecond }: Pace): Promise<void> {
		return (this.#line = this.#line.then(() => {
			this.#freeAtMs = Math.max(this.#freeAtMs, performance.now()) + (octets * 8) / kbitPerSecond;
			return pause(this.#freeAtMs - performance.now());
		}));
	}
}

/** How much may be on its way before the other side has said that it came. */
class Window {
	#size = FIRST_WINDOW;
	#sent = 0;
	#openedAtMs: number | undefined;

	async room(octets: number, roundTripMs: number): Promise<void> {
		const openedAtMs = (this.#openedAtMs ??= performance.now());
		if (this.#sent >= this.#size) {
			await pause(openedAtMs + roundTripMs - performance.now());
			this.#size *= 2;
			this.#sent = 0;
			this.#openedAtMs = performance.now();
		}
		this.#sent += octets;
	}
}

interface Way {
	/** Until a piece of so many octets is on its way. */
	sends(octets: number): Promise<void>;
	/** Until it has come from there. */
	travels(): Promise<void>;
}

/** Hands on what one side says, in order; several pieces may be on their way at once. */
async function carry(from: Socket, to: Socket, way: Way): Promise<void> {
	let arrived = Promise.resolve();
	try {
		for await (const chunk of from as AsyncIterable<Buffer>)
			for (let at = 0; at < chunk.length; at += PIECE) {
				const piece = chunk.subarray(at, at + PIECE);
				await way.sends(piece.length);
				const trip = way.travels();
				arrived = arrived.then(() => trip).then(() => void to.write(piece));
			}
		await arrived;
		to.end();
	} catch {
		to.destroy();
	}
}

const pause = (ms: number): Promise<void> =>
	ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
