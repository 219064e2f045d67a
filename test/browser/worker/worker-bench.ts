/** A page and its worker in one process: real message ports, the store on a model of the browser's. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { randomBytes } from 'node:crypto';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import {
	changeCosemMeter,
	installVirtualMeter,
	readVirtualMeter,
} from '#lib/browser/store/virtual-meters.ts';
import { serveMeter } from '#lib/browser/worker/serve-meter.ts';
import { virtualPort, type VirtualLineManner } from '#lib/browser/worker/virtual-port.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { TEST_KEY_SETS } from '#lib/core/meter/cosem/client-setups.ts';
import { enterOnKeypad } from '#lib/core/meter/cosem/token-entry.ts';
import type { PresetName } from '#lib/core/meter/presets.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import { connect } from '#lib/link/connect.ts';
import type { Connected, ConnectFailure } from '#lib/link/connect-order.ts';
import { KEY_7, MADE_MS } from '../../core/meter/bench-meter.ts';
import { VIRTUAL } from '../../link/cut-line.ts';

export const DRN = '12345678903';
export const PAPERS: VirtualMeterProvision = {
	...{ drn: DRN, label: 'Blue house', ea: 7, tct: '02', sgc: '201457', krn: 1, kt: 2, ti: '01' },
	...{ ken: 255, baseYear: 2014, decoderKeyHex: KEY_7, manufacturedAtMs: MADE_MS },
};

let benches = 0;

export class WorkerBench {
	readonly database = `worker-${(benches += 1)}`;
	readonly store = new TokenlineStore(this.database);
	readonly #workers: TokenlineStore[] = [];
	#counter = 0;

	async install(preset?: PresetName): Promise<void> {
		await installVirtualMeter(this.store, PAPERS, Date.now(), preset);
	}

	port(manner: VirtualLineManner = {}) {
		return virtualPort(DRN, manner, {
			timer: HOST_TIMER,
			database: this.database,
			seed: () => 1,
			startWorker: (order) => {
				const { port1, port2 } = new MessageChannel();
				void serveMeter(port2, order, {
					openStore: (name) => {
						const store = new TokenlineStore(name);
						this.#workers.push(store);
						return store;
					},
					timer: HOST_TIMER,
					random: (octets) => new Uint8Array(randomBytes(octets)),
				});
				return { port: port1, end: () => port2.close(), onFailure: () => undefined };
			},
		});
	}

	connect(manner: VirtualLineManner = {}): Promise<Connected | ConnectFailure> {
		const [keys] = TEST_KEY_SETS;
		if (!keys) throw new Error('no keys');
		const { unicastHex, authenticationHex } = keys;
		return connect({
			port: this.port(manner),
			profile: VIRTUAL,
			opening: 'mode-e',
			secrets: {
				keys: { unicast: parseHex(unicastHex), authentication: parseHex(authenticationHex) },
			},
			client: { systemTitle: parseHex('434c490000000001'), sendSpace: 'key-1' },
			keepAlive: 'none',
			host: {
				timer: HOST_TIMER,
				random: (octets) => new Uint8Array(randomBytes(octets)),
				counters: {
					port: {
						read: () => this.#counter,
						write: (_, value) => {
							this.#counter = value;
						},
					},
					safe: () => Promise.resolve(),
				},
			},
		});
	}

	async connected(manner: VirtualLineManner = {}): Promise<Connected> {
		const outcome = await this.connect(manner);
		if (outcome.kind === 'failed') throw new Error(JSON.stringify(outcome));
		return outcome;
	}

	async standing() {
		const here = await readVirtualMeter(this.store, DRN);
		if (here.kind !== 'standing') throw new Error(here.kind);
		return here.standing;
	}

	/** The hand at the page's keypad. */
	keyIn(digits: string) {
		return changeCosemMeter(this.store, DRN, Date.now(), (cosem, clockMs) => {
			const { value, outcome } = enterOnKeypad(cosem, digits, clockMs);
			return { meter: value, answer: outcome.result };
		});
	}

	async dispose(): Promise<void> {
		for (const store of [this.store, ...this.#workers]) store.close();
		await Dexie.delete(this.database);
	}
}
