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

/**
 * The line on which a meter is met, where nobody has looked: as its job says; a virtual meter on a serial
 * line opens in mode E as most do, whatever else it can.
 */
export function usualLine(
	{ medium }: Pick<LinePort, 'medium'>,
	inHand: { readonly profile: MeterProfile | undefined; readonly isVirtual: boolean },
): MeterProfile {
	if (inHand.profile && !(inHand.isVirtual && medium === 'serial')) return inHand.profile;
	return medium === 'stream' ? VIRTUAL_PROFILE : GENERIC_PROFILE;
}
