/**
 * Whoever changes what belongs to one meter (its account, its TIDs, its vends) first takes the meter, so
 * that two nodes never decide on the same facts. SQLite needs no more than its one writer.
 */
import type { CompiledQuery } from 'kysely';
import { isPostgres } from './dialect.ts';
import type { Write } from './open.ts';
import { prepared } from './prepared.ts';

export async function lockMeter(write: Write, drn: string): Promise<void> {
	const lock = meterLock(write, drn);
	if (lock !== null) await write.executeQuery(lock);
}

/** The same as a query to be asked together with what is read under the lock; null: none is needed. */
export function meterLock(write: Write, drn: string): CompiledQuery | null {
	return isPostgres(write) ? lockOfMeter.with(write, { drn }) : null;
}

const lockOfMeter = prepared<{ drn: string }>()((db, given) =>
	db.selectFrom('meter').select('drn').where('drn', '=', given('drn')).forUpdate(),
);

/** Whoever decides on a proposal first takes it, so that it is decided on once. */
export async function lockApproval(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('approval').select('id').where('id', '=', id).forUpdate().execute();
}

/** Whoever adds a version to a tariff first takes those that there are, so that each has its own number. */
export async function lockTariff(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('tariff').select('id').where('id', '=', id).forUpdate().execute();
}

/**
 * Whoever changes a supply group or one of its keys first takes the group, so that what two people decide at
 * once of one key both stands. Rows that only point to the group do not wait for it.
 */
export async function lockSupplyGroup(write: Write, sgc: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write
		.selectFrom('supply_group')
		.select('sgc')
		.where('sgc', '=', sgc)
		.forNoKeyUpdate()
		.execute();
}

/**
 * Whoever gives out a name that is unique within a utility takes the utility first, so that of two who want
 * it one is refused and none fails. Rows that only point to the utility do not wait for it.
 */
export async function lockUtility(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('utility').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

/** Whoever moves a vendor's money by anything but a sale first takes the vendor. */
export async function lockVendor(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('vendor').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

/** Whoever closes a batch, or opens one in it, first takes it. What is sold in a shift shares it (`batch/open-shift.ts`). */
export async function lockBatch(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('batch').select('id').where('id', '=', id).forUpdate().execute();
}

/** Whoever settles what one vend or payment left owed first takes that vend. */
export async function lockVendRow(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('vend').select('id').where('id', '=', id).forUpdate().execute();
}

/** Whoever opens a till's shift first takes the till: it has one at a time. */
export async function lockTerminal(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('terminal').select('id').where('id', '=', id).forUpdate().execute();
}

/** Whoever moves a payment on first takes its vend's meter (`lockMeter`), then the payment. */
export async function lockPaymentRow(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('payment').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

/** Whoever gives somebody one more device first takes the person, so that the limit holds. */
export async function lockOperator(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('operator').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

/** Whoever adds to a field device's journal, or ends the device, first takes the device. */
export async function lockDevice(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write
		.selectFrom('field_device')
		.select('id')
		.where('id', '=', id)
		.forNoKeyUpdate()
		.execute();
}

/** Whoever adds to a till's journal, or makes sealed tokens for its device, first takes its head. */
export async function lockJournal(write: Write, deviceId: string): Promise<void> {
	const lock = journalLock(write, deviceId);
	if (lock !== null) await write.executeQuery(lock);
}

/** The same as a query to be asked together with what is read under the lock; null: none is needed. */
export function journalLock(write: Write, deviceId: string): CompiledQuery | null {
	return isPostgres(write) ? lockOfJournal.with(write, { deviceId }) : null;
}

const lockOfJournal = prepared<{ deviceId: string }>()((db, given) =>
	db
		.selectFrom('till_head')
		.select('device_id')
		.where('device_id', '=', given('deviceId'))
		.forNoKeyUpdate(),
);

/** Whoever makes a till's entry a vend, or keeps what has become of it, first takes the entry: it is one or the other. */
export async function lockEntry(write: Write, id: string): Promise<void> {
	const lock = entryLock(write, id);
	if (lock !== null) await write.executeQuery(lock);
}

/** The same as a query to be asked together with what is read under the lock; null: none is needed. */
export function entryLock(write: Write, id: string): CompiledQuery | null {
	return isPostgres(write) ? lockOfEntry.with(write, { id }) : null;
}

const lockOfEntry = prepared<{ id: string }>()((db, given) =>
	db.selectFrom('till_entry').select('id').where('id', '=', given('id')).forNoKeyUpdate(),
);

/** Whoever closes a technician's job, or packs it, first takes it. */
export async function lockJob(write: Write, id: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('job').select('id').where('id', '=', id).forUpdate().execute();
}
