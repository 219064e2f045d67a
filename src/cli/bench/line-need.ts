/**
 * What the octets of a session need on their line and nothing else: ten bits each at the rate they crossed
 * at, and the meter's reaction each time it answers. Beside it a session's own time is a ratio.
 */
import { characterTimeMs } from '#lib/link/character-time.ts';
import type { Line, LinePort, LineSettings } from '#lib/link/line.ts';

/** What crossed, and how long that takes at least. */
export interface LineNeed {
	readonly out: number;
	readonly in: number;
	/** Times the meter answered. */
	readonly turns: number;
	/** Of the octets, without reactions. */
	readonly octetsMs: number;
	/** Of everything: octets and reactions. */
	readonly needMs: number;
}

export class NeedCount {
	readonly #reactionMs: number;
	#last: 'out' | 'in' | undefined;
	#count = { out: 0, in: 0, turns: 0, octetsMs: 0 };

	/** @param reactionMs of the meter, from the last octet of a question to the first of its answer */
	constructor(reactionMs: number) {
		this.#reactionMs = reactionMs;
	}

	passed(way: 'out' | 'in', octets: number, settings: LineSettings): void {
		if (octets === 0) return;
		this.#count[way] += octets;
		this.#count.octetsMs += characterTimeMs(octets, settings);
		if (way === 'in' && this.#last === 'out') this.#count.turns += 1;
		this.#last = way;
	}

	/** Everything since the last call. */
	take(): LineNeed {
		const { octetsMs, turns } = this.#count;
		const need = { ...this.#count, needMs: octetsMs + turns * this.#reactionMs };
		this.#count = { out: 0, in: 0, turns: 0, octetsMs: 0 };
		return need;
	}
}

/** A port whose every octet is counted. */
export function countedPort(port: LinePort, count: NeedCount): LinePort {
	return {
		label: port.label,
		medium: port.medium,
		open: async (settings) => countedLine(await port.open(settings), count, settings),
	};
}

function countedLine(line: Line, count: NeedCount, opened: LineSettings): Line {
	let set = opened;
	return {
		receive: async () => {
			const octets = await line.receive();
			if (octets) count.passed('in', octets.length, set);
			return octets;
		},
		send: (octets) => {
			count.passed('out', octets.length, set);
			return line.send(octets);
		},
		configure: async (settings) => {
			await line.configure(settings);
			set = settings;
		},
		close: () => line.close(),
	};
}
