/** One tab at a time works on a meter: two that hand over its tokens would each know half of what happened. */
import { METER_LOCK, tellHeld } from './held-here.ts';

/**
 * Takes a meter for this tab until the function it gives is called or the page is gone.
 * @returns undefined: another tab has it
 */
export function holdMeter(
	locks: Pick<LockManager, 'request'>,
	drn: string,
): Promise<(() => void) | undefined> {
	return new Promise((resolve, reject) => {
		const asked = locks.request(
			`${METER_LOCK}${drn}`,
			{ ifAvailable: true },
			(lock): Promise<void> | undefined => {
				if (!lock) {
					resolve(undefined);
					return undefined;
				}
				tellHeld();
				return new Promise((letGo) => resolve(letGo));
			},
		);
		asked.then(tellHeld, reject);
	});
}
