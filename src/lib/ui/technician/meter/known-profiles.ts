/** Profiles for meters of which no job says how they are reached. */
import genericJson from '#lib/core/dlms/profile/generic.json' with { type: 'json' };
import { parseMeterProfile, type MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import virtualJson from '#lib/core/dlms/profile/virtual.json' with { type: 'json' };
import type { LinePort } from '#lib/link/line.ts';

function profileIn(json: unknown): MeterProfile {
	const profile = parseMeterProfile(json);
	if ('faults' in profile) throw new TypeError('a profile of our own is none');
	return profile;
}

/** Most meters with an optical port. */
export const GENERIC_PROFILE = profileIn(genericJson);
/** Our own virtual meter. */
export const VIRTUAL_PROFILE = profileIn(virtualJson);

/** How a meter is met of which nothing is known: by the port alone. */
export function firstProfile({ medium, label }: LinePort): MeterProfile {
	return medium === 'stream' || label.kind === 'virtual' ? VIRTUAL_PROFILE : GENERIC_PROFILE;
}
