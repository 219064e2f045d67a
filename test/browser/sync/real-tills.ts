/** Devices of an agent before the real backend, in one process: each with a disk, a clock and a network of its own. */
import { vi } from 'vitest';
import { agentApiOf, enrol } from '#lib/browser/api/agent.ts';
import type { OperatorHereRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { openTillDesk } from '#lib/browser/sync/open-till-desk.ts';
import type { SellOutcome, TillDesk } from '#lib/browser/sync/till-desk.ts';
import { enrolTill } from '#lib/browser/sync/till-enrol.ts';
import { readTillHere } from '#lib/browser/sync/till-here.ts';
import { choosePin } from '#lib/browser/sync/till-people.ts';
import type { TillDeskPorts } from '#lib/browser/sync/till-ports.ts';
import { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import type { Vault } from '#lib/browser/vault/vault.ts';
import { makeEnrolmentCode } from '#lib/server/access/terminals.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { listAlarms } from '#lib/server/till/alarms.ts';
import { soon } from '../../harness/soon.ts';
import { openCounter, type Counter } from '../../server/harness/counter.ts';
import { allowQueue } from '../../server/harness/journal-till.ts';
import { ORIGIN, requestTo, send } from '../../server/harness/rim.ts';
import { GUEST, mustBeTaken, newId, openShop, type Shop } from '../../server/harness/shop.ts';
import { CHEAP, FakeClocks, fakeLocks, FakeTimer, HOUR, PIN } from '../vault/bench.ts';
import { agentTab, KEPT, stretch } from './till-desk-bench.ts';

const nothing = () => () => undefined;
const page = { onTouch: nothing, onHidden: nothing, onShown: nothing, onLeft: nothing };

/** The backend, a vendor's counter, and the tills that are enrolled at it. */
export class RealTills {
	readonly shop: Shop;
	readonly counter: Counter;
	readonly office: Caller = { ...GUEST, roles: ['office-manager'], operatorId: newId() };
	/** Changes what comes back. */
	between: (path: string, body: unknown) => unknown = (_, body) => body;
	online = true;

	static async open(): Promise<RealTills> {
		const shop = await openShop();
		const counter = await openCounter(shop.backend);
		await allowQueue(shop, counter, { ageMs: 24 * HOUR });
		return new RealTills(shop, counter);
	}

	private constructor(shop: Shop, counter: Counter) {
		this.shop = shop;
		this.counter = counter;
		vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
			if (!this.online) throw new TypeError('no network');
			const { method, headers, body } = init;
			const request = requestTo(path, {
				...(method !== undefined && { method }),
				headers: { origin: ORIGIN, ...(headers as Record<string, string>) },
				...(body !== undefined && { body }),
			});
			const response = await send(shop.backend, request);
			const json: unknown = await response.json();
			return new Response(JSON.stringify(this.between(path, json)), response);
		});
	}

	async close(): Promise<void> {
		vi.unstubAllGlobals();
		await this.shop.dispose();
	}

	async code(): Promise<string> {
		const { backend } = this.shop;
		const { terminalId } = this.counter.caller;
		return mustBeTaken(await makeEnrolmentCode(backend, this.office, terminalId)).code;
	}

	/** Time goes by, for everybody. */
	pass(devices: readonly Device[], ms: number): void {
		this.shop.clock.ms += ms;
		for (const device of devices) device.timer.pass(ms);
	}

	alarms = async () => (await listAlarms(this.shop.backend, this.office, {})).alarms;
	alarmKinds = async () => (await this.alarms()).map(({ kind }) => kind);

	async vends(): Promise<{ id: string; state: string }[]> {
		const { database } = this.shop.backend;
		return await database.selectFrom('vend').select(['id', 'state']).orderBy('id').execute();
	}
}

export class Device {
	readonly #tills: RealTills;
	readonly clocks = new FakeClocks();
	readonly timer = new FakeTimer(this.clocks);
	readonly locks = fakeLocks();
	readonly store: AgentStore;
	#desk: TillDesk | undefined;

	constructor(tills: RealTills, store = agentTab()) {
		this.#tills = tills;
		this.store = store;
		this.clocks.wallMs = tills.shop.clock.ms;
	}

	/** Enrolled, somebody with a PIN, a shift open and the pack here. */
	async ready(): Promise<TillDesk> {
		await this.enrol();
		const { operatorId } = this.#tills.counter;
		const person = { operatorId, login: 'wanjiru', name: 'Wanjiru' };
		const { store, clocks } = this;
		const clock = await SeenClock.open(store, clocks);
		const ports = { store, clock, stretch, cost: CHEAP, newId, nowMs: clocks.nowMs };
		const chosen = await choosePin(ports, person, PIN);
		if (chosen.kind !== 'chosen') throw new TypeError(chosen.kind);
		const desk = await this.open(chosen.operator, chosen.vault);
		await soon(async () => {
			await desk.tryNow();
			if ((await store.packs.count()) === 0) throw new Error('no pack yet');
		});
		await desk.openShift();
		await desk.tryNow();
		return desk;
	}

	async enrol(): Promise<void> {
		const { store, clocks } = this;
		const ports = { store, api: { enrol }, newId, nowMs: clocks.nowMs };
		const outcome = await enrolTill(ports, await this.#tills.code());
		if (outcome.kind !== 'enrolled') throw new TypeError(JSON.stringify(outcome));
	}

	/** Whoever stands here opens the desk, with the PIN or as choosing it left the vault. */
	async open(operator?: OperatorHereRow, vault?: Vault): Promise<TillDesk> {
		const who = operator ?? (await this.store.operators.toCollection().first());
		if (!who) throw new TypeError('nobody stands here');
		this.#desk?.close();
		const opened = await openTillDesk(this.#ports(), who, () => undefined, {
			...(vault && { vault }),
		});
		if (opened.kind !== 'open') throw new TypeError(opened.because);
		this.#desk = opened.desk;
		if (!vault) await opened.desk.vault.unlock(PIN);
		return opened.desk;
	}

	#ports(): TillDeskPorts {
		const { store, clocks, timer, locks } = this;
		const tills = this.#tills;
		return {
			...{ store, page, newId, stretch, clocks, timer, locks, chance: () => 0.5, watch: nothing },
			leaveWord: async () => undefined,
			tabs: { tell: () => undefined, onTold: nothing },
			probe: async () => (tills.online ? 'online' : 'offline'),
			keeping: { read: async () => KEPT, ask: async () => KEPT },
			random: (count) => crypto.getRandomValues(new Uint8Array(count)),
			readHere: readTillHere,
		};
	}

	/** The journal's requests, as whoever has its keys signs them. */
	async api() {
		const here = await readTillHere(this.store, this.clocks.nowMs);
		if (!here) throw new TypeError('no till');
		return agentApiOf(here.signer);
	}

	async entries() {
		return (await this.store.entries.toArray()).map(({ entry }) => entry);
	}

	async state(outcome: SellOutcome): Promise<string> {
		if (outcome.kind === 'not-sold') return outcome.because;
		const row = await this.store.sales.get(outcome.sale.row.id);
		return [row?.state, row?.code].filter((part) => part !== null).join(' ');
	}

	close(): void {
		this.#desk?.close();
	}
}

export async function sellOffline(
	tills: RealTills,
	desk: TillDesk,
	drn: string,
	amountMinor: number,
) {
	tills.online = false;
	await desk.tryNow();
	return await sellNow(desk, drn, amountMinor);
}

export async function sellNow(desk: TillDesk, drn: string, amountMinor: number) {
	const sight = await desk.lookUp(drn);
	const priced = await desk.price(drn, amountMinor, sight);
	const tender = { method: 'cash' as const, tenderedMinor: amountMinor };
	return await desk.sell({ drn, amountMinor, tender, sight, priced });
}
