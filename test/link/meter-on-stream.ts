/** A virtual meter on a pair of streams in memory, with a clock that tests move. */
import { VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';
import { answerOn } from '#lib/link/meter-responder.ts';
import { memoryTransports } from '#lib/link/memory-transport.ts';
import type { Timer } from '#lib/link/transport.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import type { PlantName } from '#lib/core/meter/plants.ts';
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import { WrapperLink } from '#lib/core/dlms/wrapper/link.ts';
import { MADE_MS, meterOnBench } from '../core/meter/bench-meter.ts';
import { associationOf, linkOfClient, setupOf, TestClient } from './test-client.ts';

/** Eleven hours after manufacture, so that tokens of that day are fresh. */
export const NOW_MS = MADE_MS + 40_000_000;

/** The meter's end of a stream. */
export const meterLink = (framing: 'wrapper' | 'hdlc'): MessageLink =>
	framing === 'wrapper'
		? new WrapperLink({ role: 'meter' })
		: new HdlcLink({ role: 'meter', own: meterAddress(1, 17), devices: [1] });

export class Bench {
	nowMs = NOW_MS;
	readonly device: VirtualMeterDevice;
	readonly ended: Promise<void>[] = [];

	constructor(
		counters: Readonly<Record<string, number>> = {},
		challenge?: Uint8Array,
		plants: readonly PlantName[] = [],
	) {
		const meter = createCosemMeter(meterOnBench({ creditWh: 5000, plants }), MADE_MS);
		this.device = new VirtualMeterDevice(
			{ meter, counters },
			{
				nowMs: () => this.nowMs,
				random: (octets) => challenge ?? new Uint8Array(octets).fill(0x5a),
			},
		);
	}

	get timer(): Timer {
		return { nowMs: () => this.nowMs, wakeAt: () => () => undefined };
	}

	/** A new stream to the meter; the client's end of it. */
	stream(framing: 'wrapper' | 'hdlc') {
		const [ours, theirs] = memoryTransports();
		this.ended.push(answerOn(theirs, this.device.endpoint(meterLink(framing)), this.timer));
		return ours;
	}

	client(
		client: number,
		framing: 'wrapper' | 'hdlc' = 'wrapper',
		wrong: Parameters<typeof associationOf>[1] = {},
	): TestClient {
		return new TestClient(
			this.stream(framing),
			linkOfClient(framing, client),
			associationOf(setupOf(client), wrong),
		);
	}
}
