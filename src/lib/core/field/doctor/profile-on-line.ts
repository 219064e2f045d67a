/** Between a meter's profile and the doctor: what the profile lets expect, and how a finding mends it. */
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import type { LineExpectation, LineFinding, SerialOpening } from './finding.ts';

/** What a profile says of a serial line; nothing where it knows only the wrapper. */
export function expectationOf(profile: MeterProfile): LineExpectation {
	const openings = profile.openings.filter(
		(opening): opening is SerialOpening => opening !== 'wrapper',
	);
	if (openings.length === 0) return {};
	const { baud, device, physical, addressLength } = profile;
	return { openings, baud, address: meterAddress(device, physical, addressLength) };
}

/**
 * A profile as the line was found: a session opened with it, and with `baud` as the highest rate of the
 * port, reaches the meter. What a form other than 8N1 needs is not in a profile.
 */
export function profileOnLine(profile: MeterProfile, line: LineFinding): MeterProfile {
	const { opening, baud, address, identification } = line;
	const hidden = identification?.offersHdlc === false && !profile.quirks.includes('hides-hdlc');
	const found: { physical?: number } & Omit<MeterProfile, 'physical'> = {
		...profile,
		openings: [opening],
		baud,
		device: address.upper,
		addressLength: address.length,
		quirks: hidden ? [...profile.quirks, 'hides-hdlc'] : profile.quirks,
	};
	if (address.lower === undefined) delete found.physical;
	else found.physical = address.lower;
	return found;
}
