/**
 * The device's side of a till: the app's own store, keys, journal and drain. Where it runs in Node, the browser's
 * database is one in memory (`fake-indexeddb`), which its caller has put in place before.
 */
import { v7 as uuidV7 } from 'uuid';
import { enrol } from '#lib/browser/api/agent.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import { AGENT_ROW_SCHEMA, type TillSaleRow } from '#lib/browser/store/agent-rows.ts';
import type { SaleDetails } from '#lib/browser/sync/till-desk.ts';
import { drainTill, type TillDrained, type TillDrainPorts } from '#lib/browser/sync/till-drain.ts';
import { enrolTill } from '#lib/browser/sync/till-enrol.ts';
import { readTillHere, type TillHere } from '#lib/browser/sync/till-here.ts';
import { appendTillDeed, type TillJournalPorts } from '#lib/browser/sync/till-journal.ts';
import { salePlace } from '#lib/browser/sync/till-sales.ts';
import { sealSale } from '#lib/browser/sync/till-seal.ts';
import { CLAIM_CODE_LENGTH, type TillSale } from '#lib/core/sync/till-journal.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import type { FloatVendRequest } from '#lib/core/sync/wire.ts';
import { openBenchAgent, type BenchAgent } from './bench-agent.ts';
import { BENCH_AMOUNT_MINOR, benchWaterfall } from './bench-receipt.ts';
import type { WaitingTill } from './sync-wire.ts';

type Promised = TillSale['promise'];

export class BenchTill {
	readonly store: AgentStore;
	readonly here: TillHere;
	readonly #agent: BenchAgent;
	readonly #drns: readonly string[];
	readonly #shiftId = uuidV7();
	#sold = 0;

	private constructor(
		store: AgentStore,
		here: TillHere,
		agent: BenchAgent,
		drns: readonly string[],
	) {
		this.store = store;
		this.here = here;
		this.#agent = agent;
		this.#drns = drns;
	}

	/** Enrols a device with the office's code, on a database of its own. */
	static async open({ enrolmentCode, operatorId, drns }: WaitingTill): Promise<BenchTill> {
		const store = new AgentStore(`bench-${operatorId}`);
		const ports = { store, api: { enrol }, newId: uuidV7, nowMs };
		const enrolled = await enrolTill(ports, enrolmentCode);
		if (enrolled.kind !== 'enrolled') throw new Error(`no till: ${JSON.stringify(enrolled)}`);
		const here = await readTillHere(store, nowMs);
		if (!here) throw new Error('a till that was enrolled is there');
		return new BenchTill(store, here, await openBenchAgent(store, operatorId), drns);
	}

	/** One sale on the disk, as the desk writes it: sealed, signed, entry and row in one transaction. */
	async sell(promise: Promised): Promise<string> {
		const { store, here } = this;
		const { operator, operatorKeys } = this.#agent;
		const { operatorId, inbox: answerTo } = operator;
		const drn = this.nextMeter();
		const id = uuidV7();
		const claimCode = makeCode(crypto.getRandomValues(new Uint8Array(CLAIM_CODE_LENGTH - 1)));
		const request = this.request(drn, promise);
		const sale: TillSale = { request, promise, claimCode, replaces: null, answerTo };
		const details = detailsOf(drn, claimCode);
		const sealed = await operatorKeys.seal(salePlace(id), details);
		const drnTag = await operatorKeys.tag(drn);
		if (!sealed || drnTag === undefined) throw new Error('the vault is open');
		const row: TillSaleRow = {
			...{ id, schema: AGENT_ROW_SCHEMA, operatorId, drnTag, atMs: nowMs() },
			...{ shiftId: this.#shiftId, amountMinor: BENCH_AMOUNT_MINOR, method: 'cash', promise },
			...{ state: promise === 'token' ? 'asked' : 'provisional', code: null },
			...{ energyDeciKwh: null, sealed, answer: null, printed: 0 },
		};
		const content = { batchId: this.#shiftId, sealed: await sealSale(here.till.saleKey, sale) };
		const deed = { kind: 'sale', content, operatorId, id } as const;
		await appendTillDeed(this.#journal(), deed, () => store.sales.add(row));
		return id;
	}

	drain(): Promise<TillDrained> {
		const { store, here } = this;
		const { keys, api } = here;
		const ports: TillDrainPorts = {
			...{ store, keys, api, nowMs, locks: navigator.locks },
			chance: () => Math.random(),
		};
		return drainTill(ports);
	}

	/** What has become of the sales here: state → how many. */
	async states(): Promise<Readonly<Record<string, number>>> {
		const counts: Record<string, number> = {};
		await this.store.sales.each(({ state, code }) => {
			const name = code === null ? state : `${state} (${code})`;
			counts[name] = (counts[name] ?? 0) + 1;
		});
		return counts;
	}

	/** The backend's answer to a sale, opened by who sold it. */
	async answer(id: string): Promise<string | undefined> {
		const row = await this.store.sales.get(id);
		return row?.answer ? this.#agent.operatorKeys.openAnswer(row.answer) : undefined;
	}

	nextMeter(): string {
		const drn = this.#drns[this.#sold % this.#drns.length];
		if (drn === undefined) throw new RangeError('a till without meters');
		this.#sold += 1;
		return drn;
	}

	/** What `PUT /vends/{id}` takes, and what a sale's seal holds. */
	request(drn: string, promise: Promised): FloatVendRequest {
		return {
			...{ kind: 'credit', drn, amountMinor: BENCH_AMOUNT_MINOR, currency: 'KES' },
			...(promise === 'token'
				? { agreed: { energyDeciKwh: 0, tariff: { id: 'domestic-flat', version: 1 } } }
				: { agreed: null, estimated: true as const }),
			operatorId: this.#agent.operator.operatorId,
			tender: { method: 'cash', tenderedMinor: BENCH_AMOUNT_MINOR },
			requestedAtMs: nowMs(),
		};
	}

	#journal(): TillJournalPorts {
		const { keys, till, offsetMs } = this.here;
		const { terminalId } = till;
		const { store } = this;
		return { store, keys, terminalId, nowMs, offsetMs, newId: uuidV7, locks: navigator.locks };
	}

	async close(): Promise<void> {
		await this.store.delete();
	}
}

const nowMs = (): number => Date.now();

/** As much as a sale of a known meter says. */
export function detailsOf(drn: string, claimCode: string): SaleDetails {
	return {
		...{ drn, ownerMasked: 'W***** M****', area: 'Harbour Road' },
		...{ tenderedMinor: BENCH_AMOUNT_MINOR, priced: 'estimate', claimCode },
		waterfall: benchWaterfall(nowMs()),
		...{ notifyPhone: '+254700000001', replaces: null },
	};
}
