/**
 * What the demo's technician finds: DLMS secrets of the public-test estate, which are the public test keys,
 * and two open jobs. A job has no end of its own; what is limited is the pack, from when it is fetched, so
 * that these are as good in a year as on the first day.
 */
import type { AssociationRequest } from '#lib/core/sync/wire-associations.ts';
import type { JobRequest } from '#lib/core/sync/wire-jobs.ts';
import { TEST_KEY_SETS } from '#lib/core/meter/cosem/client-setups.ts';
import { parseMeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import virtualProfile from '#lib/core/dlms/profile/virtual.json' with { type: 'json' };
import type { Write } from '../database/open.ts';
import type { JobRow, MeterAssociationRow } from '../database/schema.ts';
import { contentHash } from '../content-hash.ts';
import type { SecretSeal } from '../dlms-secret/secret-seal.ts';
import { DEFAULT_FIELD } from '../field/settings.ts';
import { withCheckDigit } from './demo-meter.ts';
import { DEMO_UTILITY } from './demo-utility.ts';

/** It has one credit that nobody has seen (`sell-for-jobs.ts`). */
export const DELIVERY_METER = withCheckDigit('0000000002');
/** Its key-change set is made, and not entered. */
export const KEY_CHANGE_METER = withCheckDigit('0000000006');

const ID = '00000000-0000-7000-8000-';
const FIRST_JOB = 101;
const utilityId = DEMO_UTILITY.id;

/** After the people. @param atMs when the office gave the jobs */
export async function seedField(write: Write, seal: SecretSeal, atMs: number): Promise<void> {
	const virtual = await write.selectFrom('virtual_meter').select('drn').orderBy('drn').execute();
	const rows = virtual.map(({ drn }) => testAssociation(seal, drn, atMs));
	await write.insertInto('meter_association').values(rows).execute();
	const technician = await operatorCalled(write, 'technician');
	const clerk = await operatorCalled(write, 'clerk');
	const jobs = jobsOf(technician).map((request, at) => jobRow(request, clerk, at, atMs));
	await write.insertInto('job').values(jobs).execute();
}

function testAssociation(seal: SecretSeal, drn: string, atMs: number): MeterAssociationRow {
	const { profile, secrets } = testSecrets();
	const place = { utilityId, drn, generation: 1 };
	return {
		...{ drn, utility_id: utilityId, generation: 1 },
		profile: JSON.stringify(profile),
		sealed: seal.seal(place, JSON.stringify(secrets)),
		...{ set_by: 'system', set_at_ms: atMs, handed_out_at_ms: null, packs: 0 },
	};
}

/** How every virtual meter is associated with, in management. */
function testSecrets(): AssociationRequest {
	const profile = parseMeterProfile(virtualProfile);
	if ('faults' in profile) throw new TypeError('the virtual meter has no proper profile');
	const keys = TEST_KEY_SETS.find(({ suite }) => suite === profile.suite);
	if (keys === undefined) throw new TypeError('there are no test keys of that suite');
	return {
		profile: { ...profile, openings: [...profile.openings], quirks: [...profile.quirks] },
		secrets: { unicastKeyHex: keys.unicastHex, authenticationKeyHex: keys.authenticationHex },
	};
}

async function operatorCalled(write: Write, login: string): Promise<string> {
	const { id } = await write
		.selectFrom('operator')
		.select('id')
		.where('utility_id', '=', utilityId)
		.where('login', '=', login)
		.executeTakeFirstOrThrow();
	return id;
}

const jobsOf = (operatorId: string): JobRequest[] => [
	{
		...{ operatorId, packHours: null, lab: false },
		reason: 'Credit that the customer could not key in',
		note: 'The keypad is worn. Ask for the caretaker at the gate.',
		meters: [
			{
				drn: DELIVERY_METER,
				tokens: { which: 'undelivered' },
				work: ['reading', 'clock', 'relay'],
			},
		],
	},
	{
		...{ operatorId, packHours: null, lab: false },
		reason: 'Move to the new key before anything is sold',
		note: '',
		meters: [
			{ drn: KEY_CHANGE_METER, tokens: { which: 'undelivered' }, work: ['key-change', 'reading'] },
		],
	},
];

function jobRow(request: JobRequest, clerk: string, at: number, atMs: number): JobRow {
	return {
		id: `${ID}${String(FIRST_JOB + at).padStart(12, '0')}`,
		...{ utility_id: utilityId, operator_id: request.operatorId },
		...{ request: JSON.stringify(request), content_hash: contentHash(request).hash },
		...{ pack_hours: DEFAULT_FIELD.packHours, made_by: `operator:${clerk}`, made_at_ms: atMs },
		...{ state: 'open', packed_at_ms: null },
		...{ closed_by: null, closed_at_ms: null, closing_note: null },
	};
}
