/** Sealed tokens at a till: wished for while the backend can be reached, ended when their time is over. */
import * as v from 'valibot';
import { RESERVE_WISHES } from '#lib/browser/store/agent-leave.ts';
import { hearAvailable } from '#lib/browser/store/agent-outbox.ts';
import { StoreFault, stored } from '#lib/browser/store/store-fault.ts';
import type { ReserveHereRow } from '#lib/browser/store/agent-rows.ts';
import { Id, type Problem } from '#lib/core/sync/wire.ts';
import type { ReserveAnswer } from '#lib/core/sync/wire-till.ts';
import {
	isWishOpen,
	planReserve,
	REGULAR_WINDOW_MS,
	type RegularMeter,
} from '#lib/core/vending/reserve-plan.ts';
import Dexie from 'dexie';
import { appendTillDeed } from './till-journal.ts';
import { openCustomer } from './till-meters.ts';
import type { TillParts } from './till-ports.ts';
import { placeHeard, tokenPlace, type AboutToken } from './till-reveal.ts';
import { readTerms } from './till-standing.ts';

const RECORD_VERSION = 1;
const Wishes = v.array(v.object({ id: Id, drn: v.string(), denominationMinor: v.number() }));
type Wishes = v.InferOutput<typeof Wishes>;

export interface FilledReserve {
	readonly made: number;
	readonly problem: Problem | null;
}

/** Asks for those whose answer is still open, and for new ones only when there are none. @throws {StoreFault} */
export async function fillReserve(parts: TillParts): Promise<FilledReserve> {
	const open = await openWishes(parts);
	return open
		? await askFor(parts, open, 'again')
		: await askFor(parts, await makeWishes(parts), 'first');
}

/** Asks once more for the tokens whose answer has not come, and for no others. @throws {StoreFault} */
export async function settleWishes(parts: TillParts): Promise<void> {
	await askFor(parts, (await openWishes(parts)) ?? [], 'again');
}

async function askFor(
	parts: TillParts,
	wishes: Wishes,
	time: 'first' | 'again',
): Promise<FilledReserve> {
	const { api, operator } = parts;
	if (wishes.length === 0) return { made: 0, problem: null };
	const outcome = await api.fillReserve({ wishes, operatorId: operator.operatorId });
	if (outcome.kind === 'unknown') return { made: 0, problem: null };
	if (outcome.kind === 'problem') {
		// The request as a whole was turned away: what an earlier one has begun is as it was.
		if (time === 'first' && !isWishOpen(outcome.problem)) await keepOpen(parts, []);
		return { made: 0, problem: outcome.problem };
	}
	const { answer } = outcome;
	const made = await keepTokens(parts, wishes, answer);
	const refused = answer.wishes.filter((wish) => !wish.made);
	const closed = refused.filter(({ problem }) => !isWishOpen(problem)).map(({ id }) => id);
	const over = new Set([...made, ...closed]);
	await keepOpen(
		parts,
		wishes.filter(({ id }) => !over.has(id)),
	);
	return { made: made.length, problem: refused[0]?.problem ?? null };
}

/** Writes down which wishes are still to be asked for. Locked meanwhile: all of them, as before. */
async function keepOpen({ vault }: TillParts, wishes: Wishes): Promise<void> {
	if (wishes.length === 0) await vault.forget(RESERVE_WISHES, 'closed');
	else await vault.seal(RESERVE_WISHES, RECORD_VERSION, octetsOf(wishes), null);
}

const octetsOf = (wishes: Wishes) => new TextEncoder().encode(JSON.stringify(wishes));

async function openWishes({ vault }: TillParts): Promise<Wishes | undefined> {
	const kept = await vault.unseal(RESERVE_WISHES);
	if ('refused' in kept) return kept.refused === 'locked' ? [] : undefined;
	const read = v.safeParse(Wishes, JSON.parse(new TextDecoder().decode(kept.octets)));
	return read.success ? read.output : undefined;
}

async function makeWishes(parts: TillParts): Promise<Wishes> {
	const { store, vault, newId, nowMs } = parts;
	const till = await parts.terminal();
	const { reserve: terms } = await stored(() => readTerms(store, till));
	if (terms === null) return [];
	const held = await listHeld(parts);
	const plan = planReserve(await readRegulars(parts), held, terms, nowMs());
	const wishes = plan.map((wish) => ({ id: newId(), ...wish }));
	const isKept =
		wishes.length > 0 && (await vault.seal(RESERVE_WISHES, RECORD_VERSION, octetsOf(wishes), null));
	return isKept ? wishes : [];
}

async function readRegulars(parts: TillParts): Promise<RegularMeter[]> {
	const { store, operator, nowMs } = parts;
	const { operatorId } = operator;
	const sinceMs = nowMs() - REGULAR_WINDOW_MS;
	const customers = await stored(() =>
		store.customers
			.where('[operatorId+lastSoldMs]')
			.between([operatorId, sinceMs], [operatorId, Dexie.maxKey])
			.toArray(),
	);
	const meters = customers.map(async (customer): Promise<RegularMeter[]> => {
		const known = await openCustomer(parts, customer);
		if (!known) return [];
		const sales = await stored(() =>
			store.sales
				.where('[drnTag+atMs]')
				.between([customer.drnTag, sinceMs], [customer.drnTag, Dexie.maxKey])
				.toArray(),
		);
		return [{ drn: known.drn, sales: sales.filter(({ state }) => state === 'issued') }];
	});
	return (await Promise.all(meters)).flat();
}

/** Another operator's tokens count, though whose they are does not open. */
async function listHeld({ store, operatorKeys }: TillParts) {
	const rows = await stored(() => store.reserve.where('state').equals('sealed').toArray());
	return Promise.all(
		rows.map(async ({ vendId, denominationMinor, about }) => {
			const opened = (await operatorKeys.open(tokenPlace(vendId), about)) as AboutToken | undefined;
			return { drn: opened?.drn ?? '', denominationMinor };
		}),
	);
}

/** With the float as it is after them. Answers the ids of those that are here now. */
async function keepTokens(
	parts: TillParts,
	wishes: Wishes,
	answer: ReserveAnswer,
): Promise<string[]> {
	const { store, operator, operatorKeys, tillKeys } = parts;
	const rows: ReserveHereRow[] = [];
	for (const made of answer.wishes) {
		const wish = wishes.find(({ id }) => id === made.id);
		if (!made.made || !wish) continue;
		const drnTag = await operatorKeys.tag(wish.drn);
		const about = await operatorKeys.seal(tokenPlace(made.id), {
			...(await aboutOf(parts, wish.drn)),
			made: placeHeard(made.key, made.issuedAtMs),
		});
		// Locked meanwhile: the wishes are still kept, and ask for the same tokens.
		if (drnTag === undefined || !about) throw new StoreFault('failed');
		const { id: vendId, denominationMinor, expiresAtMs, sealed } = made;
		const row = { vendId, operatorId: operator.operatorId, drnTag, denominationMinor, expiresAtMs };
		rows.push({ ...row, state: 'sealed', about, sealed });
	}
	await stored(() =>
		store.transaction('rw', store.reserve, store.till, async () => {
			for (const row of rows)
				if (!(await store.reserve.get(row.vendId))) await store.reserve.add(row);
			await hearAvailable(store, tillKeys.id, answer.availableMinor);
		}),
	);
	return rows.map(({ vendId }) => vendId);
}

async function aboutOf(parts: TillParts, drn: string): Promise<Omit<AboutToken, 'made'>> {
	const { store, operator, operatorKeys } = parts;
	const tag = (await operatorKeys.tag(drn)) ?? '';
	const row = await stored(() => store.customers.get([operator.operatorId, tag]));
	const customer = row && (await openCustomer(parts, row));
	return { drn, ownerMasked: customer?.confirmation?.ownerMasked ?? null };
}

/** Those of the operator whose vault is open, the first to run out first. @throws {StoreFault} */
export async function listReserve({ store, operatorKeys, serverMs }: TillParts) {
	const rows = await stored(() => store.reserve.orderBy('expiresAtMs').toArray());
	const live = rows.filter((row) => row.state === 'sealed' && row.expiresAtMs > serverMs());
	const opened = await Promise.all(
		live.map(async (row) => {
			const about = await operatorKeys.open(tokenPlace(row.vendId), row.about);
			return about === undefined ? [] : [{ row, ...(about as AboutToken) }];
		}),
	);
	return opened.flat();
}

/** The longest between two looks: a device that sleeps wakes nobody. */
const LOOK_EVERY_MS = 60_000;

/** Ends what has run out: the entry and the wiping are one. Answers when to look again. @throws {StoreFault} */
export async function endExpired(parts: TillParts): Promise<number> {
	const { store, journal, operator, serverMs } = parts;
	const rows = await stored(() => store.reserve.where('state').equals('sealed').toArray());
	const ended = rows.filter(({ expiresAtMs }) => expiresAtMs <= serverMs());
	for (const { vendId } of ended) {
		const content = { vendId, because: 'expired' } as const;
		const deed = { kind: 'reserve-ended', content, operatorId: operator.operatorId } as const;
		await appendTillDeed(journal, deed, async () => {
			const here = await store.reserve.get(vendId);
			if (here?.state !== 'sealed') throw new StoreFault('other-tab');
			await store.reserve.put({ ...here, state: 'ended', sealed: '' });
		}).catch(ignoreOtherTab);
	}
	if (ended.length > 0) parts.kick();
	const next = Math.min(
		...rows.filter((row) => !ended.includes(row)).map(({ expiresAtMs }) => expiresAtMs),
	);
	return Math.min(LOOK_EVERY_MS, Math.max(1, next - serverMs()));
}

/** It was ended, or shown, by another tab in this moment. */
function ignoreOtherTab(cause: unknown): void {
	if (!(cause instanceof StoreFault) || cause.kind !== 'other-tab') throw cause;
}

/** Goes on until it is stopped. */
export function startReserveWatch(parts: TillParts): () => void {
	let stopped = false;
	let callOff = () => {};
	async function look(): Promise<void> {
		const againMs = await endExpired(parts).catch(() => LOOK_EVERY_MS);
		if (!stopped) callOff = parts.timer.wakeAt(parts.timer.nowMs() + againMs, () => void look());
	}
	void look();
	return () => {
		stopped = true;
		callOff();
	};
}
