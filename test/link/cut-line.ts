/**
 * A port to a virtual meter whose cable can be pulled at any octet and whose frames can be lost, on a
 * clock that nobody waits for.
 */
import { readFileSync } from 'node:fs';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { type MeterProfile, parseMeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { TEST_KEY_SETS } from '#lib/core/meter/cosem/client-setups.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import type { ConnectOrder } from '#lib/link/connect-order.ts';
import type { DurableCounters } from '#lib/link/durable-counters.ts';
import type { Line, LinePort, LineSettings } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { memoryTransports } from '#lib/link/memory-transport.ts';
import { answerOn } from '#lib/link/meter-responder.ts';
import type { Transport } from '#lib/link/transport.ts';
import { VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';
import { MADE_MS, meterOnBench } from '../core/meter/bench-meter.ts';
import { meterLink, NOW_MS } from './meter-on-stream.ts';
import { VirtualTimer } from './virtual-timer.ts';

export type Way = 'out' | 'in';

/** What happens to a line. */
export interface Fate {
	/** The cable is pulled when this octet, counted from 0, has passed in that direction. */
	readonly cut?: { readonly way: Way; readonly octet: number };
	/** HDLC frames, counted from 0 over both openings of the port, that never arrive. */
	readonly lost?: { readonly way: Way; readonly frame: number };
}

/** Counters that are kept when `safe` resolves, and know whether anything was sent before that. */
export class KeptCounters implements DurableCounters {
	readonly values = new Map<string, number>();
	#timer: VirtualTimer;
	kept = true;
	/** Rejects from the `fails`th call of `safe` on. */
	fails = Infinity;
	calls = 0;

	constructor(timer: VirtualTimer) {
		this.#timer = timer;
	}

	readonly port = {
		read: (space: string) => this.values.get(space) ?? 0,
		write: (space: string, value: number) => {
			this.values.set(space, value);
			this.kept = false;
		},
	};

	async safe(): Promise<void> {
		this.calls += 1;
		if (this.calls >= this.fails) throw new Error('the disk is full');
		await this.#timer.sleep(2);
		this.kept = true;
	}
}

/** A meter, ports to it, and who connects. */
export class CutBench {
	readonly timer = new VirtualTimer(NOW_MS);
	readonly device: VirtualMeterDevice;
	readonly counters = new KeptCounters(this.timer);
	/** Octets and HDLC frames that passed, by way, over every opening of the port. */
	readonly passed = { out: { octets: 0, frames: 0 }, in: { octets: 0, frames: 0 } };
	/** How many octets had passed at the end of each HDLC frame, by way. */
	readonly frameEnds: Record<Way, number[]> = { out: [], in: [] };
	/** Whether anything was sent while a counter was not kept. */
	sentUnkept = false;
	readonly settings: LineSettings[] = [];
	opened = 0;
	open = 0;
	#random = 0;

	constructor(more: Parameters<typeof meterOnBench>[0] = {}) {
		this.device = new VirtualMeterDevice(
			{ meter: createCosemMeter(meterOnBench({ creditWh: 5000, ...more }), MADE_MS), counters: {} },
			{ nowMs: () => this.timer.nowMs(), random: (octets) => this.random(octets) },
		);
	}

	random(octets: number): Uint8Array {
		this.#random += 1;
		return new Uint8Array(octets).fill(this.#random);
	}

	/** A port to the meter. `answer` is who answers on the meter's end; the meter itself unless told. */
	port(
		framing: 'wrapper' | 'hdlc' = 'hdlc',
		fate: Fate = {},
		answer: (transport: Transport) => Promise<void> = (transport) =>
			answerOn(transport, this.device.endpoint(meterLink(framing)), this.timer),
		medium: LinePort['medium'] = framing === 'hdlc' ? 'serial' : 'stream',
	): LinePort {
		return {
			label: { kind: 'virtual', name: 'cut line' },
			medium,
			open: (settings) => {
				this.settings.push(settings);
				this.opened += 1;
				this.open += 1;
				const [ours, theirs] = memoryTransports();
				void answer(theirs);
				return Promise.resolve(new CutLine(this, ours, fate));
			},
		};
	}

	/** An order as a technician's page makes it. */
	order(port: LinePort, more: Partial<ConnectOrder> = {}): ConnectOrder {
		const [keys] = TEST_KEY_SETS;
		if (!keys) throw new Error('no keys');
		return {
			port,
			profile: VIRTUAL,
			secrets: {
				keys: {
					unicast: parseHex(keys.unicastHex),
					authentication: parseHex(keys.authenticationHex),
				},
			},
			client: { systemTitle: parseHex('434c490000000001'), sendSpace: 'key-1' },
			host: {
				timer: this.timer,
				random: (octets) => this.random(octets),
				counters: this.counters,
			},
			...more,
		};
	}
}

const file = new URL('../../src/lib/core/dlms/profile/virtual.json', import.meta.url);
const JSON_OF_VIRTUAL = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

/** The virtual meter's profile with changes. */
export function profileWith(changes: Record<string, unknown> = {}): MeterProfile {
	const parsed = parseMeterProfile({ ...JSON_OF_VIRTUAL, ...changes });
	if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
	return parsed;
}
export const VIRTUAL = profileWith();

class CutLine implements Line {
	readonly #bench: CutBench;
	readonly #transport: Transport;
	readonly #fate: Fate;
	readonly #frames = { out: new FrameSplitter(), in: new FrameSplitter() };
	#unplugged = false;
	#unplug: (error: Error) => void = () => undefined;
	readonly #gone: Promise<never>;
	#closed = false;

	constructor(bench: CutBench, transport: Transport, fate: Fate) {
		this.#bench = bench;
		this.#transport = transport;
		this.#fate = fate;
		this.#gone = new Promise((_, reject) => {
			this.#unplug = reject;
		});
		this.#gone.catch(() => undefined);
	}

	async receive(): Promise<Uint8Array | undefined> {
		for (;;) {
			if (this.#unplugged) throw new LinkFault('unplugged');
			const octets = await Promise.race([this.#transport.receive(), this.#gone]);
			if (!octets) return undefined;
			const arrived = this.#pass('in', octets);
			if (arrived.length > 0) return arrived;
		}
	}

	async send(octets: Uint8Array): Promise<void> {
		if (this.#unplugged) throw new LinkFault('unplugged');
		if (!this.#bench.counters.kept) this.#bench.sentUnkept = true;
		const arriving = this.#pass('out', octets);
		if (arriving.length > 0) await this.#transport.send(arriving);
		if (this.#unplugged) throw new LinkFault('unplugged');
	}

	configure(settings: LineSettings): Promise<void> {
		this.#bench.settings.push(settings);
		return Promise.resolve();
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		this.#bench.open -= 1;
		await this.#transport.close();
	}

	/** What arrives of octets that set out. */
	#pass(way: Way, octets: Uint8Array): Uint8Array {
		const { cut, lost } = this.#fate;
		const passed = this.#bench.passed[way];
		const room = cut?.way === way ? cut.octet - passed.octets : Infinity;
		const through = octets.subarray(0, Math.max(0, Math.min(room, octets.length)));
		passed.octets += through.length;
		if (through.length < octets.length || room === octets.length) this.#pull();
		const kept: Uint8Array[] = [];
		const frames = this.#frames[way].push(through);
		if (frames.length > 0) this.#bench.frameEnds[way].push(passed.octets);
		for (const frame of frames) {
			const isLost = lost?.way === way && lost.frame === passed.frames;
			passed.frames += 1;
			if (!isLost) kept.push(encodeFrame(frame));
		}
		// Loss is told in whole frames; everything else passes as it is.
		return lost ? Uint8Array.from(kept.flatMap((frame) => [...frame])) : through;
	}

	#pull(): void {
		this.#unplugged = true;
		this.#unplug(new LinkFault('unplugged'));
		void this.#transport.close();
	}
}
