/**
 * A meter's end of a stream of eight bits without a rate, such as a pty, as a line; and what makes it more
 * like a wire, one wrapper each: octets take their time, another rate is heard as rubbish.
 *
 * Always holds: nothing is dropped when the line is set anew, since a meter's own UART drops nothing.
 */
import { addParity } from '#lib/core/dlms/opening/identification.ts';
import { characterTimeMs, leavesAtMs } from './character-time.ts';
import { eightN1, type Line, type LineSettings } from './line.ts';
import type { Timer, Transport } from './transport.ts';
import { hearBurst } from './uart.ts';

/**
 * A stream as a line. In a form of seven bits the parity is made in software, where a port of eight bits
 * sees it; what comes in is taken with whatever parity it has, since a client may have left it to a port
 * that does nothing.
 */
export function plainLine(transport: Transport, settings = eightN1(9600)): Line {
	let set = settings;
	return {
		receive: async () => {
			const octets = await transport.receive();
			return set.dataBits === 7 ? octets?.map((octet) => octet & 0x7f) : octets;
		},
		send: (octets) => transport.send(withParity(octets, set)),
		close: () => transport.close(),
		configure: (anew) => {
			set = anew;
			return Promise.resolve();
		},
	};
}

/** Octets of seven bits with their parity in bit 7. */
function withParity(octets: Uint8Array, { dataBits, parity }: LineSettings): Uint8Array {
	if (dataBits === 8 || parity === 'none') return octets;
	const even = addParity(octets);
	return parity === 'even' ? even : even.map((octet) => octet ^ 0x80);
}

/** What octets are put on a stream at once while they are paced: as often as a driver would. */
const SLICE_MS = 8;

/** A line whose octets take the time that its settings give them, both ways. */
export function pacedLine(line: Line, timer: Timer, settings = eightN1(9600)): Line {
	let set = settings;
	let heardUntilMs = 0;
	let busyUntilMs = 0;
	const until = (atMs: number): Promise<void> =>
		timer.nowMs() >= atMs
			? Promise.resolve()
			: new Promise((resolve) => timer.wakeAt(atMs, resolve));
	return {
		close: () => line.close(),
		receive: async () => {
			const octets = await line.receive();
			if (!octets) return undefined;
			heardUntilMs = leavesAtMs(heardUntilMs, timer.nowMs(), octets.length, set);
			await until(heardUntilMs);
			return octets;
		},
		send: async (octets) => {
			const slice = Math.max(1, Math.floor(SLICE_MS / characterTimeMs(1, set)));
			for (let from = 0; from < octets.length; from += slice) {
				const part = octets.subarray(from, from + slice);
				busyUntilMs = leavesAtMs(busyUntilMs, timer.nowMs(), part.length, set);
				await until(busyUntilMs);
				await line.send(part);
			}
		},
		configure: (anew) => {
			set = anew;
			return line.configure(anew);
		},
	};
}

/**
 * A line whose peer's rate is known, and may be another one than ours: what crosses then is what UARTs
 * make of it. `peerBaud` is asked whenever octets cross; undefined: as ours.
 */
export function heedingLine(
	line: Line,
	peerBaud: () => number | undefined,
	settings = eightN1(9600),
): Line {
	let set: LineSettings = settings;
	const across = (octets: Uint8Array, fromBaud: number, toBaud: number): Uint8Array => {
		if (fromBaud === toBaud) return octets;
		const heard = hearBurst(octets, eightN1(fromBaud), eightN1(toBaud));
		return Uint8Array.from(heard.filter(({ flaw }) => !flaw).map(({ octet }) => octet));
	};
	return {
		close: () => line.close(),
		receive: async () => {
			for (;;) {
				const octets = await line.receive();
				if (!octets) return undefined;
				const heard = across(octets, peerBaud() ?? set.baud, set.baud);
				if (heard.length > 0) return heard;
			}
		},
		send: async (octets) => {
			const heard = across(octets, set.baud, peerBaud() ?? set.baud);
			if (heard.length > 0) await line.send(heard);
		},
		configure: (anew) => {
			set = anew;
			return line.configure(anew);
		},
	};
}
