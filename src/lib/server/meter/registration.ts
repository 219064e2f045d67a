/** Meters as the office registers them, with the customer and the account of each. */
import { v7 as uuidV7 } from 'uuid';
import type { MeterRegistration, MeterRegistrationRequest } from '#lib/core/sync/wire-estate.ts';
import { civilDateOf, formatMonth } from '#lib/core/units/instant.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockMeter } from '../database/lock.ts';
import type { Database, Write } from '../database/open.ts';
import type { AccountRow, CustomerRow, MeterRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import type { Refusal } from '../refusal.ts';
import { checkRegistration, decideChange } from './check-registration.ts';
import {
	accountColumns,
	changedFields,
	customerColumns,
	meterColumns,
	registrationShape,
	type RegisteredMeter,
} from './registration-shape.ts';

/**
 * Registers a meter, or makes its registration so: said twice, the same. Order: those of the number,
 * `meter-unknown` (another utility's), `approval-needed` (key or tariff of a known meter),
 * `block-decision-needed` (its state), those of `checkRegistration`.
 */
export async function putRegistration(
	{ database, clock }: Backend,
	caller: Caller,
	text: string,
	asked: MeterRegistrationRequest,
): Promise<MeterRegistration | Refusal> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const { drn } = number;
	const { utilityId } = caller;
	return await transact(database, async (write) => {
		await lockMeter(write, drn);
		const nowMs = clock.nowMs();
		const present = await registeredMeter(write, drn);
		if (present && present.meter.utility_id !== utilityId) return { refusal: 'meter-unknown' };
		const denied =
			(present && decideChange(present.meter, asked)) ??
			(await checkRegistration(write, utilityId, asked, nowMs));
		if (denied !== undefined) return denied;
		return present === undefined
			? await register(write, caller, { drn, asked, nowMs })
			: await change(write, caller, { present, asked, nowMs });
	});
}

/** Of two who register it at once the later one is done again, and finds it (`database/retried.ts`). */
async function register(
	write: Write,
	caller: Caller,
	{ drn, asked, nowMs }: { drn: string; asked: MeterRegistrationRequest; nowMs: number },
): Promise<MeterRegistration> {
	const { utilityId } = caller;
	const made = newMeter({ drn, asked, nowMs, month: await monthOf(write, utilityId, nowMs) });
	const ours = { utility_id: utilityId };
	const registered = {
		customer: { ...made.customer, ...ours },
		meter: { ...made.meter, ...ours },
		account: made.account,
	};
	await write.insertInto('customer').values(registered.customer).execute();
	await write.insertInto('meter').values(registered.meter).execute();
	await write.insertInto('account').values(registered.account).execute();
	const deed = { action: 'meter-registered', subject: { kind: 'meter', id: drn } };
	await recordDeed(write, caller, deed, nowMs);
	return registrationShape(registered);
}

interface NewMeter {
	readonly customer: Omit<CustomerRow, 'utility_id'>;
	readonly meter: Omit<MeterRow, 'utility_id'>;
	readonly account: AccountRow;
}

/** Nothing bought and nothing owed, the month's fixed charge still to be taken. */
function newMeter(from: {
	readonly drn: string;
	readonly asked: MeterRegistrationRequest;
	readonly nowMs: number;
	readonly month: string;
}): NewMeter {
	const { drn, asked, nowMs, month } = from;
	const customerId = uuidV7({ msecs: nowMs });
	return {
		customer: { id: customerId, ...customerColumns(asked) },
		meter: {
			...{ drn, customer_id: customerId, label: '', ...meterColumns(asked) },
			...{ resource: 'electricity', manufactured_at_ms: nowMs },
		},
		account: {
			...{ drn, month, bought_deci_kwh: 0, fixed_charge_due: 1, ...accountColumns(asked) },
			...{ arrears_minor: 0, arrears_paid_minor: 0, left_over_minor: 0 },
			...{ fbe_month: null, last_vend_id: null },
		},
	};
}

async function monthOf(write: Write, utilityId: string, nowMs: number): Promise<string> {
	const { time_zone: timeZone } = await write
		.selectFrom('utility')
		.select('time_zone')
		.where('id', '=', utilityId)
		.executeTakeFirstOrThrow();
	return formatMonth(civilDateOf(nowMs, timeZone));
}

async function change(
	write: Write,
	caller: Caller,
	from: { present: RegisteredMeter; asked: MeterRegistrationRequest; nowMs: number },
): Promise<MeterRegistration> {
	const { present, asked, nowMs } = from;
	const { meter, customer, account } = present;
	const { drn } = meter;
	const changed = changedFields(registrationShape(present), asked);
	if (changed.length === 0) return registrationShape(present);
	const columns = {
		...{ customer: customerColumns(asked), meter: meterColumns(asked) },
		account: accountColumns(asked),
	};
	await write.updateTable('customer').set(columns.customer).where('id', '=', customer.id).execute();
	await write.updateTable('meter').set(columns.meter).where('drn', '=', drn).execute();
	await write.updateTable('account').set(columns.account).where('drn', '=', drn).execute();
	// Which fields, never what they say: that is about people.
	const facts = { changed: changed.join(' ') };
	const subject = { kind: 'meter', id: drn };
	await recordDeed(write, caller, { action: 'meter-registration-changed', subject, facts }, nowMs);
	return registrationShape({
		meter: { ...meter, ...columns.meter },
		customer: { ...customer, ...columns.customer },
		account: { ...account, ...columns.account },
	});
}

/** Refusals, in order: those of the number, `meter-unknown`. */
export async function readRegistration(
	{ database }: Backend,
	{ utilityId }: Caller,
	text: string,
): Promise<MeterRegistration | Refusal> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const present = await registeredMeter(database, number.drn);
	return present?.meter.utility_id === utilityId
		? registrationShape(present)
		: { refusal: 'meter-unknown' };
}

/** Whichever utility's. */
async function registeredMeter(
	database: Database | Write,
	drn: string,
): Promise<RegisteredMeter | undefined> {
	const meter = await database
		.selectFrom('meter')
		.selectAll()
		.where('drn', '=', drn)
		.executeTakeFirst();
	if (meter === undefined) return undefined;
	const customer = await database
		.selectFrom('customer')
		.selectAll()
		.where('id', '=', meter.customer_id)
		.executeTakeFirstOrThrow();
	const account = await database
		.selectFrom('account')
		.selectAll()
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();
	return { meter, customer, account };
}
