/** The link below an association, as profile, port and opening call for it. */
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import type { LinkParameters } from '#lib/core/dlms/hdlc/parameters.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import { hdlcFromProfile, wrapperFromProfile } from '#lib/core/dlms/profile/client-connection.ts';
import type { MeterProfile, Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import { WrapperLink } from '#lib/core/dlms/wrapper/link.ts';

/** What we offer unless told otherwise: long frames, and a window that every meter can do. */
export const OFFERED_PARAMETERS: LinkParameters = {
	infoTransmit: 1024,
	infoReceive: 1024,
	windowTransmit: 1,
	windowReceive: 1,
};

/**
 * How long a meter gets that may have gone back to its opening rate already: no less than the slowest may
 * take to answer (1,500 ms; IEC 62056-21, 6.3).
 */
const QUICK_MS = 1700;

export interface LinkChoice {
	readonly profile: MeterProfile;
	readonly opening: Opening;
	readonly client: number;
	/** 0 on a stream. */
	readonly baud: number;
	readonly parameters?: LinkParameters;
	/** Ask once and do not wait long. */
	readonly quick?: boolean;
}

export function clientLink({
	profile,
	opening,
	client,
	baud,
	parameters = OFFERED_PARAMETERS,
	quick = false,
}: LinkChoice): MessageLink {
	if (opening === 'wrapper') return new WrapperLink(wrapperFromProfile(profile, client));
	const { octetTimeMs, ...settings } = hdlcFromProfile(profile, client, baud || 1, parameters);
	return new HdlcLink({
		...settings,
		...(baud > 0 && octetTimeMs !== undefined && { octetTimeMs }),
		...(quick && { responseTimeoutMs: QUICK_MS, retries: 0 }),
	});
}
