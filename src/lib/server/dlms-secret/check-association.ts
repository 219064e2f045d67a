/** Whether a profile and its secrets belong together: pure. Says what is wrong, never with what. */
import { secretsNeeded } from '#lib/core/dlms/profile/client-connection.ts';
import { parseMeterProfile, type MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import type { AssociationRequest, AssociationSecrets } from '#lib/core/sync/wire-associations.ts';

/** JSON pointer, and what was expected there. */
export interface AssociationFault {
	readonly pointer: string;
	readonly detail: string;
}

/** Octets of a key of each suite. */
const KEY_OCTETS = { 0: 16, 1: 16, 2: 32 } as const;

/** Every fault in it; none: it is as it must be. */
export function checkAssociation({ profile, secrets }: AssociationRequest): AssociationFault[] {
	const parsed = parseMeterProfile(profile);
	if ('faults' in parsed)
		return parsed.faults.map(({ field, expected }) => ({
			pointer: `/profile/${field}`,
			detail: `expected ${expected}`,
		}));
	if (secretsNeeded(parsed).includes('signing'))
		return [{ pointer: '/profile/mechanism', detail: 'expected one without signing keys' }];
	return checkSecrets(parsed, secrets);
}

/** A secret that nobody needs is not kept either. */
function checkSecrets(profile: MeterProfile, secrets: AssociationSecrets): AssociationFault[] {
	const needed = secretsNeeded(profile);
	const octets = needed.includes('keys') ? KEY_OCTETS[profile.suite] : 0;
	return [
		...checkLength('unicastKeyHex', secrets.unicastKeyHex, octets),
		...checkLength('authenticationKeyHex', secrets.authenticationKeyHex, octets),
		...(needed.includes('secret') === (secrets.secretHex !== undefined)
			? []
			: [faultAt('secretHex', needed.includes('secret') ? 'expected one' : NONE)]),
	];
}

const NONE = 'expected none: the profile needs none';

/** @param octets 0: it must not be there */
function checkLength(name: string, hex: string | undefined, octets: number): AssociationFault[] {
	if (octets === 0) return hex === undefined ? [] : [faultAt(name, NONE)];
	return hex?.length === octets * 2 ? [] : [faultAt(name, `expected ${octets} octets in hex`)];
}

const faultAt = (name: string, detail: string): AssociationFault => ({
	pointer: `/secrets/${name}`,
	detail,
});
