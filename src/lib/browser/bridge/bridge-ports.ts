/**
 * Meters behind a bridge (`npm run bridge`): on TCP, or on the serial port of another machine. A target has a
 * name; where it really is only the bridge knows.
 */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import type { BridgeWord } from '#lib/link/bridge-words.ts';
import type { Line, LinePort, LineSettings, PortLabel } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { openWiredLine } from '#lib/link/wired-line.ts';
import { BridgeCall, type BridgeHost } from './bridge-call.ts';
import { openBridgeWire } from './bridge-wire.ts';

/** The page this runs in. */
export const PAGE_BRIDGE_HOST: BridgeHost = {
	timer: HOST_TIMER,
	connect: (address, protocol) => new WebSocket(address, protocol),
};

/** Where a bridge is, and what it wants to hear where it is on another machine. */
export interface Bridge {
	/** As `parseBridgeAddress` gives it. */
	readonly address: string;
	readonly bearer?: string | undefined;
}

/**
 * The targets of a bridge as ports.
 * @throws {LinkFault} `bridge-unreachable`; `bridge-refused`: it wants another bearer
 */
export async function bridgePorts(
	bridge: Bridge,
	host: BridgeHost = PAGE_BRIDGE_HOST,
): Promise<LinePort[]> {
	const said = Promise.withResolvers<BridgeWord>();
	// Nobody may ask any more when the call ends.
	said.promise.catch(() => undefined);
	const call = await BridgeCall.begin(host, bridge.address, {
		word: said.resolve,
		octets: () => undefined,
		over: () => said.reject(new LinkFault('bridge-unreachable')),
	});
	try {
		const { bearer } = bridge;
		call.say({ do: 'list', ...(bearer !== undefined && { bearer }) });
		const word = await call.inTime(said.promise);
		if (word.is === 'fault') throw new LinkFault(word.fault);
		if (word.is !== 'targets') throw new LinkFault('bridge-unreachable');
		return word.targets.map(({ name, medium }) => new BridgePort(host, bridge, name, medium));
	} finally {
		call.end();
	}
}

class BridgePort implements LinePort {
	readonly label: PortLabel;
	readonly medium: 'serial' | 'stream';
	readonly #host: BridgeHost;
	readonly #bridge: Bridge;

	constructor(host: BridgeHost, bridge: Bridge, name: string, medium: 'serial' | 'stream') {
		this.#host = host;
		this.#bridge = bridge;
		this.label = { kind: 'bridge', name };
		this.medium = medium;
	}

	open(settings: LineSettings): Promise<Line> {
		const opening = { ...this.#bridge, target: this.label.name, settings };
		return openWiredLine((sink) => openBridgeWire(this.#host, opening, sink), {
			timer: this.#host.timer,
		});
	}
}
