/** A device that becomes a till, its people and its desk: as a page has them, with a backend of a test's making. */
import Dexie from 'dexie';
import { expect } from 'vitest';
import type { Keeping } from '#lib/browser/device/keeping.ts';
import type { OperatorHereRow } from '#lib/browser/store/agent-rows.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import { openTillDesk } from '#lib/browser/sync/open-till-desk.ts';
import type { SaleWish, TillDesk } from '#lib/browser/sync/till-desk.ts';
import { enrolTill } from '#lib/browser/sync/till-enrol.ts';
import { readTillHere } from '#lib/browser/sync/till-here.ts';
import { choosePin, signInAtTill } from '#lib/browser/sync/till-people.ts';
import type { TillDeskPorts } from '#lib/browser/sync/till-ports.ts';
import type { TillSyncState } from '#lib/browser/sync/till-runner.ts';
import { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import { stretchHere, type Stretch } from '#lib/browser/vault/stretch.ts';
import type { PageWatch } from '#lib/browser/vault/page-watch.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { soon } from '../../harness/soon.ts';
import { CHEAP, FakeClocks, fakeLocks, FakeTimer, newId, PIN } from '../vault/bench.ts';
import { AGENT, DRN, FakeOffice } from './till-office.ts';

export const stretch: Stretch = async (pin, salt) => stretchHere(pin, salt, CHEAP);
const nothing = () => () => undefined;
const page: PageWatch = { onTouch: nothing, onHidden: nothing, onShown: nothing, onLeft: nothing };

export const KEPT: Keeping = {
	...{ installed: true, persistent: true, usedOctets: 1_000, quotaOctets: 1_000_000 },
};

let lastName = 0;
let stores: AgentStore[] = [];
let desks: TillDesk[] = [];

/** A database of its own; with a name, another tab on the same one. */
export function agentTab(name = `agent-${(lastName += 1)}`): AgentStore {
	const store = new AgentStore(name);
	stores.push(store);
	return store;
}

export async function closeDesks(): Promise<void> {
	for (const desk of desks) desk.close();
	const names = new Set(stores.map(({ name }) => name));
	for (const store of stores) store.close();
	for (const name of names) await Dexie.delete(name);
	[desks, stores] = [[], []];
}

let lastCode = 0;
/** A code that the office has not given before. */
export const newCode = (): string =>
	makeCode(Uint8Array.from({ length: 12 }, (_, at) => (at === 0 ? (lastCode += 1) : at)));

/** One browser, its clock and the backend it knows. */
export class TillBench {
	readonly clocks: FakeClocks;
	readonly timer: FakeTimer;
	readonly office: FakeOffice;
	readonly locks = fakeLocks();
	readonly told: TillSyncState[] = [];
	readonly lockedElsewhere: string[] = [];
	store: AgentStore;
	keeping = KEPT;
	#random = 0;

	static async open(): Promise<TillBench> {
		const clocks = new FakeClocks();
		return new TillBench(clocks, await FakeOffice.open(clocks));
	}

	private constructor(clocks: FakeClocks, office: FakeOffice) {
		this.clocks = clocks;
		this.timer = new FakeTimer(clocks);
		this.office = office;
		this.store = agentTab();
	}

	enrol(code = newCode()) {
		const { store, office, clocks } = this;
		const api = { enrol: office.enrol };
		return enrolTill({ store, api, newId, nowMs: clocks.nowMs }, code);
	}

	signIn(login = 'amina') {
		return signInAtTill({ store: this.store, api: this.office.api }, login, 'secret');
	}

	async people() {
		const { store, clocks } = this;
		const clock = await SeenClock.open(store, clocks);
		return { store, clock, stretch, cost: CHEAP, newId, nowMs: clocks.nowMs };
	}

	/** Signed in, with a PIN and an open vault. */
	async choose(login = 'amina', pin = PIN) {
		const signed = await this.signIn(login);
		if (signed.kind !== 'person') throw new TypeError(`nobody signed in: ${signed.kind}`);
		const chosen = await choosePin(await this.people(), signed.person, pin);
		if (chosen.kind !== 'chosen') throw new TypeError(`no PIN was chosen: ${chosen.kind}`);
		return chosen;
	}

	ports(store = this.store): TillDeskPorts {
		const { office } = this;
		return {
			...{ store, page, newId, stretch, clocks: this.clocks, timer: this.timer },
			...{ locks: this.locks, chance: () => 0.5, watch: nothing, leaveWord: async () => undefined },
			tabs: { tell: (owner) => this.lockedElsewhere.push(owner), onTold: () => () => undefined },
			probe: async () => (office.online ? 'online' : 'offline'),
			keeping: { read: async () => this.keeping, ask: async () => this.keeping },
			random: (count) => Uint8Array.from({ length: count }, () => (this.#random += 7) & 255),
			async readHere(from, nowMs) {
				const here = await readTillHere(from, nowMs);
				return here && { ...here, api: office.api };
			},
		};
	}

	async openWith(
		operator: OperatorHereRow,
		options: Parameters<typeof openTillDesk>[3] = {},
		store = this.store,
	): Promise<TillDesk> {
		const outcome = await openTillDesk(
			this.ports(store),
			operator,
			(state) => this.told.push(state),
			options,
		);
		if (outcome.kind !== 'open') throw new TypeError(`no desk: ${outcome.because}`);
		desks.push(outcome.desk);
		return outcome.desk;
	}

	/** Enrolled, with an operator, a pack and an open shift: ready to sell. */
	async ready(): Promise<TillDesk> {
		await this.enrol();
		const { operator, vault } = await this.choose();
		const desk = await this.openWith(operator, { vault });
		await this.heard();
		await desk.openShift();
		await desk.tryNow();
		return desk;
	}

	/** The backend was reached, and the pack is here. */
	async heard(): Promise<void> {
		await soon(async () => expect(await this.store.packs.count()).toBe(1));
	}

	/** The network goes, and the desk knows. */
	async goOffline(desk: TillDesk): Promise<void> {
		this.office.weather = 'request-lost';
		await desk.tryNow();
		expect(this.told.at(-1)?.connection).toBe('offline');
	}

	async goOnline(desk: TillDesk): Promise<void> {
		this.office.weather = 'fine';
		await desk.tryNow();
	}
}

/** What an agent wishes who looked the meter up and asked the price. */
export async function wishFor(
	desk: TillDesk,
	amountMinor = 10_000,
	drn = DRN,
	more: Partial<SaleWish> = {},
): Promise<SaleWish> {
	const sight = await desk.lookUp(drn);
	const priced = await desk.price(drn, amountMinor, sight);
	const tender = { method: 'cash' as const, tenderedMinor: amountMinor };
	return { drn, amountMinor, tender, sight, priced, ...more };
}

/** Looks it up, prices it, sells it. */
export async function sell(
	desk: TillDesk,
	...what: Parameters<typeof wishFor> extends [unknown, ...infer Rest] ? Rest : never
) {
	return desk.sell(await wishFor(desk, ...what));
}

export { AGENT, DRN };
