/**
 * How a consumer's own device reaches a meter, as a setting: `consumer.json`. Which client a meter keeps for
 * its owner is in no standard: 48 is the virtual meter's and a guess for others; where meters let the public
 * client enter tokens, `client` is that one. A meter that knows no such client refuses, and nothing is lost.
 *
 * Always holds: it needs no secret, since none of a meter's ever comes to a consumer's browser.
 */
import { secretsNeeded } from './client-connection.ts';
import consumerJson from './consumer.json' with { type: 'json' };
import { type MeterProfile, parseMeterProfile } from './meter-profile.ts';

/** @throws {TypeError} slip: no profile, or one that wants a secret */
export function consumerProfileIn(json: unknown): MeterProfile {
	const profile = parseMeterProfile(json);
	if ('faults' in profile) throw new TypeError('the consumer’s profile is none');
	if (secretsNeeded(profile).length > 0) throw new TypeError('a consumer has no secret');
	return profile;
}

export const CONSUMER_PROFILE = consumerProfileIn(consumerJson);
