/** A till's day around its sales: the float filled when it runs low, the shift opened, the cash counted. */
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { closeBatch } from '../batch/close-batch.ts';
import { openBatch } from '../batch/open-batch.ts';
import { isRefusal } from '../refusal.ts';
import { putDeposit } from '../vendor/deposits.ts';
import type { Chance } from './chance.ts';
import { demoId } from './demo-id.ts';
import { DEMO_UTILITY } from './demo-utility.ts';

/** What a part of the year needs while it is carried out; the clock stands where its moment is. */
export interface Scene {
	readonly backend: Backend;
	readonly chance: Chance;
}

/** Somebody who stands at a vendor's till. */
export interface Keeper {
	readonly caller: Caller;
	readonly vendorId: string;
	readonly operatorId: string | null;
}

/** Below this a vendor goes to the bank. */
const LOW_MINOR = 1_000_000;
const DEPOSIT_MINOR = 4_000_000;

const CLERK: Caller = { utilityId: DEMO_UTILITY.id, roles: ['office-clerk'], address: 'demo' };

export async function fillFloat({ backend, chance }: Scene, { vendorId }: Keeper): Promise<void> {
	const { float_minor: floatMinor } = await backend.database
		.selectFrom('vendor')
		.select('float_minor')
		.where('id', '=', vendorId)
		.executeTakeFirstOrThrow();
	if (floatMinor >= LOW_MINOR) return;
	const nowMs = backend.clock.nowMs();
	const deposit = await putDeposit(backend, CLERK, demoId(chance, nowMs), {
		vendorId,
		amountMinor: DEPOSIT_MINOR,
		currency: DEMO_UTILITY.currency_code,
		bankingReference: `SLIP ${vendorId} ${new Date(nowMs).toISOString().slice(0, 10)}`,
	});
	mustBeTaken(deposit);
}

export async function startShift({ backend, chance }: Scene, keeper: Keeper): Promise<string> {
	const id = demoId(chance, backend.clock.nowMs());
	const { caller, operatorId } = keeper;
	mustBeTaken(await openBatch(backend, caller, id, { kind: 'shift', parentId: null, operatorId }));
	return id;
}

/** @param cashMinor what is in the drawer */
export async function endShift(
	{ backend }: Scene,
	{ caller }: Keeper,
	id: string,
	cashMinor: number,
): Promise<void> {
	const closing = { cash: inNotes(cashMinor), others: [], reference: null };
	mustBeTaken(await closeBatch(backend, caller, id, closing));
}

/** Notes and coins of the demo's currency, minor units, largest first. */
const DENOMINATIONS = [100_000, 50_000, 20_000, 10_000, 5_000, 1_000, 100, 1];

function inNotes(cashMinor: number): { denominationMinor: number; count: number }[] {
	let left = cashMinor;
	return DENOMINATIONS.flatMap((denominationMinor) => {
		const count = Math.floor(left / denominationMinor);
		left -= count * denominationMinor;
		return count === 0 ? [] : [{ denominationMinor, count }];
	});
}

/** @throws {Error} when it was refused: nothing in the demo's plan may be */
export function mustBeTaken(outcome: object): void {
	if (isRefusal(outcome)) throw new Error(`the demo's year was refused: ${outcome.refusal}`);
}
