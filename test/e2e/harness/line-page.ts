/** What runs inside the page: the app's own modules on the browser's own Web Serial, steered by a test. */
import { bridgePorts } from '#lib/browser/bridge/bridge-ports.ts';
import { serialPorts } from '#lib/browser/serial/serial-ports.ts';
import type { SharedLinePort } from '#lib/browser/serial/shared-port.ts';
import { type Line, type LineSettings, sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { keepPromise, LINE_PROMISES, type LineMaker } from '../../contract/line-contract.ts';

/** The far end, which is in the test's own process: octets cross as text, one character each. */
interface FarEndInNode {
	farSend(octets: string): Promise<void>;
	farReceive(count: number): Promise<string>;
	farBreakOff(): Promise<void>;
}
const node = globalThis as unknown as FarEndInNode;

const PROBE = '0403:6001';
const source = serialPorts();
let port: SharedLinePort | undefined;
let line: Line | undefined;

const LISTED_WITHIN_MS = 20_000;

/**
 * The probe, once it is plugged in; of several that are alike the one at a place, once all are. A port of other
 * ids is the machine's own, and never opened.
 */
async function findPort(place = 0, of = 1): Promise<SharedLinePort> {
	const deadlineMs = performance.now() + LISTED_WITHIN_MS;
	while (performance.now() < deadlineMs) {
		const changed = Promise.withResolvers<undefined>();
		const stop = source.watch(() => changed.resolve(undefined));
		const alike = (await source.grantedPorts()).filter(({ label }) => label.usb === PROBE);
		const found = alike.length < of ? undefined : alike[place];
		if (!found) await Promise.race([changed.promise, rest(1000)]);
		stop();
		if (found) return found;
	}
	throw new Error(
		'no probe is listed: this browser does not ask libudev, as Debian’s Chromium does',
	);
}

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const FASTEST: LineSettings = { baud: 3_000_000, dataBits: 8, parity: 'none' };

function octetsOf(text: string): Uint8Array {
	const octets = new Uint8Array(text.length);
	for (let at = 0; at < text.length; at += 1) octets[at] = text.charCodeAt(at);
	return octets;
}

function textOf(octets: Uint8Array): string {
	let text = '';
	for (const octet of octets) text += String.fromCharCode(octet);
	return text;
}

/** A line whose far end is in Node. */
const over = (name: string, broken: LineMaker['broken'], open: () => Promise<Line>): LineMaker => ({
	name,
	settings: FASTEST,
	otherSettings: sevenE1(921_600),
	broken,
	make: async () => ({
		line: await open(),
		farEnd: {
			send: (octets) => node.farSend(textOf(octets)),
			receive: async (count) => octetsOf(await node.farReceive(count)),
			breakOff: () => node.farBreakOff(),
		},
		rest,
		dispose: () => Promise.resolve(),
	}),
});

const overSerial = over('Web Serial', 'unplugged', async () => (await findPort()).open(FASTEST));

const overBridge = (address: string): LineMaker =>
	over('a bridge', 'meter-unreachable', async () => {
		const [target] = await bridgePorts({ address });
		if (!target) throw new Error('the bridge leads nowhere');
		return target.open(FASTEST);
	});

const told = async (work: () => Promise<unknown>): Promise<string> => {
	try {
		await work();
		return 'done';
	} catch (error) {
		return error instanceof LinkFault ? error.kind : String(error);
	}
};

const current = (): Line => {
	if (!line) throw new Error('no line is open');
	return line;
};

const lineBench = {
	/** Over Web Serial, or through the bridge at an address. */
	keep: (index: number, bridge?: string): Promise<string> => {
		const promise = LINE_PROMISES[index];
		if (!promise) throw new Error(`no promise ${index}`);
		return told(() => keepPromise(bridge ? overBridge(bridge) : overSerial, promise));
	},
	/** `done`, or the kind of fault. */
	open: (settings: LineSettings, takeOver = false): Promise<string> =>
		told(async () => {
			port ??= await findPort();
			line = await (takeOver ? port.takeOver(settings) : port.open(settings));
		}),
	/** Opens one of two probes that are alike, at its place; `done`, or the kind of fault. */
	openOfTwo: (place: 0 | 1, settings: LineSettings): Promise<string> =>
		told(async () => {
			line = await (await findPort(place, 2)).open(settings);
		}),
	label: async () => (await findPort()).label,
	lastUsed: async () => {
		const last = await source.lastPort();
		return last && { ...last.port.label, alike: last.alike };
	},
	isHeldByTab: async () => (await findPort()).isHeldByTab(),
	configure: (settings: LineSettings) => told(() => current().configure(settings)),
	send: (octets: number[]) => told(() => current().send(Uint8Array.from(octets))),
	/** The octets, or the kind of fault. */
	receive: async (): Promise<number[] | string | undefined> => {
		let octets: Uint8Array | undefined;
		const outcome = await told(async () => {
			octets = await current().receive();
		});
		return outcome === 'done' ? octets && [...octets] : outcome;
	},
	close: () => told(() => current().close()),
};

export type LineBench = typeof lineBench;
Object.assign(globalThis, { lineBench });
