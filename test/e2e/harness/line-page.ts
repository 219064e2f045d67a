/** What runs inside the page: the app's own modules on the browser's own Web Serial, steered by a test. */
import { serialPorts } from '#lib/browser/serial/serial-ports.ts';
import type { SharedLinePort } from '#lib/browser/serial/shared-port.ts';
import { type Line, type LineSettings, sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { keepPromise, LINE_PROMISES, type LineMaker } from '../../contract/line-contract.ts';

/** The far end, which is in the test's own process. */
interface FarEndInNode {
	farSend(octets: number[]): Promise<void>;
	farReceive(count: number): Promise<number[]>;
	farBreakOff(): Promise<void>;
}
const node = globalThis as unknown as FarEndInNode;

const PROBE = '0403:6001';
const source = serialPorts();
let port: SharedLinePort | undefined;
let line: Line | undefined;

/** The probe, once it is plugged in. A port of other ids is the machine's own, and never opened. */
async function findPort(): Promise<SharedLinePort> {
	for (;;) {
		const changed = Promise.withResolvers<undefined>();
		const stop = source.watch(() => changed.resolve(undefined));
		const found = (await source.grantedPorts()).find(({ label }) => label.usb === PROBE);
		if (found) {
			stop();
			return found;
		}
		await changed.promise;
		stop();
	}
}

const FASTEST: LineSettings = { baud: 3_000_000, dataBits: 8, parity: 'none' };

const maker: LineMaker = {
	name: 'Web Serial',
	settings: FASTEST,
	otherSettings: sevenE1(921_600),
	broken: 'unplugged',
	make: async () => ({
		line: await (await findPort()).open(FASTEST),
		farEnd: {
			send: (octets) => node.farSend([...octets]),
			receive: async (count) => Uint8Array.from(await node.farReceive(count)),
			breakOff: () => node.farBreakOff(),
		},
		rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
		dispose: () => Promise.resolve(),
	}),
};

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
	keep: (index: number): Promise<string> => {
		const promise = LINE_PROMISES[index];
		if (!promise) throw new Error(`no promise ${index}`);
		return told(() => keepPromise(maker, promise));
	},
	/** `done`, or the kind of fault. */
	open: (settings: LineSettings, takeOver = false): Promise<string> =>
		told(async () => {
			port ??= await findPort();
			line = await (takeOver ? port.takeOver(settings) : port.open(settings));
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
	/** Milliseconds that each of so many settings anew takes. */
	settingAnewMs: async (times: number): Promise<number[]> => {
		const took: number[] = [];
		for (let time = 0; time < times; time += 1) {
			const startMs = performance.now();
			await current().configure({ ...FASTEST, baud: time % 2 === 0 ? 9600 : 300 });
			took.push(performance.now() - startMs);
		}
		return took;
	},
};

export type LineBench = typeof lineBench;
Object.assign(globalThis, { lineBench });
