/** Opens a till's desk for one operator: puts its parts together, and keeps them moving until it is closed. */
import { leaveTill } from '#lib/browser/store/agent-leave.ts';
import { unsentJournals } from '#lib/browser/store/agent-pending.ts';
import { readTill } from '#lib/browser/store/agent-outbox.ts';
import type { OperatorHereRow } from '#lib/browser/store/agent-rows.ts';
import { wipeRevokedTill } from '#lib/browser/store/agent-wipe.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import type { Keeping } from '#lib/browser/device/keeping.ts';
import { startAutoLock, type LockTimes } from '#lib/browser/vault/auto-lock.ts';
import { lockTogether } from '#lib/browser/vault/lock-together.ts';
import { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import { Vault } from '#lib/browser/vault/vault.ts';
import { settleUnanswered } from './till-answer.ts';
import { RECENT_SAME_MS, type TillDesk, type TillFile } from './till-desk.ts';
import { exportTill } from './till-export.ts';
import { lookUpMeter, openCustomers } from './till-meters.ts';
import { readMending } from './till-mend.ts';
import { freshen, partsOf, runnerPorts, type DeskHere, type Standing } from './till-parts.ts';
import type { TillDeskPorts } from './till-ports.ts';
import { priceSale } from './till-price.ts';
import { handOver, notePrint, payRefund } from './till-refund.ts';
import { fillReserve, listReserve, settleWishes, startReserveWatch } from './till-reserve.ts';
import { sealedFor } from './till-reveal.ts';
import { startTillRunner, type TillRunner, type TillSyncState } from './till-runner.ts';
import { lastSame, openRows, openSale } from './till-sales.ts';
import { sellAtTill } from './till-sell.ts';
import {
	bankBatches,
	batchTotals,
	closeShift,
	expectedIn,
	listBatches,
	noteReport,
	openShift,
	refusedIn,
} from './till-shift.ts';
import { readGlance } from './till-standing.ts';
import { watchRevoked } from './watch-till.ts';

export type TillDeskOutcome =
	| { readonly kind: 'open'; readonly desk: TillDesk }
	/** This device is no till, or no longer: what it had not handed in can be exported all the same. */
	| { readonly kind: 'refused'; readonly because: 'not-enrolled' | 'revoked' | 'keys-missing' };

/** What may be given beside the ports. */
export interface TillDeskOptions {
	/** The vault as `choosePin` left it, open; absent: it is locked. */
	readonly vault?: Vault;
	readonly lockTimes?: LockTimes;
}

/**
 * @param tell how the outbox stands, with every change
 * @throws {StoreFault} @throws {VaultFault}
 */
export async function openTillDesk(
	ports: TillDeskPorts,
	operator: OperatorHereRow,
	tell: (state: TillSyncState) => void,
	options: TillDeskOptions = {},
): Promise<TillDeskOutcome> {
	const { store, clocks } = ports;
	const clock = await SeenClock.open(store, clocks);
	const here = await ports.readHere(store, clocks.nowMs);
	if (!here) {
		const till = await readTill(store);
		return { kind: 'refused', because: till ? 'keys-missing' : 'not-enrolled' };
	}
	if (here.till.stop === 'revoked') {
		// Whoever heard it may have died before it was wiped.
		await wipeRevokedTill(store, here.keys.id, clocks.nowMs());
		return { kind: 'refused', because: 'revoked' };
	}
	const vault =
		options.vault ?? new Vault(operator.operatorId, { db: store, clock, stretch: ports.stretch });
	const desk = await putTogether(
		ports,
		{ ...here, clock, operator, vault },
		tell,
		options.lockTimes,
	);
	return { kind: 'open', desk };
}

async function putTogether(
	ports: TillDeskPorts,
	here: DeskHere,
	tell: (state: TillSyncState) => void,
	lockTimes?: LockTimes,
): Promise<TillDesk> {
	const { store, timer, page, keeping } = ports;
	const { operator, vault, api } = here;
	const standing: Standing = {
		connection: 'unknown',
		packRefused: null,
		keeping: await keeping.read(),
		hear: undefined,
		hearAgain: false,
		batchesAsked: new Map(),
		earlierAsked: new Map(),
		// What was heard in an earlier session is in the clock already, and may be of another setting.
		heardAtMs: here.till.heardAtMs ?? undefined,
	};
	const parts = partsOf(ports, here, standing, () => void runner.kick());
	const together = lockTogether(vault, ports.tabs);
	const autoLock = startAutoLock(vault, { timer, page }, lockTimes);
	const runner: TillRunner = startTillRunner(runnerPorts(ports, here), (state) => {
		standing.connection = state.connection;
		// The next word of the runner tries it again.
		void settleUnanswered(parts).catch(() => undefined);
		if (state.connection === 'online' && state.stop === null) freshen(parts, standing);
		tell(state);
	});
	// Whoever heard it has wiped what was here; every tab forgets it too.
	const watching = watchRevoked(store, () => together.lock());
	const offs = [together.stop, autoLock.stop, runner.stop, watching, startReserveWatch(parts)];

	function close(): void {
		vault.lock();
		for (const off of offs.splice(0)) off();
	}
	async function look(reading: () => Promise<Keeping>): Promise<Keeping> {
		return (standing.keeping = await reading());
	}
	async function kicking<T>(work: Promise<T>): Promise<T> {
		const done = await work;
		void runner.kick();
		return done;
	}
	/** One tap at a time, and nobody is locked out in the middle of one. */
	const oneTap = oneAtATime(() => autoLock.hold());

	return {
		...{ store, operator, vault, close, terminal: parts.terminal },
		keeping: () => look(keeping.read),
		askToKeep: () => look(keeping.ask),
		glance: () => readGlance(store, standing.keeping, standing.packRefused),
		lookUp: (drn) => lookUpMeter(parts, drn),
		price: (drn, amountMinor, sight) => priceSale(parts, drn, amountMinor, sight),
		openCustomers: (rows) => openCustomers(parts, rows),
		meterTag: (drn) => parts.operatorKeys.tag(drn),
		recentSame: (drn, amountMinor) =>
			lastSame(parts, { drn, amountMinor, sinceMs: parts.nowMs() - RECENT_SAME_MS }),
		sell: (wish) =>
			oneTap(() => sellAtTill(parts, wish)) ??
			Promise.resolve({ kind: 'not-sold', because: 'under-way' }),
		openSale: (id) => openSale(parts, id),
		openSales: (rows) => openRows(parts, rows),
		redeem: (drn, code) => api.claim({ drn, code }),
		payRefund: (saleId) => payRefund(parts, saleId),
		notePrint: (saleId, paper) => notePrint(parts, saleId, paper),
		handOver: (saleId) => handOver(parts, saleId),
		sealedFor: (drn, amountMinor) => sealedFor(parts, drn, amountMinor),
		openShift: () => kicking(openShift(parts)),
		totals: (batchId) => batchTotals(parts, batchId),
		expected: (shiftId) => expectedIn(parts, shiftId),
		refused: (batchId, totals) => refusedIn(parts, batchId, totals),
		closeShift: (closing) => kicking(closeShift(parts, closing)),
		bank: (closing) => kicking(bankBatches(parts, closing)),
		batches: (most) => listBatches(parts, most),
		noteReport: (batchId) => noteReport(parts, batchId),
		mending: () => readMending(store),
		fillReserve: () => fillReserve(parts),
		reserve: () => listReserve(parts),
		tryNow: async () => void (await runner.tryNow()),
		hold: () => autoLock.hold(),
		lock: () => together.lock(),
		async signOut() {
			await settleWishes(parts);
			const refusal = await leaveTill(store, operator.operatorId);
			if (refusal) return refusal;
			together.lock();
			await api.signOut();
			close();
			return { kind: 'signed-out' };
		},
	};
}

/** Undefined: one is under way. */
function oneAtATime(hold: () => () => void) {
	let isUnderWay = false;
	return <T>(work: () => Promise<T>): Promise<T> | undefined => {
		if (isUnderWay) return undefined;
		isUnderWay = true;
		const letGo = hold();
		return work().finally(() => {
			isUnderWay = false;
			letGo();
		});
	};
}

/**
 * What was not handed in, as it is, of every enrolment of this device: a file for each journal, the present one
 * last. Also where no desk can be opened. None: all has arrived.
 * @throws {StoreFault}
 */
export async function exportUnsent(store: AgentStore, nowMs: number): Promise<TillFile[]> {
	const present = (await readTill(store))?.deviceId;
	const journals = await unsentJournals(store);
	journals.sort(
		(one, other) => Number(one.deviceId === present) - Number(other.deviceId === present),
	);
	return Promise.all(journals.map((journal) => exportTill(store, journal, nowMs)));
}
