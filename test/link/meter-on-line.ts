/** A virtual meter on a simulated line, and a plain client of the core on it, on a virtual clock. */
import { ClientEndpoint } from '#lib/core/dlms/association/client-endpoint.ts';
import type { ClientEndpointEvent } from '#lib/core/dlms/association/client-endpoint.ts';
import { clientAddress, type HdlcAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import {
	ClientOpening,
	type ClientOpeningSettings,
	type OpeningEvent,
	type OpeningOutput,
} from '#lib/core/dlms/opening/client-opening.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { eightN1, type Line, sevenE1 } from '#lib/link/line.ts';
import { receiveUntil, WOKEN } from '#lib/link/meter-responder.ts';
import { seededChance } from '#lib/link/seeded-chance.ts';
import { simulateMeter, type SimulatedMeterSettings } from '#lib/link/simulated-meter.ts';
import { VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';
import { MADE_MS, meterOnBench } from '../core/meter/bench-meter.ts';
import { associationOf, setupOf } from './test-client.ts';
import { VirtualTimer } from './virtual-timer.ts';

/** Eleven hours after manufacture. */
const NOW_MS = MADE_MS + 40_000_000;

export function meterOnLine(settings: Partial<SimulatedMeterSettings> = {}) {
	const timer = new VirtualTimer(NOW_MS);
	const device = new VirtualMeterDevice(
		{ meter: createCosemMeter(meterOnBench({ creditWh: 5000 }), MADE_MS), counters: {} },
		{ nowMs: () => timer.nowMs(), random: (octets) => new Uint8Array(octets).fill(0x5a) },
	);
	const chance = settings.chance ?? seededChance(11);
	const meter = simulateMeter((link) => device.endpoint(link), { ...settings, timer, chance });
	return { timer, device, ...meter };
}

/** Opens a line in mode E; what came of it. */
export async function openModeE(
	line: Line,
	timer: VirtualTimer,
	settings: ClientOpeningSettings = {},
): Promise<OpeningEvent[]> {
	const opening = new ClientOpening(settings);
	const act = async (output: readonly OpeningOutput[]): Promise<void> => {
		for (const entry of output)
			if (entry.kind === 'octets') await line.send(entry.octets);
			else await line.configure(entry.dataBits === 7 ? sevenE1(entry.baud) : eightN1(entry.baud));
	};
	const events: OpeningEvent[] = [];
	opening.start(timer.nowMs());
	await act(opening.takeOutput());
	let incoming = line.receive();
	for (;;) {
		const came = await receiveUntil(incoming, opening.wakeAtMs, timer);
		if (came === undefined) throw new Error('the line has ended');
		if (came === WOKEN) events.push(...opening.wake(timer.nowMs()));
		else {
			events.push(...opening.receive(came, timer.nowMs()));
			incoming = line.receive();
		}
		await act(opening.takeOutput());
		if (events.some(({ kind }) => kind !== 'identified')) break;
	}
	// Nobody may wait for octets twice: the receive under way is the next reader's.
	pending.set(line, incoming);
	return events;
}

const pending = new WeakMap<Line, Promise<Uint8Array | undefined>>();

/** A client that associates over a line that stands at its rate. */
export class LineClient {
	readonly #line: Line;
	readonly #timer: VirtualTimer;
	readonly #endpoint: ClientEndpoint;
	#incoming: Promise<Uint8Array | undefined>;

	constructor(
		line: Line,
		timer: VirtualTimer,
		sap: number,
		baud = 9600,
		peer: HdlcAddress = meterAddress(1, 17),
	) {
		this.#line = line;
		this.#timer = timer;
		const link = new HdlcLink({
			role: 'client',
			own: clientAddress(sap),
			peer,
			octetTimeMs: 10_000 / baud,
		});
		this.#endpoint = new ClientEndpoint(link, associationOf(setupOf(sap)));
		this.#incoming = pending.get(line) ?? line.receive();
	}

	associate(): Promise<ClientEndpointEvent> {
		this.#endpoint.connect(this.#timer.nowMs());
		return this.#next();
	}

	/** Releases the association, then the link. */
	async release(): Promise<ClientEndpointEvent> {
		this.#endpoint.release(this.#timer.nowMs());
		const event = await this.#next();
		return event.kind === 'released' ? this.#next() : event;
	}

	async #next(): Promise<ClientEndpointEvent> {
		for (;;) {
			for (const octets of this.#endpoint.takeOutput()) await this.#line.send(octets);
			const came = await receiveUntil(this.#incoming, this.#endpoint.wakeAtMs, this.#timer);
			if (came === undefined) throw new Error('the line has ended');
			if (came !== WOKEN) this.#incoming = this.#line.receive();
			pending.set(this.#line, this.#incoming);
			const [event] =
				came === WOKEN
					? this.#endpoint.wake(this.#timer.nowMs())
					: this.#endpoint.receive(came, this.#timer.nowMs());
			if (event) return event;
		}
	}
}
