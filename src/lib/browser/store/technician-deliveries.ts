/**
 * How far the work at each meter is: what `core/field` decided, as JSON that the store does not look into. A
 * change names the revision it was decided on, so that two tabs do not both go on from the same.
 */
import { StoreFault, stored } from './store-fault.ts';
import { TECHNICIAN_SCHEMA, type DeliveryRow, type ResumeRow } from './technician-rows.ts';
import type { TechnicianStore } from './technician.ts';

/** A new state of a meter's tokens. */
export interface DeliveryChange {
	readonly drn: string;
	/** Revision it was decided on; 0: there was none. */
	readonly revision: number;
	/** JSON. */
	readonly snapshot: string;
}

/** @throws {StoreFault} */
export function readDelivery(
	store: TechnicianStore,
	drn: string,
): Promise<DeliveryRow | undefined> {
	return stored(() => store.deliveries.get(drn));
}

/** Every meter with tokens on the way, the last touched first. @throws {StoreFault} */
export async function readDeliveries(store: TechnicianStore): Promise<DeliveryRow[]> {
	const rows = await stored(() => store.deliveries.toArray());
	return rows.sort((one, other) => other.updatedAtMs - one.updatedAtMs);
}

/**
 * Stores a state before anything of it is put on the line.
 * @returns the new revision
 * @throws {StoreFault} nothing was written. `other-tab`: the state is not the one this was decided on
 */
export function writeDelivery(
	store: TechnicianStore,
	change: DeliveryChange,
	nowMs: number,
): Promise<number> {
	return stored(() =>
		store.transaction('rw', store.deliveries, () => putDelivery(store, change, nowMs)),
	);
}

/** The same within a transaction of somebody else's. */
export async function putDelivery(
	store: TechnicianStore,
	{ drn, revision, snapshot }: DeliveryChange,
	nowMs: number,
): Promise<number> {
	const here = await store.deliveries.get(drn);
	if ((here?.revision ?? 0) !== revision) throw new StoreFault('other-tab');
	const next = revision + 1;
	await store.deliveries.put({
		...{ drn, schema: TECHNICIAN_SCHEMA, snapshot, revision: next, updatedAtMs: nowMs },
	});
	return next;
}

/** Forgets a meter whose work is done and told of. */
export async function forgetDelivery(store: TechnicianStore, drn: string): Promise<void> {
	await stored(() => store.deliveries.delete(drn));
}

/** Where a long reading or a transfer goes on. @param subject a logical name, or `firmware` */
export function readResume(
	store: TechnicianStore,
	drn: string,
	subject: string,
): Promise<ResumeRow | undefined> {
	return stored(() => store.resumes.get([drn, subject]));
}

/** @throws {StoreFault} nothing was written */
export async function writeResume(
	store: TechnicianStore,
	row: Omit<ResumeRow, 'schema'>,
): Promise<void> {
	await stored(() => store.resumes.put({ ...row, schema: TECHNICIAN_SCHEMA }));
}

export async function forgetResume(
	store: TechnicianStore,
	drn: string,
	subject: string,
): Promise<void> {
	await stored(() => store.resumes.delete([drn, subject]));
}
