/** The technicians who have signed in on this machine: whoever did may unlock their vault by PIN alone. */
import { stored } from './store-fault.ts';
import { TECHNICIAN_SCHEMA, type TechnicianRow } from './technician-rows.ts';
import type { TechnicianStore } from './technician.ts';

export type Technician = Omit<TechnicianRow, 'schema' | 'lastSignedInMs'>;

/** @throws {StoreFault} */
export async function rememberTechnician(
	store: TechnicianStore,
	technician: Technician,
	nowMs: number,
): Promise<void> {
	const row = { ...technician, schema: TECHNICIAN_SCHEMA, lastSignedInMs: nowMs } as const;
	await stored(() => store.technicians.put(row));
}

/** The last who signed in first. @throws {StoreFault} */
export function readTechnicians(store: TechnicianStore): Promise<TechnicianRow[]> {
	return stored(() => store.technicians.orderBy('lastSignedInMs').reverse().toArray());
}

/** @throws {StoreFault} */
export async function forgetTechnician(store: TechnicianStore, operatorId: string): Promise<void> {
	await stored(() => store.technicians.delete(operatorId));
}
