/** The worker in which a virtual meter answers: one line, then it is ended. */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import type { LineOrder } from './line-words.ts';
import { serveMeter } from './serve-meter.ts';

addEventListener('message', ({ data, ports: [port] }: MessageEvent<LineOrder>) => {
	if (port)
		void serveMeter(port, data, {
			openStore: (database) => new TokenlineStore(database),
			timer: HOST_TIMER,
			random: (octets) => crypto.getRandomValues(new Uint8Array(octets)),
		});
});
