/**
 * What was sold in a batch: sums that the database makes over its shifts, and their grouping, which is pure.
 * Reckoned anew at any time while it is open (X), once and for good when it is closed (Z). A token made
 * beforehand is sold in the shift that revealed it, as that one was paid for, and until then in none.
 */
import type { BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import { TENDER_METHODS, type TenderMethod } from '#lib/core/sync/wire.ts';
import type { Database, Write } from '../database/open.ts';
import type { BatchRow, VendKind, VendRowState } from '../database/schema.ts';
import { VEND_KIND_ROWS } from '../vend/kinds.ts';
import { shiftsIn } from './batch-rows.ts';

/** Vends that are alike in all that totals are told apart by. */
export interface SoldGroup {
	readonly state: VendRowState;
	readonly kind: VendKind;
	readonly payType: TenderMethod | null;
	readonly operatorId: string | null;
	readonly resource: string;
	readonly count: number;
	readonly amountMinor: number;
	readonly energyDeciKwh: number;
}

export async function readTotals(
	database: Database | Write,
	batch: Pick<BatchRow, 'id' | 'kind'>,
): Promise<BatchTotals> {
	const groups: SoldGroup[] = [];
	for (const shift of await shiftsIn(database, batch))
		groups.push(...(await groupsOfShift(database, shift)), ...(await revealedIn(database, shift)));
	return totalsOf(groups);
}

async function groupsOfShift(database: Database | Write, shift: string): Promise<SoldGroup[]> {
	const rows = await database
		.selectFrom('vend')
		.innerJoin('meter', 'meter.drn', 'vend.drn')
		.select(['vend.state', 'vend.kind', 'vend.pay_type', 'vend.operator_id', 'meter.resource'])
		.select(({ fn, selectFrom }) => [
			fn.countAll<number>().as('count'),
			fn.sum<number>('vend.amount_minor').as('amount'),
			fn
				.sum<number | null>(
					selectFrom('vend_token')
						.select(({ fn }) => fn.sum<number>('energy_deci_kwh').as('energy'))
						.whereRef('vend_token.vend_id', '=', 'vend.id'),
				)
				.as('energy'),
		])
		.where('vend.shift_batch_id', '=', shift)
		.groupBy(['vend.state', 'vend.kind', 'vend.pay_type', 'vend.operator_id', 'meter.resource'])
		.execute();
	return rows.map((row) => ({
		...{ state: row.state, kind: row.kind, payType: row.pay_type, operatorId: row.operator_id },
		...{ resource: row.resource, count: Number(row.count), amountMinor: Number(row.amount) },
		energyDeciKwh: Number(row.energy ?? 0),
	}));
}

/** The sealed tokens that a shift revealed: few, each a group of its own. */
async function revealedIn(database: Database | Write, shift: string): Promise<SoldGroup[]> {
	const rows = await database
		.selectFrom('reserve_end')
		.innerJoin('vend', 'vend.id', 'reserve_end.vend_id')
		.innerJoin('meter', 'meter.drn', 'vend.drn')
		.select(['vend.state', 'vend.kind', 'vend.amount_minor', 'meter.resource'])
		.select(['reserve_end.operator_id', 'reserve_end.tender'])
		.select(({ selectFrom }) =>
			selectFrom('vend_token')
				.select(({ fn }) => fn.sum<number>('energy_deci_kwh').as('energy'))
				.whereRef('vend_token.vend_id', '=', 'vend.id')
				.as('energy'),
		)
		.where('reserve_end.shift_batch_id', '=', shift)
		.where('reserve_end.state', '=', 'revealed')
		.execute();
	return rows.map((row) => ({
		...{ state: row.state, kind: row.kind, operatorId: row.operator_id, resource: row.resource },
		payType: tenderMethodOf(row.tender),
		...{ count: 1, amountMinor: row.amount_minor, energyDeciKwh: Number(row.energy ?? 0) },
	}));
}

function tenderMethodOf(tender: string | null): TenderMethod | null {
	return tender === null ? null : (JSON.parse(tender) as { method: TenderMethod }).method;
}

/** Sold is what the customer has paid for and not had back: with a token, or still to get one. */
const UNFINISHED: readonly VendRowState[] = ['awaiting-payment', 'paid', 'issuing'];

/** Pure: the groups in the ways that a batch is read. */
export function totalsOf(groups: readonly SoldGroup[]): BatchTotals {
	const sold = groups.filter(({ state }) => state !== 'refused' && state !== 'reversed');
	const inState = (states: readonly VendRowState[]) =>
		tallyOf(groups.filter(({ state }) => states.includes(state)));
	return {
		sold: energyOf(sold),
		byPayType: TENDER_METHODS.map((payType) => ({
			payType,
			...tallyOf(sold.filter((group) => group.payType === payType)),
		})).filter(({ count }) => count > 0),
		byOperator: apart(sold, ({ operatorId }) => operatorId).map(([operatorId, of]) => ({
			operatorId,
			...energyOf(of),
		})),
		byTransactionType: apart(sold, ({ kind }) => kind).map(([kind, of]) => ({
			...{ kind, transactionType: VEND_KIND_ROWS[kind].transactionType },
			...energyOf(of),
		})),
		byResource: apart(sold, ({ resource }) => resource).map(([resource, of]) => ({
			resource,
			...energyOf(of),
		})),
		unfinished: inState(UNFINISHED),
		refused: inState(['refused']),
		reversed: inState(['reversed']),
	};
}

function apart<Key extends string | null>(
	groups: readonly SoldGroup[],
	keyOf: (group: SoldGroup) => Key,
): [Key, SoldGroup[]][] {
	const keys = [...new Set(groups.map(keyOf))];
	keys.sort((one, other) => (one ?? '').localeCompare(other ?? ''));
	return keys.map((key) => [key, groups.filter((group) => keyOf(group) === key)]);
}

function tallyOf(groups: readonly SoldGroup[]) {
	return {
		count: groups.reduce((sum, { count }) => sum + count, 0),
		amountMinor: groups.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
	};
}

function energyOf(groups: readonly SoldGroup[]) {
	const energyDeciKwh = groups.reduce((sum, group) => sum + group.energyDeciKwh, 0);
	return { ...tallyOf(groups), energyDeciKwh };
}
