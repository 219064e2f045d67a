/** Which way to the first frame a port takes. */
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import type { LinePort } from './line.ts';

/**
 * What to try first by medium. Rates cannot change on a stream, so there is no mode E; a wrapper on a
 * serial line comes last, since it has no check that would tell noise from a frame.
 */
const IN_ORDER: Readonly<Record<LinePort['medium'], readonly Opening[]>> = {
	serial: ['mode-e', 'direct-hdlc', 'wrapper'],
	stream: ['wrapper', 'direct-hdlc'],
};

/** The opening of the profile that suits the medium best; undefined where the medium can do none. */
export function chooseOpening(
	openings: readonly Opening[],
	medium: LinePort['medium'],
): Opening | undefined {
	return IN_ORDER[medium].find((opening) => openings.includes(opening));
}
