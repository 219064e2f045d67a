/**
 * The three LLC octets before a message in HDLC (IEC 62056-46, 5.3.2): E6 E6 00 from the client,
 * E6 E7 00 from the meter. Only the first segment has them.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';

const DESTINATION = 0xe6;
const SOURCE = { client: 0xe6, meter: 0xe7 } as const;
export const LLC_OCTETS = 3;

/** Which end of a link: the client asks, the meter answers. */
export type Role = 'client' | 'meter';

/** A message as `sender` puts it on the line. */
export function addLlc(sender: Role, message: Uint8Array): Uint8Array {
	return concatBytes(Uint8Array.of(DESTINATION, SOURCE[sender], 0), message);
}

/**
 * The message without its LLC octets. Either direction is taken from either sender: some meters answer
 * with the client's octets.
 * @throws {Breach} `bad-llc`
 */
export function removeLlc(octets: Uint8Array): Uint8Array {
	const [destination, source] = octets;
	if (
		octets.length < LLC_OCTETS ||
		destination !== DESTINATION ||
		(source !== SOURCE.client && source !== SOURCE.meter)
	)
		throw new Breach('bad-llc', 0, 'IEC 62056-46, 5.3.2');
	return octets.subarray(LLC_OCTETS);
}
