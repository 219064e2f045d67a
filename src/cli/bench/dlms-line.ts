/** Octets on the wire and round trips of whole sessions on a simulated line of 9,600 baud. */
import {
	ClientEndpoint,
	type ClientEndpointEvent,
} from '#lib/core/dlms/association/client-endpoint.ts';
import { MeterEndpoint } from '#lib/core/dlms/association/meter-endpoint.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { lengthSize } from '#lib/core/dlms/axdr/length.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import {
	benchClient,
	benchMeter,
	ENTER,
	PROFILE,
	PROFILE_DATA,
	STATUS,
	STATUS_DATA,
	TOKEN,
} from './dlms-pair.ts';

const BAUD = 9600;
/** Flags, format, two addresses of one octet, control, FCS; with information two more of HCS. */
const SUPERVISORY_OCTETS = 9;
const INFORMATION_OVERHEAD = 11;
const LLC_OCTETS = 3;

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

/** Plain APDUs of a request and its answer, in octets. */
interface PlainExchange {
	readonly request: number;
	readonly answer: number;
}

/** Octets of a plain APDU inside its own ciphered form: tag, length, SC, IC and authentication tag. */
function cipheredOctets(plain: number): number {
	const content = 5 + plain + 12;
	return 1 + lengthSize(content) + content;
}

/** Fewest octets that carry one message: full frames, one RR after each window but the last. */
function leastMessage(apdu: number, info: number, window: number): number {
	const octets = LLC_OCTETS + apdu;
	const frames = Math.ceil(octets / info);
	const acknowledgements = Math.ceil(frames / window) - 1;
	return octets + frames * INFORMATION_OVERHEAD + acknowledgements * SUPERVISORY_OCTETS;
}

/** Fewest octets that carry ciphered exchanges, after association. */
function leastOctets(exchanges: readonly PlainExchange[], info: number, window: number): number {
	return exchanges
		.flatMap(({ request, answer }) => [request, answer])
		.reduce((sum, plain) => sum + leastMessage(cipheredOctets(plain), info, window), 0);
}

const seconds = (octets: number): string => `${((octets * 10) / BAUD).toFixed(2)} s`;
const percent = (least: number, octets: number): string =>
	`${((100 * least) / octets).toFixed(1)} % of the least possible`;

/** Kind and invoke id after the tag; class, name and index; whether a selection or parameter follows. */
const REQUEST_OCTETS = 3 + 9 + 1;
/** Kind and invoke id after the tag; the choice before data. */
const ANSWER_OCTETS = 3 + 1;
/** RLRQ and RLRE with nothing but a reason. */
const RELEASE_OCTETS = 5;

/** (a): the whole way of a token. */
function benchToken(): void {
	const [info, window] = [128, 1];
	const wishes: Wish[] = [
		{ kind: 'action', target: ENTER, parameter: TOKEN },
		{ kind: 'get', target: STATUS },
	];
	const wires = session(info, window, wishes, true);
	const sum = (some: readonly Wire[], name: keyof Wire) =>
		some.reduce((total, wire) => total + wire[name], 0);
	console.log(
		`open → HLS-5 → enter token → read status → release: ${sum(wires, 'octets')} octets, ${sum(wires, 'frames')} frames, ${sum(wires, 'turns')} round trips, ${seconds(sum(wires, 'octets'))}`,
	);
	const status = encodeData(STATUS_DATA).length;
	const exchanges = [
		// The answer to an action has a result before its choice of data.
		{ request: REQUEST_OCTETS + encodeData(TOKEN).length, answer: ANSWER_OCTETS + 2 + status },
		{ request: REQUEST_OCTETS, answer: ANSWER_OCTETS + status },
	];
	const least =
		leastOctets(exchanges, info, window) +
		2 * leastMessage(RELEASE_OCTETS, info, window) +
		// DISC and UA, with no information.
		2 * SUPERVISORY_OCTETS;
	const after = wires.slice(1);
	console.log(
		`  after association: ${sum(after, 'octets')} octets, ${sum(after, 'turns')} round trips, ${percent(least, sum(after, 'octets'))}`,
	);
}

/** (b): a load profile at several sizes and windows. */
function benchProfile(): void {
	const answer = ANSWER_OCTETS + encodeData(PROFILE_DATA).length;
	for (const [info, window] of [
		[128, 1],
		[128, 7],
		[2030, 1],
		[2030, 7],
	] as const) {
		const wire = session(info, window, [{ kind: 'get', target: PROFILE }], false)[1] as Wire;
		const least = leastOctets([{ request: REQUEST_OCTETS, answer }], info, window);
		console.log(
			`1,000-row load profile, information ${String(info).padStart(4)}, window ${window}: ${wire.octets} octets, ${wire.turns} round trips, ${seconds(wire.octets)}, ${percent(least, wire.octets)}`,
		);
	}
}

export function benchLine(): void {
	console.log(`\nSimulated line of ${BAUD} baud, 10 bits a character, no thinking time`);
	benchToken();
	benchProfile();
}
