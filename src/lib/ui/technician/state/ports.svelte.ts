/**
 * The ways to a meter that there are now: ports this machine has granted, targets of bridges, virtual meters
 * of this device. Looked up when a screen asks and whenever something is plugged in or pulled out.
 */
import { bridgePorts } from '#lib/browser/bridge/bridge-ports.ts';
import { findLastPort, rememberPort } from '#lib/browser/serial/last-port.ts';
import { serialPorts, type PortSource } from '#lib/browser/serial/serial-ports.ts';
import type { SharedLinePort } from '#lib/browser/serial/shared-port.ts';
import { usbPorts, type UsbLinePort } from '#lib/browser/usb/usb-ports.ts';
import type { LinkFaultKind } from '#lib/core/field/link-fault-kind.ts';
import type { LinePort } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { inOrder, type MeterWay } from '#lib/ui/technician/meter/way.ts';
import { virtualPorts } from '#lib/ui/technician/meter/virtual-ports.ts';

/** What is told of a port before a line of it was opened. */
type Found = Pick<MeterWay, 'id' | 'port' | 'tried' | 'drn' | 'takeOver' | 'isHeldByTab'>;

export class MeterPorts {
	/** The one used last first. */
	ways = $state.raw<readonly MeterWay[]>([]);
	/** Looked up at least once. */
	known = $state(false);
	/** What stood in the way of the last choosing. */
	fault = $state.raw<LinkFaultKind>();
	readonly #serial = serialPorts();
	readonly #usb = usbPorts();
	#bridged: readonly LinePort[] = [];
	#watching = false;
	/** Rises with every look: an older one that comes back later has nothing to say. */
	#looks = 0;

	get hasSerial(): boolean {
		return this.#serial.isSupported;
	}

	get hasUsb(): boolean {
		return this.#usb.isSupported;
	}

	/** Looks, and goes on looking whenever a port comes or goes. A second call only looks. */
	async look(): Promise<void> {
		if (!this.#watching) this.#watch();
		const look = (this.#looks += 1);
		const [serial, usb, virtual] = await Promise.all([
			granted(this.#serial),
			granted(this.#usb),
			virtualPorts(),
		]);
		if (look !== this.#looks) return;
		const found: Found[] = [
			...serial.map((port, at) => shared(port, at)),
			...usb.map((port, at) => ({ ...shared(port, at), tried: port.tried })),
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

	/** Lets the person choose a port of Web Serial; needs a click before it. */
	chooseSerial(): Promise<MeterWay | undefined> {
		return this.#choose(() => this.#serial.choosePort());
	}

	/** Lets the person choose a probe on USB that we drive ourselves; needs a click before it. */
	chooseUsb(): Promise<MeterWay | undefined> {
		return this.#choose(() => this.#usb.choosePort());
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

	async #choose(ask: () => Promise<SharedLinePort>): Promise<MeterWay | undefined> {
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
		for (const source of [this.#serial, this.#usb]) source.watch(() => void this.look());
	}
}

const sharing = (port: SharedLinePort): Omit<Found, 'id'> => ({
	port,
	takeOver: (line) => port.takeOver(line),
	isHeldByTab: () => port.isHeldByTab(),
});

const shared = (port: SharedLinePort, at: number): Found => {
	const { kind, usb, name } = port.label;
	return { id: `${kind}-${usb ?? name}-${at}`, ...sharing(port) };
};

/** A browser that does not say is one without. */
const granted = <Port extends SharedLinePort | UsbLinePort>(
	source: PortSource<Port>,
): Promise<Port[]> => source.grantedPorts().catch(() => []);
