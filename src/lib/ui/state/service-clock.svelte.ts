/** The time by the backend as reactive state: it moves while it is read, and when the backend was heard. */
import { hearServiceTime, serviceNow } from '#lib/browser/sync/service-clock.ts';
import type { ServiceTime } from '#lib/core/units/service-time.ts';
import { clock } from './clock.ts';

class ServiceClock {
	#heard = $state(0);

	hear(serviceMs: number): void {
		hearServiceTime(serviceMs);
		this.#heard += 1;
	}

	get now(): ServiceTime {
		void this.#heard;
		void clock.nowMs;
		return serviceNow();
	}
}

export const serviceClock = new ServiceClock();
