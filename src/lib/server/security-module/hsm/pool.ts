/**
 * A few connections to the hardware module and the requests that wait for one. Each request has a deadline
 * over all of it: waiting, connecting, asking. A module that takes no connection, or ends each without an
 * answer, is left alone for a while that doubles; meanwhile requests fail at once and are asked for again
 * by whoever made them.
 */
import { Fault } from '../../fault.ts';
import type { Log } from '../../log.ts';
import { openConnection, type Connection, type Line } from './connection.ts';

export interface PoolOptions extends Line {
	readonly connections: number;
	readonly backOff?: BackOff;
	readonly log: Log;
}

export interface BackOff {
	readonly firstMs: number;
	readonly mostMs: number;
}

const BACK_OFF: BackOff = { firstMs: 100, mostMs: 10_000 };

/** How long to leave a module alone after so many failures in a row, 1 or more. */
export function backOffMs(failures: number, { firstMs, mostMs }: BackOff = BACK_OFF): number {
	return Math.min(firstMs * 2 ** (failures - 1), mostMs);
}

export interface Pool {
	/**
	 * Asks, and reads the answer with `read`, which throws a `Breach` at one that cannot be.
	 * @throws {Fault} `security-module-unavailable`: no answer, so it is unknown what was made
	 */
	ask<Answer>(text: string, read: (text: string) => Answer): Promise<Answer>;
	close(): void;
}

/** A request on its way: in the queue, then out on a connection. */
interface Waiting {
	readonly text: string;
	readonly answered: (text: string) => void;
	readonly lost: (why: string, cause?: unknown) => void;
	connection?: Connection;
}

const unavailable = (why: string, cause?: unknown) =>
	new Fault('security-module-unavailable', why, cause);

export function openPool(options: PoolOptions): Pool {
	const connections = new Set<Connection>();
	const queue: Waiting[] = [];
	let failures = 0;
	let restUntil = 0;
	let closed = false;

	function pump(): void {
		for (const connection of connections) {
			if (connection.state !== 'idle') continue;
			const next = queue.shift();
			if (next === undefined) return;
			next.connection = connection;
			connection.ask(next);
		}
		const connecting = [...connections].filter(({ state }) => state === 'connecting').length;
		if (queue.length > connecting && connections.size < options.connections) open();
	}

	function open(): void {
		if (performance.now() < restUntil) {
			if (connections.size === 0) loseAll('it takes no connection; it is left alone for a moment');
			return;
		}
		const connection = openConnection(options, {
			idle: pump,
			ended(useful) {
				connections.delete(connection);
				settle(useful);
				if (!closed) pump();
			},
		});
		connections.add(connection);
	}

	function settle(useful: boolean): void {
		if (closed) return;
		options.log('warn', 'security-module-line-ended', { useful });
		failures = useful ? 0 : failures + 1;
		restUntil = useful ? 0 : performance.now() + backOffMs(failures, options.backOff);
	}

	function loseAll(why: string): void {
		for (const waiting of queue.splice(0)) waiting.lost(why);
	}

	function giveUp(waiting: Waiting): void {
		options.log('warn', 'security-module-late');
		const at = queue.indexOf(waiting);
		if (at >= 0) queue.splice(at, 1);
		// An answer that comes after this must find nobody: its connection goes.
		waiting.connection?.drop('no answer in time');
		waiting.lost('no answer in time');
	}

	return {
		ask(text, read) {
			if (closed) return Promise.reject(unavailable('it is closed'));
			return new Promise((resolve, reject) => {
				const waiting: Waiting = {
					text,
					answered(answer) {
						const result = read(answer);
						clearTimeout(timer);
						resolve(result);
					},
					lost(why, cause) {
						clearTimeout(timer);
						reject(unavailable(why, cause));
					},
				};
				const timer = setTimeout(() => giveUp(waiting), options.answerWithinMs);
				queue.push(waiting);
				pump();
			});
		},
		close() {
			closed = true;
			loseAll('it is closed');
			for (const connection of connections) connection.drop('it is closed');
		},
	};
}
