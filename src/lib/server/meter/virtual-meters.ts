/** The public-test estate: virtual meters that live in the app, and the only ones whose keys are handed out. */
import type { VirtualMeterProvision, VirtualMeterSummary } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { MeterRow, SupplyGroupKeyRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findMeter } from './find-meter.ts';

export async function listVirtualMeters(
	{ database }: Backend,
	{ utilityId }: Caller,
): Promise<{ meters: VirtualMeterSummary[] }> {
	const rows = await database
		.selectFrom('meter')
		.innerJoin('supply_group_key as key', (join) =>
			join.onRef('key.sgc', '=', 'meter.sgc').onRef('key.krn', '=', 'meter.krn'),
		)
		.select(['meter.drn', 'meter.label', 'meter.ea'])
		.where('key.public_test', '=', 1)
		.where('meter.utility_id', '=', utilityId)
		.orderBy('meter.drn')
		.execute();
	return { meters: rows.map(({ drn, label, ea }) => ({ drn, label, ea: ea === 11 ? 11 : 7 })) };
}

/**
 * All that the app needs to be this meter as it left the factory, whatever key it was given since: it takes
 * the key-change tokens of its sales as any meter does. Refusals, in order: those of the number,
 * `meter-unknown`, `decoder-key-withheld` (which the security module decides again for itself),
 * `vending-key-unknown`.
 * @throws {Fault} `security-module-unavailable`
 */
export async function provisionVirtualMeter(
	{ database, clock, securityModule }: Backend,
	caller: Caller,
	text: string,
): Promise<VirtualMeterProvision | Refusal> {
	const facts = await findMeter(database, caller, text, clock.nowMs());
	if (isRefusal(facts)) return facts;
	const { drn, label, tct, manufactured_at_ms: manufacturedAtMs } = facts.meter;
	const made = await factoryKey(database, facts.meter);
	if (made?.public_test !== 1) return { refusal: 'decoder-key-withheld' };
	const ea = facts.meter.ea === 11 ? 11 : 7;
	const { sgc, krn, ti, kt, ken, base_year: year } = made;
	const handed = await securityModule.decoderKey({ slot: made.slot, drn, sgc, krn, ti, ea });
	if (isRefusal(handed)) return handed;
	return {
		...{ drn, label, ea, tct, sgc, krn, kt, ti, ken, manufacturedAtMs },
		baseYear: year === 1993 || year === 2035 ? year : 2014,
		decoderKeyHex: handed.decoderKeyHex,
	};
}

/** What the meter had when it was made: written down for it, else what it has now. */
async function factoryKey(
	database: Database,
	meter: Pick<MeterRow, 'drn' | 'sgc' | 'krn' | 'ti'>,
): Promise<(SupplyGroupKeyRow & { ti: string }) | undefined> {
	const written = await database
		.selectFrom('virtual_meter')
		.selectAll()
		.where('drn', '=', meter.drn)
		.executeTakeFirst();
	const { sgc, krn, ti } = written ?? meter;
	const key = await database
		.selectFrom('supply_group_key')
		.selectAll()
		.where('sgc', '=', sgc)
		.where('krn', '=', krn)
		.executeTakeFirst();
	return key && { ...key, ti };
}
