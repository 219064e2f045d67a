/**
 * How a meter is associated with, as the key officer sets it. Secrets come in here and are sealed at once;
 * they leave in a job pack only (`job/make-pack.ts`), never in an answer, a log line or the audit.
 */
import canonicalize from 'canonicalize';
import type {
	AssociationAnswer,
	AssociationRequest,
	AssociationSecrets,
	MeterProfileShape,
} from '#lib/core/sync/wire-associations.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockMeter } from '../database/lock.ts';
import type { Database, Write } from '../database/open.ts';
import type { MeterAssociationRow, MeterRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { knownMeter } from '../meter/known-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { checkAssociation } from './check-association.ts';
import type { SecretSeal } from './secret-seal.ts';

/**
 * Sets a meter's profile and secrets; what was there before is gone. The same secrets again are no new
 * generation, so that what was handed out stays due for rotation. Order: those of the meter's number,
 * `meter-unknown`, `body-shape` (a profile that cannot be, secrets it does not need or has not).
 */
export async function putAssociation(
	{ database, clock, secretSeal }: Pick<Backend, 'database' | 'clock' | 'secretSeal'>,
	caller: Caller,
	text: string,
	asked: AssociationRequest,
): Promise<AssociationAnswer | Refusal> {
	return await transact(database, async (write) => {
		const meter = await knownMeter(write, caller, text);
		if (isRefusal(meter)) return meter;
		const faults = checkAssociation(asked);
		if (faults.length > 0) return { refusal: 'body-shape', errors: faults };
		await lockMeter(write, meter.drn);
		const known = await findAssociation(write, meter.drn);
		const row = {
			...secretsRow(secretSeal, meter, known, asked),
			...{ profile: canonicalize(asked.profile) ?? '' },
			...{ set_by: actorOf(caller), set_at_ms: clock.nowMs() },
		};
		if (known !== undefined && isSame(known, row)) return associationShape(known);
		await store(write, row, known !== undefined);
		const facts = { generation: row.generation, client: asked.profile.client };
		const subject = { kind: 'meter', id: meter.drn };
		await recordDeed(write, caller, { action: 'association-set', subject, facts }, row.set_at_ms);
		return associationShape(row);
	});
}

/** With the secrets of before where they are the same: what was handed out of them stays handed out. */
function secretsRow(
	seal: SecretSeal,
	{ drn, utility_id: utilityId }: Pick<MeterRow, 'drn' | 'utility_id'>,
	known: MeterAssociationRow | undefined,
	{ secrets }: AssociationRequest,
): Omit<MeterAssociationRow, 'profile' | 'set_by' | 'set_at_ms'> {
	const before = known && openSecrets(seal, known);
	if (known && canonicalize(before) === canonicalize(secrets)) return known;
	const generation = (known?.generation ?? 0) + 1;
	return {
		...{ drn, utility_id: utilityId, generation, handed_out_at_ms: null, packs: 0 },
		sealed: seal.seal({ utilityId, drn, generation }, JSON.stringify(secrets)),
	};
}

async function store(write: Write, row: MeterAssociationRow, isKnown: boolean): Promise<void> {
	if (isKnown)
		await write.updateTable('meter_association').set(row).where('drn', '=', row.drn).execute();
	else await write.insertInto('meter_association').values(row).execute();
}

const isSame = (one: MeterAssociationRow, other: MeterAssociationRow): boolean =>
	one.generation === other.generation && one.profile === other.profile;

/** Undefined: they do not open under this home's key. */
export function openSecrets(
	seal: SecretSeal,
	{ utility_id: utilityId, drn, generation, sealed }: MeterAssociationRow,
): AssociationSecrets | undefined {
	const plain = seal.open({ utilityId, drn, generation }, sealed);
	return plain === undefined ? undefined : (JSON.parse(plain) as AssociationSecrets);
}

/** Order: those of the meter's number, `meter-unknown`, `not-found` (nothing is set). */
export async function readAssociation(
	{ database }: Pick<Backend, 'database'>,
	caller: Caller,
	text: string,
): Promise<AssociationAnswer | Refusal> {
	const meter = await knownMeter(database, caller, text);
	if (isRefusal(meter)) return meter;
	const row = await findAssociation(database, meter.drn);
	return row === undefined ? { refusal: 'not-found' } : associationShape(row);
}

async function findAssociation(
	database: Database,
	drn: string,
): Promise<MeterAssociationRow | undefined> {
	return await database
		.selectFrom('meter_association')
		.selectAll()
		.where('drn', '=', drn)
		.executeTakeFirst();
}

export function associationShape(row: MeterAssociationRow): AssociationAnswer {
	const { name, client } = JSON.parse(row.profile) as MeterProfileShape;
	return {
		...{ drn: row.drn, generation: row.generation, profileName: name, client },
		...{ setAtMs: row.set_at_ms, handedOutAtMs: row.handed_out_at_ms },
	};
}
