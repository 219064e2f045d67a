/**
 * One sealed token: a vend like any other, paid from the float, but in no shift: it is sold when it is
 * revealed. What it is for is written with the vend, so that whatever ends in between, asking again goes on.
 */
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { ReserveRequest } from '#lib/core/sync/wire-till.ts';
import type { FloatVendRequest } from '#lib/core/sync/wire.ts';
import type { Caller } from '../../access/caller.ts';
import { recordDeed } from '../../audit/record.ts';
import type { Backend } from '../../backend.ts';
import { lockJournal } from '../../database/lock.ts';
import type { Write } from '../../database/open.ts';
import type { ReserveRow, VendRow } from '../../database/schema.ts';
import { transact } from '../../database/transact.ts';
import { findMeter, type MeterFacts } from '../../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../../refusal.ts';
import { acceptFloatVend, findTill } from '../../vend/accept-float-vend.ts';
import type { Accepted } from '../../vend/accept-now.ts';
import { carryOut, issueVend } from '../../vend/issue-vend.ts';
import { readLocked } from '../../vend/lock-vend.ts';
import { planNewestKey } from '../../vend/plan-keys.ts';
import { refusalTakenBack } from '../../vend/taken-back.ts';
import { offlineTermsOf } from '../offline-terms.ts';
import { decideReserve } from './decide-reserve.ts';
import { findReserve, outOn, soldTimes } from './reserve-rows.ts';
import { sealReserve, type MadeReserve } from './seal-reserve.ts';

/** The device that a token is sealed to. */
export interface ReserveTill {
	readonly caller: Caller;
	readonly vendorId: string;
	readonly deviceId: string;
	readonly sealingKey: DeviceKey;
	readonly operatorId: string;
}

export type ReserveWish = ReserveRequest['wishes'][number];

interface Taken extends Accepted {
	readonly reserve: ReserveRow;
}

/**
 * Order: what is stored already (its answer, or `id-reused`), those of the meter's number, of the terms
 * (`decideReserve`), of the till (`findTill`, without a shift), `meter-unknown`, `meter-busy`, those of the key,
 * `reserve-meter` (its key is to change first: the set would wait on this device, and whatever is sold
 * meanwhile would not be taken by the meter), those of the vend (`acceptFloatVend`), `float-exhausted`, of the
 * seal (`sealReserve`).
 */
export async function makeReserve(
	backend: Backend,
	till: ReserveTill,
	wish: ReserveWish,
): Promise<MadeReserve | Refusal> {
	const taken = await transact(backend.database, (write) =>
		takeIn(write, till, wish, backend.clock.nowMs()),
	).catch(refusalTakenBack);
	if (isRefusal(taken)) return taken;
	const { row, order, reserve } = taken;
	const now =
		order === null
			? await goneOnWith(backend, row)
			: ((await carryOut(backend, order, 'held-back')) ?? row);
	return await sealReserve(backend, reserve, now, till.sealingKey);
}

/** One that was begun and not finished is tried again, rather than left to the next round. */
async function goneOnWith(backend: Backend, row: VendRow): Promise<VendRow> {
	if (row.state !== 'paid' && row.state !== 'issuing') return row;
	await issueVend(backend, row.id);
	return await backend.database
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', row.id)
		.executeTakeFirstOrThrow();
}

async function takeIn(
	write: Write,
	till: ReserveTill,
	wish: ReserveWish,
	nowMs: number,
): Promise<Taken | Refusal> {
	// One at a time for each device, so that two requests at once do not both find room below its caps.
	await lockJournal(write, till.deviceId);
	const number = decideMeterNumber(wish.drn);
	const known = await readLocked(write, wish.id, 'drn' in number ? number.drn : null);
	if (known === undefined)
		return 'refusal' in number ? number : await accept(write, till, { ...wish, ...number }, nowMs);
	const reserve = await findReserve(write, wish.id);
	const isSame =
		reserve?.device_id === till.deviceId &&
		reserve.denomination_minor === wish.denominationMinor &&
		'drn' in number &&
		reserve.drn === number.drn;
	return isSame ? { row: known, order: null, reserve } : { refusal: 'id-reused' };
}

/** @param wish with the meter number's digits */
async function accept(
	write: Write,
	till: ReserveTill,
	wish: ReserveWish,
	nowMs: number,
): Promise<Taken | Refusal> {
	const { vendorId, deviceId, caller } = till;
	const { id, drn, denominationMinor } = wish;
	const { reserve: terms } = await offlineTermsOf(write, vendorId);
	const soldAtMs = await soldTimes(write, vendorId, drn, nowMs);
	const out = await outOn(write, deviceId);
	const decided = decideReserve({ terms, denominationMinor, soldAtMs, out }, nowMs);
	if (isRefusal(decided)) return decided;
	const sale = saleOf(till, wish);
	const place = await findTill(write, caller, sale, 'none');
	if (isRefusal(place)) return place;
	const facts = await findFreeMeter(write, caller, drn, nowMs);
	if (isRefusal(facts)) return facts;
	const request: FloatVendRequest = {
		...{ kind: 'credit', drn, currency: facts.utility.currency_code, ...sale },
		...{ agreed: null, estimated: true, requestedAtMs: nowMs },
	};
	const accepted = await acceptFloatVend(write, { id, request, till: place }, caller, facts, nowMs);
	if (isRefusal(accepted)) return accepted;
	const reserve: ReserveRow = {
		...{ vend_id: id, utility_id: caller.utilityId, vendor_id: vendorId },
		...{ terminal_id: place.terminalId, device_id: deviceId, drn },
		denomination_minor: denominationMinor,
		...{ issued_at_ms: nowMs, expires_at_ms: nowMs + decided.lifeMs },
	};
	await store(write, caller, reserve);
	return { ...accepted, reserve };
}

/** A meter of which no vend is in the making, and that needs no other key first. */
async function findFreeMeter(
	write: Write,
	caller: Caller,
	drn: string,
	nowMs: number,
): Promise<MeterFacts | Refusal> {
	const facts = await findMeter(write, caller, drn, nowMs);
	if (isRefusal(facts)) return facts;
	if (facts.isBusy) return { refusal: 'meter-busy' };
	const keys = planNewestKey(facts, facts.utility.key_change_policy, nowMs);
	if (isRefusal(keys)) return keys;
	return keys.keyChange === null ? facts : { refusal: 'reserve-meter' };
}

/** How its customer will pay is not known yet: the reveal says it. */
function saleOf({ operatorId }: ReserveTill, { denominationMinor: amountMinor }: ReserveWish) {
	return {
		amountMinor,
		operatorId,
		tender: { method: 'cash', tenderedMinor: amountMinor },
	} as const;
}

async function store(write: Write, caller: Caller, reserve: ReserveRow): Promise<void> {
	await write.insertInto('reserve').values(reserve).execute();
	const {
		vend_id: id,
		denomination_minor: denominationMinor,
		expires_at_ms: expiresAtMs,
	} = reserve;
	const facts = { device: reserve.device_id, denominationMinor, expiresAtMs };
	const deed = { action: 'reserve-made', subject: { kind: 'vend', id }, facts };
	await recordDeed(write, caller, deed, reserve.issued_at_ms);
}
