/** One meter of a pack: what must be known of it in a cellar, and with what it is associated with. */
import type { JobPack } from '#lib/core/sync/wire-packs.ts';
import type { MeterProfileShape } from '#lib/core/sync/wire-associations.ts';
import type { TokensWanted } from '#lib/core/sync/wire-jobs.ts';
import type { Write } from '../database/open.ts';
import type { CustomerRow, MeterRow, SupplyGroupKeyRow } from '../database/schema.ts';
import { openSecrets } from '../dlms-secret/associations.ts';
import type { SecretSeal } from '../dlms-secret/secret-seal.ts';
import { lockMeter } from '../database/lock.ts';
import { maskName } from '../meter/mask-name.ts';
import { keyAt, targetOf, type TargetKey } from '../meter/target-key.ts';
import { packTokens } from './pack-tokens.ts';

export type PackMeter = JobPack['meters'][number];

export interface PackedMeter {
	readonly meter: PackMeter;
	/** There are secrets, and they do not open under this home's key. */
	readonly isUnreadable: boolean;
}

/** The meter is taken first: its vends are released, and its secrets are marked as handed out. */
export async function packMeter(
	write: Write,
	seal: SecretSeal,
	from: { readonly drn: string; readonly wanted: readonly TokensWanted[]; readonly nowMs: number },
): Promise<PackedMeter> {
	const { drn, wanted, nowMs } = from;
	await lockMeter(write, drn);
	const row = await write
		.selectFrom('meter')
		.selectAll()
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();
	const customer = await write
		.selectFrom('customer')
		.selectAll()
		.where('id', '=', row.customer_id)
		.executeTakeFirstOrThrow();
	const key = await keyAt(write, row);
	const place = { sgc: row.next_sgc ?? row.sgc, ti: row.next_ti ?? row.ti };
	const target = await targetOf(write, row, place);
	const { association, isUnreadable } = await handOut(write, seal, drn, nowMs);
	const tokens = await packTokens(write, drn, wanted, nowMs);
	return {
		meter: {
			...factsOf(row, customer, key),
			keyWanted: wantedKey(row, target),
			association,
			tokens,
		},
		isUnreadable,
	};
}

function factsOf(
	row: MeterRow,
	customer: CustomerRow,
	key: SupplyGroupKeyRow | undefined,
): Omit<PackMeter, 'keyWanted' | 'association' | 'tokens'> {
	return {
		...{ drn: row.drn, ownerMasked: maskName(customer.name), address: customer.address },
		...{ area: row.area, state: row.state, virtual: key?.public_test === 1 },
		...{ phases: row.phases, ea: row.ea === 11 ? 11 : 7, tct: row.tct },
		key: {
			...{ sgc: row.sgc, krn: row.krn, ti: row.ti },
			...{ baseYear: key?.base_year ?? null, ken: key?.ken ?? null, kt: key?.kt ?? null },
		},
	};
}

function wantedKey(row: MeterRow, { sgc, krn, ti, key }: TargetKey): PackMeter['keyWanted'] {
	const isThere = row.sgc === sgc && row.krn === krn && row.ti === ti;
	return isThere || key === undefined ? null : { sgc, krn, ti };
}

/** From now on the secrets are to be changed at the meter: they were in the field. */
async function handOut(
	write: Write,
	seal: SecretSeal,
	drn: string,
	nowMs: number,
): Promise<Pick<PackMeter, 'association'> & { isUnreadable: boolean }> {
	const row = await write
		.selectFrom('meter_association')
		.selectAll()
		.where('drn', '=', drn)
		.executeTakeFirst();
	if (row === undefined) return { association: null, isUnreadable: false };
	const secrets = openSecrets(seal, row);
	if (secrets === undefined) return { association: null, isUnreadable: true };
	if (Object.keys(secrets).length > 0)
		await write
			.updateTable('meter_association')
			.set({ handed_out_at_ms: row.handed_out_at_ms ?? nowMs, packs: row.packs + 1 })
			.where('drn', '=', drn)
			.execute();
	const profile = JSON.parse(row.profile) as MeterProfileShape;
	return { association: { generation: row.generation, profile, secrets }, isUnreadable: false };
}
