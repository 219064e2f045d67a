/** One tab at a time works on a meter: two that hand over its tokens would each know half of what happened. */

const PREFIX = 'tokenline-meter-';

/** How many meters any tab has. */
export async function heldMeters(locks: Pick<LockManager, 'query'>): Promise<number> {
	const { held = [] } = await locks.query();
	return held.filter(({ name }) => name?.startsWith(PREFIX)).length;
}

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
			`${PREFIX}${drn}`,
			{ ifAvailable: true },
			(lock): Promise<void> | undefined => {
				if (!lock) {
					resolve(undefined);
					return undefined;
				}
				return new Promise((letGo) => resolve(letGo));
			},
		);
		asked.catch(reject);
	});
}
