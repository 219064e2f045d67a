/** Octets on the wire and round trips of whole sessions on a simulated line of 9,600 baud. */
import {
	ClientEndpoint,
	type ClientEndpointEvent,
} from '#lib/core/dlms/association/client-endpoint.ts';
import { MeterEndpoint } from '#lib/core/dlms/association/meter-endpoint.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import {
	benchClient,
	benchMeter,
	ENTER,
	PROFILE,
	PROFILE_DATA,
	STATUS,
	TOKEN,
} from './dlms-pair.ts';

const BAUD = 9600;
/** Flags, format, two addresses of one octet, control, FCS; with information two more of HCS. */
const SUPERVISORY_OCTETS = 9;
const INFORMATION_OVERHEAD = 11;

interface Wire {
	octets: number;
	frames: number;
	/** Times the client waited for the meter. */
	turns: number;
}

/** Runs wishes one after the other; what was on the wire for connecting and for each step. */
function session(info: number, window: number, wishes: readonly Wish[], release: boolean): Wire[] {
	const parameters = {
		infoTransmit: info,
		infoReceive: info,
		windowTransmit: window,
		windowReceive: window,
	};
	const peer = meterAddress(1);
	const client = new ClientEndpoint(
		new HdlcLink({ role: 'client', own: clientAddress(1), peer, parameters }),
		benchClient('ciphered'),
	);
	const meter = new MeterEndpoint(
		new HdlcLink({ role: 'meter', own: peer, parameters }),
		benchMeter('ciphered'),
	);
	const wires: Wire[] = [];
	const run = (): ClientEndpointEvent[] => {
		const wire: Wire = { octets: 0, frames: 0, turns: 0 };
		const events: ClientEndpointEvent[] = [];
		for (let sent = client.takeOutput(); sent.length > 0; sent = client.takeOutput()) {
			wire.turns += 1;
			for (const frame of sent) {
				count(wire, frame);
				meter.receive(frame, 0);
			}
			for (const frame of meter.takeOutput()) {
				count(wire, frame);
				events.push(...client.receive(frame, 0));
			}
		}
		wires.push(wire);
		return events;
	};
	client.connect(0);
	run();
	for (const wish of wishes) {
		client.request(wish, 0);
		if (!run().some(({ kind }) => kind === 'answer')) throw new Error('a wish had no answer');
	}
	if (release) {
		client.release(0);
		run();
	}
	return wires;
}

function count(wire: Wire, frame: Uint8Array): void {
	wire.octets += frame.length;
	wire.frames += 1;
}

/** Fewest octets that carry a request and an answer: full frames, one RR after each window but the last. */
function leastOctets(
	requestOctets: number,
	answerOctets: number,
	info: number,
	window: number,
): number {
	const frames = Math.ceil(answerOctets / info);
	const acknowledgements = Math.ceil(frames / window) - 1;
	return (
		requestOctets +
		INFORMATION_OVERHEAD +
		answerOctets +
		frames * INFORMATION_OVERHEAD +
		acknowledgements * SUPERVISORY_OCTETS
	);
}

const seconds = (octets: number): string => `${((octets * 10) / BAUD).toFixed(2)} s`;

export function benchLine(): void {
	console.log(`\nSimulated line of ${BAUD} baud, 10 bits a character, no thinking time`);
	const token: Wish[] = [
		{ kind: 'action', target: ENTER, parameter: TOKEN },
		{ kind: 'get', target: STATUS },
	];
	const wires = session(128, 1, token, true);
	const sum = (name: keyof Wire) => wires.reduce((total, wire) => total + wire[name], 0);
	console.log(
		`open → HLS-5 → enter token → read status → release: ${sum('octets')} octets, ${sum('frames')} frames, ${sum('turns')} round trips, ${seconds(sum('octets'))}`,
	);
	// Tag, length, SC, IC, tag around the plain request (13) and answer (4 and the data); LLC before each.
	const request = 3 + 2 + 5 + 12 + 13;
	const answer = 3 + 4 + 5 + 12 + 4 + encodeData(PROFILE_DATA).length;
	for (const [info, window] of [
		[128, 1],
		[128, 7],
		[2030, 1],
		[2030, 7],
	] as const) {
		const wire = session(info, window, [{ kind: 'get', target: PROFILE }], false)[1] as Wire;
		const least = leastOctets(request, answer, info, window);
		console.log(
			`1,000-row load profile, information ${String(info).padStart(4)}, window ${window}: ${wire.octets} octets, ${wire.turns} round trips, ${seconds(wire.octets)}, ${((100 * least) / wire.octets).toFixed(1)} % of the least possible`,
		);
	}
}
