/**
 * Carries out the plan of a year: every sale through the vend pipeline itself, at its own moment, so that the
 * demo's books, token numbers, receipts and accounts are what the product makes of them, and nothing else.
 */
import type { FbeRequest, FloatVendRequest, VendRequest } from '#lib/core/sync/wire.ts';
import { civilDateOf, formatMonth } from '#lib/core/units/instant.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { requestPayment } from '../payment/request-payment.ts';
import { settlePayment } from '../payment/settle-payment.ts';
import { isRefusal } from '../refusal.ts';
import { issueVend } from '../vend/issue-vend.ts';
import { requestVend } from '../vend/request-vend.ts';
import { chanceFrom, type Chance } from './chance.ts';
import { demoId } from './demo-id.ts';
import { DEMO_TILLS } from './demo-vendors.ts';
import { DEMO_UTILITY } from './demo-utility.ts';
import { WEB, type PlannedSale } from './plan-year.ts';
import {
	endShift,
	fillFloat,
	mustBeTaken,
	startShift,
	type Keeper,
	type Scene,
} from './run-till.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const SEED = 37;

/** @param plan oldest first */
export async function sellYear(backend: Backend, plan: readonly PlannedSale[]): Promise<void> {
	const chance = chanceFrom(SEED);
	// Places sell side by side, as they would; a day ends everywhere before the next one begins.
	for (const day of Map.groupBy(plan, ({ atMs }) => Math.floor(atMs / DAY_MS)).values())
		await Promise.all(
			[...Map.groupBy(day, ({ at }) => at)].map(([place, sales]) =>
				place === WEB
					? sellOverWeb(backend, chanceFrom(dayChance(chance)), sales)
					: sellAtTill(backend, chanceFrom(dayChance(chance)), place, sales),
			),
		);
}

const dayChance = (chance: Chance): number => Math.floor(chance() * 2 ** 32);

async function sellAtTill(
	backend: Backend,
	chance: Chance,
	terminalId: string,
	sales: readonly PlannedSale[],
): Promise<void> {
	const [first, last] = [sales[0], sales.at(-1)];
	const vendorId = DEMO_TILLS.find(({ id }) => id === terminalId)?.vendorId;
	if (first === undefined || last === undefined || vendorId === undefined) return;
	const keeper = await keeperOf(backend, terminalId, vendorId);
	const opening = at(backend, chance, first.atMs - MINUTE_MS);
	await fillFloat(opening, keeper);
	const shiftId = await startShift(opening, keeper);
	let cashMinor = 0;
	for (const sale of sales)
		cashMinor += await sellFromFloat(at(backend, chance, sale.atMs), keeper, sale);
	await endShift(at(backend, chance, last.atMs + MINUTE_MS), keeper, shiftId, cashMinor);
}

async function keeperOf(
	{ database }: Backend,
	terminalId: string,
	vendorId: string,
): Promise<Keeper> {
	const operator = await database
		.selectFrom('operator')
		.select('id')
		.where('vendor_id', '=', vendorId)
		.executeTakeFirst();
	return {
		caller: { ...GUEST, roles: ['terminal'], terminalId, vendorId },
		vendorId,
		operatorId: operator?.id ?? null,
	};
}

/** Answers what went into the drawer. */
async function sellFromFloat(
	{ backend, chance }: Scene,
	{ caller, operatorId }: Keeper,
	{ atMs, drn, amountMinor }: PlannedSale,
): Promise<number> {
	await claimFreeEnergy({ backend, chance }, caller, drn, atMs);
	const request: FloatVendRequest = {
		kind: 'credit',
		...{ drn, amountMinor, currency: DEMO_UTILITY.currency_code, operatorId },
		agreed: ANY_PRICE,
		tender: { method: 'cash', tenderedMinor: amountMinor },
		requestedAtMs: atMs,
	};
	const vend = await requestVend(backend, caller, demoId(chance, atMs), request);
	return isSold(vend) ? amountMinor : 0;
}

async function sellOverWeb(
	backend: Backend,
	chance: Chance,
	sales: readonly PlannedSale[],
): Promise<void> {
	for (const sale of sales) await sellToGuest(at(backend, chance, sale.atMs), sale);
}

export async function sellToGuest(
	{ backend, chance }: Scene,
	{ atMs, drn, amountMinor }: Omit<PlannedSale, 'at'>,
): Promise<void> {
	const [id, paymentId] = [demoId(chance, atMs), demoId(chance, atMs)];
	const currency = DEMO_UTILITY.currency_code;
	const request: VendRequest = {
		...{ drn, amountMinor, currency, paymentId },
		agreed: ANY_PRICE,
		requestedAtMs: atMs,
	};
	if (!isSold(await requestVend(backend, GUEST, id, request))) return;
	const payment = { vendId: id, amountMinor, currency, method: 'sandbox' as const };
	mustBeTaken(await requestPayment(backend, GUEST, paymentId, payment));
	await settlePayment(backend, paymentId);
	await issueVend(backend, id);
}

/** Free basic electricity comes with the month's first purchase. */
async function claimFreeEnergy(
	{ backend, chance }: Scene,
	caller: Caller,
	drn: string,
	atMs: number,
): Promise<void> {
	const account = await backend.database
		.selectFrom('account')
		.select(['fbe_deci_kwh', 'fbe_month'])
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();
	const month = formatMonth(civilDateOf(atMs, DEMO_UTILITY.time_zone));
	if (account.fbe_deci_kwh === 0 || account.fbe_month === month) return;
	const request: FbeRequest = { kind: 'fbe', drn, requestedAtMs: atMs };
	mustBeTaken(await requestVend(backend, caller, demoId(chance, atMs), request));
}

const ANY_PRICE = { energyDeciKwh: 0, tariff: { id: 'domestic-flat', version: 1 } } as const;

const GUEST: Caller = { utilityId: DEMO_UTILITY.id, roles: ['guest'], address: 'demo' };

/** The backend with its clock at one moment. */
export function at(backend: Backend, chance: Chance, ms: number): Scene {
	return { backend: { ...backend, clock: { nowMs: () => ms } }, chance };
}

/** A fixed charge or arrears may leave nothing of a small note: the customer is told, and goes. */
function isSold(vend: object): boolean {
	if (isRefusal(vend) && vend.refusal === 'amount-buys-nothing') return false;
	mustBeTaken(vend);
	return true;
}
