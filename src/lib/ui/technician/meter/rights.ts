/** With which rights a meter is connected: what the jobs in hand allow, as a pure decision. */
import type { PackedMeter, PackInHand } from '#lib/browser/vault/job-packs.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import type { MeterSecrets } from '#lib/core/dlms/profile/client-connection.ts';
import { type MeterProfile, parseMeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { SECURITY_SUITES } from '#lib/core/dlms/security/suite.ts';
import { TEST_KEY_SETS } from '#lib/core/meter/cosem/client-setups.ts';
import { isVirtual } from '#lib/core/field/identity/told-number.ts';
import type { PublicIdentity } from '#lib/link/connect-order.ts';

/** A meter of a job in hand. */
export interface MeterInHand {
	readonly packId: string;
	/** The job; the first where it is in several. */
	readonly jobId: string | null;
	readonly meter: PackedMeter;
	/** How the office says it is reached; undefined where it has set nothing, or nothing sound. */
	readonly profile: MeterProfile | undefined;
}

export type MeterRights =
	/** The job's own association, with secrets on loan from the vault. */
	| { readonly kind: 'own'; readonly packId: string }
	/** A virtual meter of the public-test estate, whose keys are published. */
	| { readonly kind: 'test-keys' }
	/** What the meter tells everybody. */
	| { readonly kind: 'public'; readonly because: PublicBecause };
export type PublicBecause =
	| 'not-in-jobs'
	| 'no-association'
	/** Somebody wanted no more. */
	| 'wished';

/** The meter of this number among the jobs, in the newest pack that has it. */
export function findInHand(
	packs: readonly PackInHand[],
	drn: string | undefined,
): MeterInHand | undefined {
	for (const { packId, jobs, meters } of packs) {
		const meter = meters.find((each) => each.drn === drn);
		if (!meter) continue;
		const job = jobs.find((each) => each.meters.some((place) => place.drn === drn));
		return { packId, jobId: job?.id ?? null, meter, profile: profileOf(meter) };
	}
	return undefined;
}

function profileOf({ association }: PackedMeter): MeterProfile | undefined {
	const parsed = association && parseMeterProfile(association.profile);
	return parsed && !('faults' in parsed) ? parsed : undefined;
}

/** What may be asked of a meter that has told who it is. */
export function decideRights(
	identity: PublicIdentity,
	inHand: MeterInHand | undefined,
): MeterRights {
	if (inHand?.profile) return { kind: 'own', packId: inHand.packId };
	if (isVirtual(identity)) return { kind: 'test-keys' };
	return { kind: 'public', because: inHand ? 'no-association' : 'not-in-jobs' };
}

/** The published keys of a virtual meter. */
export function testSecrets({ suite }: MeterProfile): MeterSecrets {
	const { keyOctets } = SECURITY_SUITES[suite];
	const keys = TEST_KEY_SETS.find((set) => set.suite === suite);
	if (keys?.unicastHex.length !== keyOctets * 2) throw new TypeError('no test keys of this suite');
	const { unicastHex, authenticationHex } = keys;
	return { keys: { unicast: parseHex(unicastHex), authentication: parseHex(authenticationHex) } };
}

/** The profile with the open association only: nothing secret can be sent by it. */
export function publicProfile(profile: MeterProfile): MeterProfile {
	const { publicClient } = profile;
	return { ...profile, client: publicClient, mechanism: 'none', security: 'none' };
}

/** A profile with the line of another: how the meter is really reached. */
export function onLineOf(profile: MeterProfile, line: MeterProfile | undefined): MeterProfile {
	if (!line) return profile;
	const { openings, baud, device, physical, addressLength, quirks } = line;
	const found: Writable<MeterProfile> = { ...profile, openings, baud, device };
	delete found.physical;
	delete found.addressLength;
	if (physical !== undefined) found.physical = physical;
	if (addressLength !== undefined) found.addressLength = addressLength;
	return { ...found, quirks: [...new Set([...profile.quirks, ...quirks])] };
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };
