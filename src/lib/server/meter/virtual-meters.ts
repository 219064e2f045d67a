/** The public-test estate: virtual meters that live in the app, and the only ones whose keys are handed out. */
import type { VirtualMeterProvision, VirtualMeterSummary } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
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
 * All that the app needs to be this meter. Refusals, in order: those of the number, `meter-unknown`,
 * `decoder-key-withheld` (which the security module decides again for itself).
 * @throws {Fault} `security-module-unavailable`
 */
export async function provisionVirtualMeter(
	{ database, clock, securityModule }: Backend,
	caller: Caller,
	text: string,
): Promise<VirtualMeterProvision | Refusal> {
	const facts = await findMeter(database, caller, text, clock.nowMs());
	if (isRefusal(facts)) return facts;
	const { meter, key } = facts;
	if (key?.public_test !== 1) return { refusal: 'decoder-key-withheld' };
	const ea = meter.ea === 11 ? 11 : 7;
	const { drn, label, tct, sgc, krn, ti } = meter;
	const handed = await securityModule.decoderKey({ slot: key.slot, drn, sgc, krn, ti, ea });
	if (isRefusal(handed)) return handed;
	const { kt, ken, base_year: year } = key;
	return {
		...{ drn, label, ea, tct, sgc, krn, kt, ti, ken },
		baseYear: year === 1993 || year === 2035 ? year : 2014,
		decoderKeyHex: handed.decoderKeyHex,
		manufacturedAtMs: meter.manufactured_at_ms,
	};
}
