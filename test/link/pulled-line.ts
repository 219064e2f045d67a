/** A whole delivery on a simulated line whose cable is pulled at given moments, on a clock that nobody waits for. */
import { parseHex } from '#lib/core/bytes/hex.ts';
import type { Delivery } from '#lib/core/field/delivery/delivery.ts';
import type { QueuedToken } from '#lib/core/field/delivery/queued-token.ts';
import { TEST_KEY_SETS } from '#lib/core/meter/cosem/client-setups.ts';
import { characterTimeMs } from '#lib/link/character-time.ts';
import { connect } from '#lib/link/connect.ts';
import type { ConnectOrder } from '#lib/link/connect-order.ts';
import { deliverTokens } from '#lib/link/deliver-tokens.ts';
import type { Line, LinePort, LineSettings } from '#lib/link/line.ts';
import { creditToken, MADE_TID } from '../core/meter/bench-meter.ts';
import { KeptCounters, profileWith } from './cut-line.ts';
import { planned, reloaded } from './delivery-bench.ts';
import { meterOnLine } from './meter-on-line.ts';

/** Connections that one pulled cable may cost: the broken one, one that finds the meter deaf, one that works. */
export const MAX_PULLS = 3;
const MAX_CONNECTIONS = 20;
/** How long a person takes to put the probe back. */
const PLUG_IN_MS = 2000;

/** Octets that followed one another without a pause, one way. */
export interface Burst {
	readonly way: 'out' | 'in';
	readonly startMs: number;
	endMs: number;
	/** After connecting: `enter` and what is read around it. */
	readonly delivering: boolean;
}

const QUEUE: readonly QueuedToken[] = [500, 300].map((units, index) => ({
	digits: creditToken(units, MADE_TID + 60 + index),
	kind: 'credit',
	madeAtMs: index * 60_000,
}));
const PROFILE = profileWith({ openings: ['mode-e'] });
/** Units of 0.1 kWh of the whole queue, in Wh. */
const QUEUE_WH = 80_000;

const formOf = ({ baud, dataBits, parity }: LineSettings): string =>
	`${baud} ${dataBits}${parity === 'even' ? 'E' : 'N'}1`;

export class PulledBench {
	readonly bursts: Burst[] = [];
	/** Forms in which the port was set, each once. */
	readonly #forms = new Set<string>();
	/** How often the cable was pulled while somebody was on it. */
	pulled = 0;
	sentUnkept = false;
	readonly #meter = meterOnLine();
	readonly #counters = new KeptCounters(this.#meter.timer);
	readonly creditWhAfterAll = this.creditWh + QUEUE_WH;
	readonly #startMs = this.#meter.timer.nowMs();
	#delivering = false;
	#open = false;
	#random = 0;

	get creditWh(): number {
		return this.#meter.device.state.meter.meter.supply.creditWh;
	}

	get rates(): string[] {
		return [...this.#forms];
	}

	/** What the meter said to each entry of a token. */
	entriesOf(digits: string): string[] {
		return this.#meter.device.state.meter.entries
			.filter(({ tokenHex }) => Buffer.from(tokenHex, 'hex').toString('latin1') === digits)
			.map(({ result }) => result);
	}

	/** Delivers the queue until it is done; the cable is pulled at these moments since the beginning. */
	async deliver(
		pulls: readonly number[] = [],
	): Promise<{ delivery: Delivery; connections: number }> {
		const { timer } = this.#meter;
		for (const atMs of pulls) timer.wakeAt(this.#startMs + atMs, () => this.#pull());
		let disk = JSON.stringify(planned(QUEUE, PROFILE));
		let lastBaud: number | undefined;
		for (let connections = 1; connections <= MAX_CONNECTIONS; connections += 1) {
			this.#delivering = false;
			const more = lastBaud === undefined ? {} : { lastBaud };
			const connected = await timer.run(connect({ ...this.#order(), ...more }));
			if (connected.kind === 'failed') {
				if (connected.why === 'fault') await timer.pass(PLUG_IN_MS * 2);
				continue;
			}
			const { conversation, identity } = connected;
			lastBaud = identity.baud;
			this.#delivering = true;
			const last = await timer.run(
				deliverTokens({
					...{ delivery: reloaded(disk), conversation, timer },
					meter: identity.deviceName ?? '',
					keep: (state) => {
						disk = JSON.stringify(state);
						return Promise.resolve();
					},
				}),
			);
			await timer.run(conversation.end());
			if (last.ended !== 'interrupted') return { delivery: reloaded(disk), connections };
		}
		throw new Error('the delivery does not come to an end');
	}

	#pull(): void {
		if (!this.#open) return;
		this.pulled += 1;
		this.#meter.line.pull();
		const { timer } = this.#meter;
		timer.wakeAt(timer.nowMs() + PLUG_IN_MS, () => this.#meter.line.plugIn());
	}

	#order(): ConnectOrder {
		const [keys] = TEST_KEY_SETS;
		if (!keys) throw new Error('no keys');
		return {
			port: this.#watched(this.#meter.line.port),
			profile: PROFILE,
			secrets: {
				keys: {
					unicast: parseHex(keys.unicastHex),
					authentication: parseHex(keys.authenticationHex),
				},
			},
			client: { systemTitle: parseHex('434c490000000001'), sendSpace: 'key-1' },
			host: {
				timer: this.#meter.timer,
				random: (octets) => new Uint8Array(octets).fill((this.#random += 1)),
				counters: this.#counters,
			},
		};
	}

	/** A port that notes when octets cross. */
	#watched(port: LinePort): LinePort {
		return {
			...port,
			open: async (settings) => {
				const line = await port.open(settings);
				this.#open = true;
				return this.#watchedLine(line, settings);
			},
		};
	}

	#watchedLine(line: Line, opened: LineSettings): Line {
		let set = opened;
		this.#forms.add(formOf(set));
		return {
			receive: async () => {
				const octets = await line.receive();
				if (octets) this.#heard(octets.length, set);
				return octets;
			},
			send: (octets) => {
				if (!this.#counters.kept) this.sentUnkept = true;
				const startMs = this.#nowMs;
				this.#note('out', startMs, startMs + characterTimeMs(octets.length, set));
				return line.send(octets);
			},
			configure: async (settings) => {
				await line.configure(settings);
				set = settings;
				this.#forms.add(formOf(set));
			},
			close: () => {
				this.#open = false;
				return line.close();
			},
		};
	}

	get #nowMs(): number {
		return this.#meter.timer.nowMs() - this.#startMs;
	}

	/** Pieces of one burst come one after the other. */
	#heard(octets: number, settings: LineSettings): void {
		const endMs = this.#nowMs;
		const last = this.bursts.at(-1);
		if (last?.way === 'in') last.endMs = endMs;
		else this.#note('in', endMs - characterTimeMs(octets, settings), endMs);
	}

	#note(way: Burst['way'], startMs: number, endMs: number): void {
		this.bursts.push({ way, startMs, endMs, delivering: this.#delivering });
	}
}
