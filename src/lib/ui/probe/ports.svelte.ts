/**
 * The ways to a meter that there are now: ports this machine has granted, targets of bridges, virtual meters
 * of this device. Looked up when a screen asks and whenever something is plugged in or pulled out.
 */
import { bridgePorts } from '#lib/browser/bridge/bridge-ports.ts';
import { PORT_FAMILIES, type PortFamily } from '#lib/browser/device/port-families.ts';
import { findLastPort, rememberPort } from '#lib/browser/serial/last-port.ts';
import { serialPorts, type PortSource } from '#lib/browser/serial/serial-ports.ts';
import type { SharedLinePort } from '#lib/browser/serial/shared-port.ts';
import { usbPorts, type UsbLinePort } from '#lib/browser/usb/usb-ports.ts';
import type { LinkFaultKind } from '#lib/core/field/link-fault-kind.ts';
import type { LinePort } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { virtualPorts } from './virtual-ports.ts';
import { inOrder, type MeterWay } from './way.ts';

/** A port of any family. @property tried how far its driver was, where we drive it ourselves */
type Port = SharedLinePort & Partial<Pick<UsbLinePort, 'tried'>>;

/** What is told of a port before a line of it was opened. */
type Found = Pick<MeterWay, 'id' | 'port' | 'tried' | 'drn' | 'takeOver' | 'isHeldByTab'>;

export class MeterPorts {
	/** The one used last first. */
	ways = $state.raw<readonly MeterWay[]>([]);
	/** Looked up at least once. */
	known = $state(false);
	/** What stood in the way of the last choosing. */
	fault = $state.raw<LinkFaultKind>();
	readonly #sources: Readonly<Record<PortFamily, PortSource<Port>>> = {
		serial: serialPorts(),
		usb: usbPorts(),
	};
	#bridged: readonly LinePort[] = [];
	#watching = false;
	/** Rises with every look: an older one that comes back later has nothing to say. */
	#looks = 0;

	/** Families of ports that this browser has. */
	get families(): readonly PortFamily[] {
		return PORT_FAMILIES.filter((family) => this.#sources[family].isSupported);
	}

	/** Looks, and goes on looking whenever a port comes or goes. A second call only looks. */
	async look(): Promise<void> {
		if (!this.#watching) this.#watch();
		const look = (this.#looks += 1);
		const [granted, virtual] = await Promise.all([
			Promise.all(PORT_FAMILIES.map((family) => grantedBy(this.#sources[family]))),
			// A store that cannot be read now has no meter to offer, and takes no cable away.
			virtualPorts().catch(() => []),
		]);
		if (look !== this.#looks) return;
		const found: Found[] = [
			...granted.flatMap((ports) => ports.map((port, at) => shared(port, at))),
			...this.#bridged.map((port) => ({ id: `bridge-${port.label.name}`, port })),
			...virtual.map(({ drn, port }) => ({ id: `virtual-${drn}`, ...sharing(port), drn })),
		];
		const last = findLastPort(
			localStorage,
			found.map(({ port }) => port),
		);
		this.ways = inOrder(
			found.map((way) => {
				const isLast = way.port === last?.port;
				return { ...way, isLast, alike: isLast ? (last?.alike ?? 1) : 1 };
			}),
		);
		this.known = true;
	}

	/** Lets the person choose a port of a family; needs a click before it. */
	choose(family: PortFamily): Promise<MeterWay | undefined> {
		return this.#choose(() => this.#sources[family].choosePort());
	}

	/** Takes in what a bridge leads to. @returns whether it answered */
	async callBridge(address: string, bearer: string): Promise<boolean> {
		const targets = await this.#trying(() =>
			bridgePorts({ address, ...(bearer !== '' && { bearer }) }),
		);
		if (!targets) return false;
		this.#bridged = targets;
		await this.look();
		return true;
	}

	/** A port that was opened is offered first the next time. */
	opened({ port }: MeterWay): void {
		rememberPort(localStorage, port.label);
	}

	async #choose(ask: () => Promise<Port>): Promise<MeterWay | undefined> {
		const chosen = await this.#trying(ask);
		if (!chosen) return undefined;
		await this.look();
		const { kind, usb, name } = chosen.label;
		const alike = this.ways.filter(
			({ port: { label } }) => label.kind === kind && label.usb === usb && label.name === name,
		);
		// Two of a kind cannot be told apart: what was chosen is what is opened.
		return alike[0] && { ...alike[0], ...shared(chosen, 0), alike: alike.length };
	}

	async #trying<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
		this.fault = undefined;
		try {
			return await ask();
		} catch (error) {
			if (!(error instanceof LinkFault)) throw error;
			this.fault = error.kind;
			return undefined;
		}
	}

	/** For as long as the page is open: the session outlives every screen. */
	#watch(): void {
		this.#watching = true;
		for (const family of PORT_FAMILIES) this.#sources[family].watch(() => void this.look());
	}
}

const sharing = (port: SharedLinePort): Omit<Found, 'id'> => ({
	port,
	takeOver: (line) => port.takeOver(line),
	isHeldByTab: () => port.isHeldByTab(),
});

const shared = (port: Port, at: number): Found => {
	const { kind, usb, name } = port.label;
	const { tried } = port;
	return { id: `${kind}-${usb ?? name}-${at}`, ...sharing(port), ...(tried && { tried }) };
};

/** A browser that does not say is one without. */
const grantedBy = (source: PortSource<Port>): Promise<Port[]> =>
	source.grantedPorts().catch(() => []);
