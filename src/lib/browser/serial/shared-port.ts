/** A port that several of our tabs may want: one line at a time over all of them. */
import type { Line, LinePort, LineSettings } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import type { Timer } from '#lib/link/transport.ts';
import { openWiredLine, type Wire, type WireSink } from '#lib/link/wired-line.ts';
import { claimPort, isClaimed, type Locks, type PortClaim } from './port-claim.ts';

/** A port of this machine, as every screen uses it. */
export interface SharedLinePort extends LinePort {
	/**
	 * Opens the port although a tab of ours has it: its line there ends with `port-taken`.
	 * @throws {LinkFault} `port-busy`: another program has it, or the other tab does not let go
	 */
	takeOver(settings: LineSettings): Promise<Line>;
	/** Whether a tab of ours has the port. Where not, a busy port is another program's. */
	isHeldByTab(): Promise<boolean>;
}

/** What opening a shared port needs of the page. */
export interface PageHost {
	readonly timer: Timer;
	/** Where there are none, tabs are kept apart by the system alone. */
	readonly locks?: Locks | undefined;
}

/**
 * Opens one wire under the claim of `name` and lets go of both together.
 * @throws {LinkFault}
 */
export async function openClaimed(
	{ timer, locks }: PageHost,
	name: string,
	takeOver: boolean,
	settings: LineSettings,
	open: (sink: WireSink) => Promise<Wire>,
): Promise<Line> {
	const claim = locks && (await claimPort(locks, name, takeOver));
	try {
		const claimed = async (sink: WireSink): Promise<Wire> => {
			const wire = await open(sink);
			return claim ? underClaim(wire, claim, sink) : wire;
		};
		return await openWiredLine(claimed, { timer, settings });
	} catch (error) {
		await claim?.release();
		throw error;
	}
}

/** A wire that gives its claim back when it closes, and fails when its claim is taken. */
function underClaim(wire: Wire, claim: PortClaim, sink: WireSink): Wire {
	void claim.taken.then(() => sink.fail(new LinkFault('port-taken')));
	return {
		write: (octets) => wire.write(octets),
		flush: () => wire.flush(),
		reset: (settings) => wire.reset(settings),
		close: () => wire.close().finally(() => claim.release()),
		...(wire.disturbances && { disturbances: wire.disturbances }),
	};
}

/** Whether a tab of ours has the port of this name. */
export async function isHeldByTab({ locks }: PageHost, name: string): Promise<boolean> {
	return locks ? isClaimed(locks, name) : false;
}
