/**
 * One TCP connection to the hardware module. The line has no request numbers, so an answer belongs to the
 * only request that is out; when that cannot be said for sure any more (too late, cut, garbled, too much)
 * the connection is dropped and whatever still comes on it is never heard.
 */
import { connect, type Socket } from 'node:net';
import { encodeFrame, readFrame, type Framing } from './frame.ts';

export interface Line {
	readonly host: string;
	readonly port: number;
	readonly framing: Framing;
	/** How long to be connected, and how long an answer, may take. */
	readonly answerWithinMs: number;
}

/** A request that is out. */
export interface Outgoing {
	readonly text: string;
	/** @throws {Breach} a text that is no answer to this request */
	answered(text: string): void;
	/** No answer to this request will come any more. */
	lost(why: string, cause?: unknown): void;
}

export interface Connection {
	readonly state: 'connecting' | 'idle' | 'asking' | 'dropped';
	/** @throws {Error} slip: a connection that is not idle */
	ask(request: Outgoing): void;
	drop(why: string): void;
}

export interface ConnectionEvents {
	/** It may be asked (again). */
	idle(): void;
	/** It is gone. `useful`: it gave an answer while it lived. */
	ended(useful: boolean): void;
}

/** How often an idle line is looked at by the operating system. */
const KEEP_ALIVE_MS = 30_000;

export function openConnection(line: Line, events: ConnectionEvents): Connection {
	let state: Connection['state'] = 'connecting';
	let out: Outgoing | undefined;
	let heard: Uint8Array = new Uint8Array();
	let useful = false;
	const socket: Socket = connect({ host: line.host, port: line.port, noDelay: true });
	socket.setKeepAlive(true, KEEP_ALIVE_MS);
	const late = setTimeout(() => end('no connection in time'), line.answerWithinMs);
	socket.on('connect', () => {
		if (state !== 'connecting') return;
		clearTimeout(late);
		state = 'idle';
		events.idle();
	});
	socket.on('data', (octets) => hear(octets));
	socket.on('error', (error) => end('the connection failed', error));
	socket.on('close', () => end('the connection was cut'));

	function end(why: string, cause?: unknown): void {
		if (state === 'dropped') return;
		state = 'dropped';
		clearTimeout(late);
		socket.destroy();
		const request = out;
		out = undefined;
		request?.lost(why, cause);
		events.ended(useful);
	}

	function hear(octets: Uint8Array): void {
		if (out === undefined) return end('it spoke without being asked');
		heard = Uint8Array.from([...heard, ...octets]);
		try {
			const frame = readFrame(heard, line.framing);
			if (frame === undefined) return;
			out.answered(frame.text);
			out = undefined;
			useful = true;
			if (frame.next < heard.length) return end('it said more than it was asked');
			heard = new Uint8Array();
			state = 'idle';
		} catch (breach) {
			return end('its answer is not understood', breach);
		}
		events.idle();
	}

	return {
		get state() {
			return state;
		},
		ask(request) {
			if (state !== 'idle') throw new Error('one request at a time');
			state = 'asking';
			out = request;
			socket.write(encodeFrame(request.text, line.framing));
		},
		drop: (why) => end(why),
	};
}
