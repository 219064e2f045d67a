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
import { isRefusal, type Refusal } from '../refusal.ts';
import { issueVend } from '../vend/issue-vend.ts';
import { requestVend } from '../vend/request-vend.ts';
import { chanceFrom, type Chance } from './chance.ts';
import { demoId } from './demo-id.ts';
import { DEMO_TILLS } from './demo-vendors.ts';
import { DEMO_UTILITY } from './demo-utility.ts';
import { WEB, type PlannedSale } from './plan-year.ts';
import { closeShift, fillFloat, openShift } from './run-till.ts';

const DAY_MS = 86_400_000;
const SEED = 37;

/** What a sale needs while it is carried out; the clock stands where its moment is. */
interface Scene {
	readonly backend: Backend;
	readonly chance: Chance;
}

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
	const caller = tillCaller(terminalId, vendorId);
	const opening = at(backend, chance, first.atMs - 60_000);
	await fillFloat(opening, caller);
	const shiftId = await openShift(opening, caller);
	for (const sale of sales) await sellFromFloat(at(backend, chance, sale.atMs), caller, sale);
	await closeShift(at(backend, chance, last.atMs + 60_000), caller, shiftId);
}

async function sellFromFloat(
	{ backend, chance }: Scene,
	caller: Caller,
	{ atMs, drn, amountMinor }: PlannedSale,
): Promise<void> {
	await claimFreeEnergy({ backend, chance }, caller, drn, atMs);
	const request: FloatVendRequest = {
		kind: 'credit',
		...{ drn, amountMinor, currency: DEMO_UTILITY.currency_code },
		agreed: ANY_PRICE,
		operatorId: null,
		tender: { method: 'cash', tenderedMinor: amountMinor },
		requestedAtMs: atMs,
	};
	// A fixed charge or arrears may leave nothing of a small note: the customer is told, and goes.
	taken(await requestVend(backend, caller, demoId(chance, atMs), request), 'amount-buys-nothing');
}

async function sellOverWeb(
	backend: Backend,
	chance: Chance,
	sales: readonly PlannedSale[],
): Promise<void> {
	for (const sale of sales) await sellToGuest(at(backend, chance, sale.atMs), sale);
}

async function sellToGuest(
	{ backend, chance }: Scene,
	{ atMs, drn, amountMinor }: PlannedSale,
): Promise<void> {
	const [id, paymentId] = [demoId(chance, atMs), demoId(chance, atMs)];
	const currency = DEMO_UTILITY.currency_code;
	const request: VendRequest = {
		...{ drn, amountMinor, currency, paymentId },
		agreed: ANY_PRICE,
		requestedAtMs: atMs,
	};
	const vend = await requestVend(backend, GUEST, id, request);
	if (!taken(vend, 'amount-buys-nothing')) return;
	const payment = { vendId: id, amountMinor, currency, method: 'sandbox' as const };
	taken(await requestPayment(backend, GUEST, paymentId, payment));
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
	taken(await requestVend(backend, caller, demoId(chance, atMs), request));
}

const ANY_PRICE = { energyDeciKwh: 0, tariff: { id: 'domestic-flat', version: 1 } } as const;

const GUEST: Caller = { utilityId: DEMO_UTILITY.id, roles: ['guest'], address: 'demo' };

function tillCaller(terminalId: string, vendorId: string): Caller {
	return { ...GUEST, roles: ['terminal'], terminalId, vendorId };
}

/** The backend with its clock at one moment. */
function at(backend: Backend, chance: Chance, ms: number): Scene {
	return { backend: { ...backend, clock: { nowMs: () => ms } }, chance };
}

/** @throws {Error} when it was refused with anything but what the year may meet */
function taken(outcome: object, expected?: Refusal['refusal']): boolean {
	if (!isRefusal(outcome)) return true;
	if (outcome.refusal === expected) return false;
	throw new Error(`the demo's year was refused: ${outcome.refusal}`);
}
