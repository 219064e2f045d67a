/** The browser's clock. */
import type { Timer } from '#lib/link/transport.ts';

export const HOST_TIMER: Timer = {
	nowMs: () => Date.now(),
	wakeAt: (atMs, callBack) => {
		const timeout = setTimeout(callBack, Math.max(0, atMs - Date.now()));
		return () => clearTimeout(timeout);
	},
};
