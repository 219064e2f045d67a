/** Vendors as the office keeps them: made, limited, suspended, listed. Their floats move by bookings only. */
import * as v from 'valibot';
import {
	VendorId,
	type VendorAnswer,
	type VendorList,
	type VendorRequest,
} from '#lib/core/sync/wire-vendors.ts';
import type { Caller } from '../access/caller.ts';
import { inScope } from '../access/scope.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockVendor } from '../database/lock.ts';
import type { Database, Write } from '../database/open.ts';
import type { VendorRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { currencyOf, type UtilityCurrency } from '../meter/currency.ts';
import { isRefusal, type Refusal } from '../refusal.ts';

const PAGE = 100;

/** Makes a vendor, or makes one so. Order: `body-shape` (its id), `id-reused` (another utility's). */
export async function putVendor(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	asked: VendorRequest,
): Promise<VendorAnswer | Refusal> {
	if (!v.is(VendorId, id))
		return {
			refusal: 'body-shape',
			errors: [{ pointer: '', detail: 'expected a vendor id such as harbour-kiosk' }],
		};
	return await transact(database, async (write) => {
		await lockVendor(write, id);
		const present = await vendorRow(write, id);
		if (present !== undefined && present.utility_id !== caller.utilityId)
			return { refusal: 'id-reused' };
		const row = { ...newVendor(caller.utilityId, id), ...present, ...columnsOf(asked) };
		if (present === undefined) await write.insertInto('vendor').values(row).execute();
		else if (isOther(present, asked))
			await write.updateTable('vendor').set(columnsOf(asked)).where('id', '=', id).execute();
		else return vendorShape(row, await currencyOf(write, caller.utilityId));
		await recordDeed(write, caller, deedOf(present, row), clock.nowMs());
		return vendorShape(row, await currencyOf(write, caller.utilityId));
	});
}

function newVendor(utilityId: string, id: string) {
	return { id, utility_id: utilityId, float_minor: 0 };
}

function columnsOf(asked: VendorRequest) {
	return {
		name: asked.name,
		state: asked.state,
		credit_limit_minor: asked.creditLimitMinor,
		commission_basis_points: asked.commissionBasisPoints,
		blind_vend: asked.blindVend ? 1 : 0,
	};
}

function isOther(present: VendorRow, asked: VendorRequest): boolean {
	const columns = Object.entries(columnsOf(asked));
	return columns.some(([name, value]) => present[name as keyof VendorRow] !== value);
}

function deedOf(present: VendorRow | undefined, row: VendorRow) {
	const facts = {
		state: row.state,
		creditLimitMinor: row.credit_limit_minor,
		creditLimitBeforeMinor: present?.credit_limit_minor ?? null,
		commissionBasisPoints: row.commission_basis_points,
		commissionBasisPointsBefore: present?.commission_basis_points ?? null,
		blindVend: row.blind_vend === 1,
	};
	const action = present === undefined ? 'vendor-made' : 'vendor-changed';
	return { action, subject: { kind: 'vendor', id: row.id }, facts };
}

/** Refusal: `not-found`, also for the vendors of whom the caller is not one. */
export async function findVendor(
	database: Database | Write,
	caller: Caller,
	id: string,
): Promise<VendorRow | Refusal> {
	const row = await vendorRow(database, id);
	const isStranger = caller.vendorId !== undefined && caller.vendorId !== id;
	return isStranger ? { refusal: 'not-found' } : inScope(caller, row);
}

export async function vendorRow(
	database: Database | Write,
	id: string,
): Promise<VendorRow | undefined> {
	return await database.selectFrom('vendor').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Refusal: `not-found`. */
export async function readVendor(
	{ database }: Backend,
	caller: Caller,
	id: string,
): Promise<VendorAnswer | Refusal> {
	const row = await findVendor(database, caller, id);
	return isRefusal(row) ? row : vendorShape(row, await currencyOf(database, caller.utilityId));
}

/** A page of them by id. */
export async function listVendors(
	{ database }: Backend,
	{ utilityId }: Caller,
	after = '',
): Promise<VendorList> {
	const rows = await database
		.selectFrom('vendor')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.where('id', '>', after)
		.orderBy('id')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	const currency = await currencyOf(database, utilityId);
	return {
		vendors: page.map((row) => vendorShape(row, currency)),
		next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
	};
}

export function vendorShape(row: VendorRow, currency: UtilityCurrency): VendorAnswer {
	return {
		...{ id: row.id, name: row.name, state: row.state, currency },
		floatMinor: row.float_minor,
		creditLimitMinor: row.credit_limit_minor,
		availableMinor: Math.max(0, row.float_minor + row.credit_limit_minor),
		commissionBasisPoints: row.commission_basis_points,
		blindVend: row.blind_vend === 1,
	};
}
