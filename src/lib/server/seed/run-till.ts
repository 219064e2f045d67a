/** A till's day around its sales: the float filled when it runs low, the shift opened and closed. */
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Chance } from './chance.ts';
import { demoId } from './demo-id.ts';

interface Scene {
	readonly backend: Backend;
	readonly chance: Chance;
}

/** Below this a vendor goes to the bank. */
const LOW_MINOR = 1_000_000;
const DEPOSIT_MINOR = 5_000_000;

export async function fillFloat({ backend }: Scene, caller: Caller): Promise<void> {
	await backend.database
		.updateTable('vendor')
		.set({ float_minor: DEPOSIT_MINOR })
		.where('id', '=', caller.vendorId ?? '')
		.where('float_minor', '<', LOW_MINOR)
		.execute();
}

export async function openShift({ backend, chance }: Scene, caller: Caller): Promise<string> {
	const nowMs = backend.clock.nowMs();
	const id = demoId(chance, nowMs);
	await backend.database
		.insertInto('batch')
		.values({
			id,
			utility_id: caller.utilityId,
			vendor_id: caller.vendorId ?? '',
			terminal_id: caller.terminalId ?? '',
			kind: 'shift',
			parent_id: null,
			content_hash: '',
			state: 'open',
			opened_at_ms: nowMs,
			opened_by: 'demo',
			closed_at_ms: null,
			closed_by: null,
			totals: null,
		})
		.execute();
	return id;
}

export async function closeShift({ backend }: Scene, _caller: Caller, id: string): Promise<void> {
	await backend.database
		.updateTable('batch')
		.set({ state: 'closed', closed_at_ms: backend.clock.nowMs(), totals: '{}' })
		.where('id', '=', id)
		.execute();
}
