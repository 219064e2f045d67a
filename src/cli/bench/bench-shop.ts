/** A whole backend, its security module in its own process, with tills that have a float to sell from. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import type { FloatVendRequest } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { startBackend, type RunningBackend } from '#lib/server/backend.ts';
import { openBatch } from '#lib/server/batch/open-batch.ts';
import { systemClock } from '#lib/server/clock.ts';
import { readSettings } from '#lib/server/environment.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { putDeposit } from '#lib/server/vendor/deposits.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { addMeters } from './bench-meters.ts';

export const UTILITY = 'lakeside';
const CURRENCY = 'KES';
const FLOAT_MINOR = 1_000_000_000_000;
const AMOUNT_MINOR = 50_000;
/** Of the first of the added meters. */
export const FIRST_SERIAL = 40_000_000;

/** The nth client's till, and whose it is. */
export const benchTill = (at: number) => ({ vendorId: `bench-${at}`, terminalId: `B-${at}` });

export interface BenchShop {
	readonly backend: RunningBackend;
	/** One vend at a client's till, to its end. */
	sell(client: number): Promise<void>;
	/** How many there were. */
	sold(): number;
	close(): Promise<void>;
}

/**
 * @param added meters beside the demo's. A meter that is sold to more than once a minute runs ahead of the
 * clock with its TIDs, and the permission to issue has to be written ahead of them (`continuity/permit.ts`):
 * whoever sells without a pause needs many meters, as a town has them
 * @param settings environment variables beside those of the bench
 */
export async function openBenchShop(
	place: string,
	clients: number,
	added: number,
	settings: Readonly<Record<string, string>> = {},
): Promise<BenchShop> {
	const home = mkdtempSync(join(tmpdir(), 'tokenline-bench-home-'));
	const environment = { TOKENLINE_HOME: home, TOKENLINE_DATABASE: place, TOKENLINE_MODE: 'demo' };
	const read = readSettings({ ...environment, ...settings }, process.cwd());
	const backend = await startBackend(read, systemClock, () => undefined);
	const callers: Caller[] = [];
	for (let at = 0; at < clients; at += 1) callers.push(await openTill(backend, at));
	const meters = await metersOf(backend, added);
	let sold = 0;
	return {
		backend,
		async sell(client) {
			const caller = callers[client];
			// Every client has meters of its own: who buys at two tills at once is measured elsewhere.
			const own = Math.floor(meters.length / clients);
			const drn = meters[client * own + (sold % own)];
			if (caller === undefined || drn === undefined) throw new RangeError('no such client');
			sold += 1;
			const vend = await requestVend(backend, caller, uuidV7(), requestFor(drn));
			if (isRefusal(vend)) throw new Error(`refused: ${vend.refusal}`);
		},
		sold: () => sold,
		async close() {
			await backend.close();
			rmSync(home, { recursive: true, force: true });
		},
	};
}

function requestFor(drn: string): FloatVendRequest {
	return {
		kind: 'credit',
		...{ drn, amountMinor: AMOUNT_MINOR, currency: CURRENCY, operatorId: null },
		agreed: { energyDeciKwh: 0, tariff: { id: 'domestic-flat', version: 1 } },
		tender: { method: 'cash', tenderedMinor: AMOUNT_MINOR },
		requestedAtMs: 0,
	};
}

async function metersOf({ database }: RunningBackend, added: number): Promise<string[]> {
	const rows = await database
		.selectFrom('meter')
		.select('drn')
		.where('state', '=', 'active')
		.where('tariff_id', '=', 'domestic-flat')
		.execute();
	const drns = rows.map(({ drn }) => drn);
	const more = { from: FIRST_SERIAL, count: added };
	return [...drns, ...(await addMeters(database, drns[0] ?? '', more))];
}

async function openTill(backend: RunningBackend, at: number): Promise<Caller> {
	const { database } = backend;
	const { vendorId, terminalId } = benchTill(at);
	await database
		.insertInto('vendor')
		.values({
			...{ id: vendorId, utility_id: UTILITY, name: `Bench ${at}`, state: 'active' },
			...{ float_minor: 0, credit_limit_minor: 0, commission_basis_points: 200, blind_vend: 0 },
		})
		.execute();
	await database
		.insertInto('terminal')
		.values({
			...{ id: terminalId, utility_id: UTILITY, vendor_id: vendorId, name: 'Till' },
			state: 'active',
		})
		.execute();
	const office: Caller = { utilityId: UTILITY, roles: ['office-clerk'], address: 'bench' };
	const till: Caller = { ...office, roles: ['terminal'], vendorId, terminalId };
	await putDeposit(backend, office, uuidV7(), {
		...{ vendorId, amountMinor: FLOAT_MINOR, currency: CURRENCY, bankingReference: vendorId },
	});
	await openBatch(backend, till, uuidV7(), { kind: 'shift', parentId: null, operatorId: null });
	return till;
}
