/** What a till knows of meters: by the backend's word, or kept, sealed, from an earlier sale. */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type {
	CustomerHereRow,
	SealedHere,
	TerminalHereRow,
} from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import type { Timer } from '#lib/link/transport.ts';
import type { MeterConfirmation, Problem } from '#lib/core/sync/wire.ts';
import {
	canTryAgain,
	isRefusalCode,
	REFUSALS,
	type RefusalCode,
} from '#lib/core/vending/refusals.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { MeterSight, RecentCustomer } from './till-desk.ts';
import type { TillParts } from './till-ports.ts';

/** A customer at the desk does not wait longer for what is also known here. */
const ASK_WITHIN_MS = 6_000;

/** What is sealed of a customer. */
export interface KeptCustomer {
	readonly drn: string;
	readonly confirmation: MeterConfirmation | null;
	readonly fetchedAtMs: number | null;
}

const customerPlace = (tag: string): string => `customer/${tag}`;

type Parts = Pick<
	TillParts,
	'store' | 'api' | 'timer' | 'operator' | 'operatorKeys' | 'terminal' | 'nowMs' | 'connection'
>;

/** What is known of a meter now. @throws {StoreFault} */
export async function lookUpMeter(parts: Parts, typed: string): Promise<MeterSight> {
	const number = decideMeterNumber(typed);
	if ('refusal' in number) return { kind: 'problem', problem: problemOf(number.refusal) };
	const { drn } = number;
	const till = await parts.terminal();
	const outcome = await ask(parts, () => parts.api.confirmMeter(drn));
	if (outcome.kind === 'problem') return outcome;
	if (outcome.kind === 'unknown') return kept(parts, till, drn);
	const confirmation = outcome.answer;
	if (!isOfUtility(confirmation, till))
		return { kind: 'problem', problem: problemOf('other-utility') };
	await refresh(parts, confirmation);
	return { kind: 'known', confirmation, from: 'backend', fetchedAtMs: parts.nowMs() };
}

/**
 * Asks the backend while a customer waits. `unknown`: out of reach, too slow, or a no that may be another one
 * in a minute and says nothing of the matter.
 */
export async function ask<T>(
	{ connection, timer }: Pick<Parts, 'connection' | 'timer'>,
	asking: () => Promise<ApiOutcome<T>>,
): Promise<ApiOutcome<T>> {
	if (connection() === 'offline') return { kind: 'unknown' };
	const outcome = await within(timer, ASK_WITHIN_MS, asking());
	if (!outcome) return { kind: 'unknown' };
	if (outcome.kind !== 'problem') return outcome;
	const { code } = outcome.problem;
	const isPassing = !isRefusalCode(code) || (canTryAgain(code) && REFUSALS[code].status >= 429);
	return isPassing ? { kind: 'unknown' } : outcome;
}

/** Undefined: not within the time. */
export async function within<T>(
	timer: Timer,
	ms: number,
	work: Promise<T>,
): Promise<T | undefined> {
	let callOff = () => {};
	const late = new Promise<undefined>((resolve) => {
		callOff = timer.wakeAt(timer.nowMs() + ms, () => resolve(undefined));
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		callOff();
	}
}

async function kept(parts: Parts, till: TerminalHereRow, drn: string): Promise<MeterSight> {
	const customer = await readCustomer(parts, drn);
	const { confirmation, fetchedAtMs } = customer ?? {};
	if (!confirmation || fetchedAtMs === undefined || fetchedAtMs === null)
		return { kind: 'unheard' };
	if (!isOfUtility(confirmation, till))
		return { kind: 'problem', problem: problemOf('other-utility') };
	return { kind: 'known', confirmation, from: 'kept', fetchedAtMs };
}

/** Names and numbers may be put right by the office; not both at once, and not what is paid with. */
function isOfUtility({ utility }: MeterConfirmation, till: TerminalHereRow): boolean {
	const { name, vatNumber, currency } = till.utility;
	if (utility.currency.code !== currency.code) return false;
	return utility.name === name || utility.vatNumber === vatNumber;
}

/** As it was last heard, or sold to; undefined: never from here, or locked. @throws {StoreFault} */
export async function readCustomer(
	{ store, operator, operatorKeys }: Pick<Parts, 'store' | 'operator' | 'operatorKeys'>,
	drn: string,
): Promise<KeptCustomer | undefined> {
	const tag = await operatorKeys.tag(drn);
	const row = tag && (await stored(() => store.customers.get([operator.operatorId, tag])));
	return row ? openCustomer({ operatorKeys }, row) : undefined;
}

export async function openCustomer(
	{ operatorKeys }: Pick<Parts, 'operatorKeys'>,
	{ drnTag, sealed }: CustomerHereRow,
): Promise<KeptCustomer | undefined> {
	return (await operatorKeys.open(customerPlace(drnTag), sealed)) as KeptCustomer | undefined;
}

/** A meter that is sold to from here is kept as it was last heard. */
async function refresh(parts: Parts, confirmation: MeterConfirmation): Promise<void> {
	const { store, operator, operatorKeys, nowMs } = parts;
	const tag = await operatorKeys.tag(confirmation.drn);
	if (tag === undefined) return;
	const value = { drn: confirmation.drn, confirmation, fetchedAtMs: nowMs() };
	const sealed = await operatorKeys.seal(customerPlace(tag), value);
	if (sealed) await stored(() => store.customers.update([operator.operatorId, tag], { sealed }));
}

/** What is to be known of a customer from now on; undefined: locked. */
export async function sealCustomer(
	parts: Pick<Parts, 'store' | 'operator' | 'operatorKeys'>,
	drn: string,
	sight: MeterSight | null,
): Promise<{ tag: string; sealed: SealedHere } | undefined> {
	const tag = await parts.operatorKeys.tag(drn);
	if (tag === undefined) return undefined;
	const before = sight?.kind === 'known' ? undefined : await readCustomer(parts, drn);
	const value: KeptCustomer =
		sight?.kind === 'known'
			? { drn, confirmation: sight.confirmation, fetchedAtMs: sight.fetchedAtMs }
			: (before ?? { drn, confirmation: null, fetchedAtMs: null });
	const sealed = await parts.operatorKeys.seal(customerPlace(tag), value);
	return sealed && { tag, sealed };
}

/** Within a transaction: one more sale to this meter. */
export async function countCustomer(
	store: AgentStore,
	operatorId: string,
	{ tag: drnTag, sealed }: { readonly tag: string; readonly sealed: SealedHere },
	lastSoldMs: number,
): Promise<void> {
	const before = await store.customers.get([operatorId, drnTag]);
	const sales = (before?.sales ?? 0) + 1;
	await store.customers.put({ operatorId, drnTag, lastSoldMs, sales, sealed });
}

/** Without those that do not open. */
export async function openCustomers(
	parts: Pick<TillParts, 'operatorKeys'>,
	rows: readonly CustomerHereRow[],
): Promise<RecentCustomer[]> {
	const opened = await Promise.all(rows.map((row) => openCustomer(parts, row)));
	return opened.flatMap((customer, at) => {
		const row = rows[at];
		if (!customer || !row) return [];
		const { drn, confirmation } = customer;
		return [{ drn, confirmation, lastSoldMs: row.lastSoldMs }];
	});
}

/** What the backend would say, said here: screens have words by the code. */
export function problemOf(code: RefusalCode): Problem {
	return {
		type: `/problems/${code}`,
		title: code,
		status: REFUSALS[code].status,
		code,
		detail: '',
	};
}
