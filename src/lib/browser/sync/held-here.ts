/**
 * What the tabs of this device hold on to: a meter that is worked on, a screen on which a person is in the middle
 * of something. Each is a Web Lock, which goes with its tab however that ends.
 */

/** With the meter's number behind it. */
export const METER_LOCK = 'tokenline-meter-';
const TASK_LOCK = 'tokenline-task';
/** A message on it says that something is held or let go; what it is, the locks say. */
const CHANNEL = 'tokenline-held';

/** Over all tabs, this one included. */
export interface Held {
	readonly meters: number;
	readonly tasks: number;
}

export async function readHeld(locks: Pick<LockManager, 'query'>): Promise<Held> {
	const { held = [], pending = [] } = await locks.query();
	return {
		meters: held.filter(({ name }) => name?.startsWith(METER_LOCK)).length,
		// One that was begun a moment ago may not have its lock yet.
		tasks: [...held, ...pending].filter(({ name }) => name === TASK_LOCK).length,
	};
}

/** Tells every tab that something is held, or let go. */
export function tellHeld(): void {
	const channel = new BroadcastChannel(CHANNEL);
	channel.postMessage(null);
	channel.close();
}

/**
 * Tells what is held, now and whenever that changes in any tab. @returns what stops it
 * @param tell is not called with what is older than what it was called with before
 */
export function watchHeld(
	locks: Pick<LockManager, 'query'>,
	tell: (held: Held) => void,
): () => void {
	const channel = new BroadcastChannel(CHANNEL);
	let asked = 0;
	const look = (): void => {
		asked += 1;
		const own = asked;
		void readHeld(locks).then(
			(held) => {
				if (own === asked) tell(held);
			},
			// The page is going: what is not known stays as it was.
			() => undefined,
		);
	};
	channel.onmessage = look;
	look();
	return () => {
		asked += 1;
		channel.close();
	};
}

/** Begins something that many may be in the middle of at once. @returns what ends it */
export function holdTask(locks: Pick<LockManager, 'request'>): () => void {
	let end = (): void => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	const whole = locks.request(TASK_LOCK, { mode: 'shared' }, () => {
		tellHeld();
		return ended;
	});
	// A page that is no longer shown is given no lock, and has nobody in the middle of anything.
	whole.then(tellHeld, () => undefined);
	return end;
}
