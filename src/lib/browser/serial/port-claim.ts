/**
 * Which of our tabs has a port. Two Web Locks per port: who holds `claim` wants it and may be robbed of it,
 * who holds `open` really has it open and is waited for. So a tab that takes over opens the port the moment
 * the other one has let go, and not before.
 */
import { LinkFault } from '#lib/link/link-fault.ts';

/** How long the other tab has to let go. One that the browser has frozen does not. */
export const LET_GO_MS = 3000;

/** Of `navigator.locks`, what is used here. */
export type Locks = Pick<LockManager, 'request' | 'query'>;

export interface PortClaim {
	/** Resolves when another tab has taken the port over; never where none does. */
	readonly taken: Promise<unknown>;
	/** To be called once the port is closed; resolves when it may be claimed again. */
	release(): Promise<void>;
}

interface HeldLock {
	readonly lost: Promise<unknown>;
	release(): Promise<void>;
}

const claimName = (port: string): string => `tokenline-port-${port}`;
const openName = (port: string): string => `tokenline-port-${port}-open`;

/** Takes a lock and keeps it; undefined where it was not to be had. */
function holdLock(locks: Locks, name: string, options: LockOptions): Promise<HeldLock | undefined> {
	const got = Promise.withResolvers<HeldLock | undefined>();
	const done = Promise.withResolvers<undefined>();
	const lost = Promise.withResolvers<undefined>();
	let over: Promise<unknown> = done.promise;
	const release = async (): Promise<void> => {
		done.resolve(undefined);
		await over;
	};
	const keep = (lock: Lock | null): Promise<unknown> | undefined => {
		got.resolve(lock ? { lost: lost.promise, release } : undefined);
		return lock ? done.promise : undefined;
	};
	over = locks.request(name, options, keep).catch(() => {
		// Rejected before it was held: the time was up. Afterwards: somebody has stolen it.
		got.resolve(undefined);
		lost.resolve(undefined);
	});
	return got.promise;
}

/**
 * Claims `port` for one line of this tab.
 * @param takeOver whether a tab that has it is to give it up
 * @throws {LinkFault} `port-busy`: a tab has it, or does not let go
 */
export async function claimPort(
	locks: Locks,
	port: string,
	takeOver: boolean,
	letGoMs = LET_GO_MS,
): Promise<PortClaim> {
	const how: LockOptions = takeOver ? { steal: true } : { ifAvailable: true };
	const claim = await holdLock(locks, claimName(port), how);
	if (!claim) throw new LinkFault('port-busy');
	const signal = AbortSignal.timeout(letGoMs);
	const open = await holdLock(locks, openName(port), { signal });
	if (!open) {
		await claim.release();
		throw new LinkFault('port-busy');
	}
	return {
		taken: claim.lost,
		release: async () => {
			await open.release();
			await claim.release();
		},
	};
}

/** Whether a tab of ours has the port, or wants it. */
export async function isClaimed(locks: Locks, port: string): Promise<boolean> {
	const { held } = await locks.query();
	return held?.some(({ name }) => name === claimName(port)) ?? false;
}
