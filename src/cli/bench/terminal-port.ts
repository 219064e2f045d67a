/** The client's side of a terminal: a serial port as the technician's page has one, without a browser. */
import { plainLine } from '#lib/link/plain-line.ts';
import type { LinePort } from '#lib/link/line.ts';
import { openWiredLine } from '#lib/link/wired-line.ts';
import { NODE_TIMER } from '../meter/node-timer.ts';
import { openTerminal } from '../meter/terminal.ts';

/** The terminal at `path` as a port. Parity is made in software, and octets take their time to leave. */
export function terminalPort(path: string): LinePort {
	return {
		label: { kind: 'serial', name: path },
		medium: 'serial',
		open: (settings) =>
			openWiredLine(
				async (sink) => {
					const line = plainLine(openTerminal(path).transport, settings);
					void (async () => {
						for (;;) {
							const octets = await line.receive();
							if (!octets) return sink.end();
							sink.push(octets);
						}
					})();
					return {
						write: (octets) => line.send(octets),
						flush: () => Promise.resolve(),
						reset: async (anew) => {
							await line.configure(anew);
							sink.drop();
						},
						close: () => line.close(),
					};
				},
				{ timer: NODE_TIMER, settings },
			),
	};
}
