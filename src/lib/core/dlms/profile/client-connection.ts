/**
 * A meter profile → the settings of whoever connects: opening, link and association. The profile says
 * how, the secrets say with what; a profile itself never holds a secret.
 *
 * Always holds: pure; what comes out passes the checks of the association, or what is missing is named;
 * nothing weaker than the profile asks for is ever made of it.
 */
import type { ClientAssociationSettings } from '../association/client-settings.ts';
import { clientAddress, meterAddress } from '../hdlc/address.ts';
import type { HdlcLinkSettings } from '../hdlc/link.ts';
import type { LinkParameters } from '../hdlc/parameters.ts';
import type { ClientOpeningSettings } from '../opening/client-opening.ts';
import type { KeyRing } from '../security/apdu-cipher.ts';
import type { CounterPort } from '../security/counter.ts';
import type { HlsKeys } from '../security/hls.ts';
import type { WrapperLinkSettings } from '../wrapper/link.ts';
import type { MeterProfile, Quirk } from './meter-profile.ts';

/** What a client knows of one meter and shows to nobody. */
export interface MeterSecrets {
	/** The password of LLS, or the shared secret of HLS 2, 3, 4 and 6. */
	readonly secret?: Uint8Array;
	/** Signing keys of HLS 7. */
	readonly signing?: Pick<HlsKeys, 'signingKey' | 'peerVerifyingKey'>;
	/** Keys of the profile's suite, for ciphering and GMAC. */
	readonly keys?: KeyRing;
}

/** What the client itself brings to one association. */
export interface ClientIdentity {
	/** 8 octets. */
	readonly systemTitle: Uint8Array;
	/** 8 … 64 octets of chance, fresh for every association. */
	readonly challenge: Uint8Array;
	readonly counters: CounterPort;
	/** The space of `counters` that our own counter of this meter's key is kept in. */
	readonly sendSpace: string;
	/** The space of the meter's counter; absent: rising within the association only. */
	readonly receiveSpace?: string;
}

/** A secret the profile needs and nobody gave. */
export type MissingSecret = 'secret' | 'signing' | 'keys';

const has = ({ quirks }: MeterProfile, quirk: Quirk): boolean => quirks.includes(quirk);

/** The secrets a profile needs to associate as its client. */
export function secretsNeeded({ mechanism, security }: MeterProfile): MissingSecret[] {
	const needed: MissingSecret[] = [];
	if (mechanism === 'high-ecdsa') needed.push('signing');
	else if (mechanism !== 'none' && mechanism !== 'high-gmac') needed.push('secret');
	// The suite of a signature stands beside the keys, so that HLS 7 needs them in any context.
	if (security !== 'none' || mechanism === 'high-gmac' || mechanism === 'high-ecdsa')
		needed.push('keys');
	return needed;
}

/**
 * The association of the profile's own client.
 * @returns the settings, or the secrets that are missing
 */
export function associationFromProfile(
	profile: MeterProfile,
	secrets: MeterSecrets,
	identity: ClientIdentity,
): ClientAssociationSettings | { readonly missing: readonly MissingSecret[] } {
	const needed = secretsNeeded(profile);
	const missing = needed.filter((name) => secrets[name] === undefined);
	if (missing.length > 0) return { missing };
	const { mechanism, security: protection, suite } = profile;
	const { systemTitle, challenge, counters, sendSpace, receiveSpace } = identity;
	const { secret, signing, keys } = secrets;
	return {
		context: protection === 'none' ? 'logical-name' : 'logical-name-ciphered',
		mechanism,
		systemTitle,
		...(needed.includes('secret') && secret && { secret }),
		...(needed.includes('signing') && signing && { signing }),
		...(mechanism.startsWith('high-') && { challenge }),
		...(needed.includes('keys') &&
			keys && {
				security: {
					suite,
					keys,
					protection: protection === 'none' ? 'authenticated-encrypted' : protection,
					peerTitle: new Uint8Array(),
					counters,
					sendSpace,
					...(receiveSpace !== undefined && { receiveSpace }),
				},
			}),
		...(has(profile, 'fixed-invoke-id') && { fixedInvokeId: 1 }),
		...(has(profile, 'initiate-in-release') && { initiateInRelease: true }),
	};
}

/** The association of the public client, which needs no secret: name, clock and counter are read by it. */
export function publicAssociationFromProfile(profile: MeterProfile): ClientAssociationSettings {
	return {
		context: 'logical-name',
		mechanism: 'none',
		...(has(profile, 'fixed-invoke-id') && { fixedInvokeId: 1 }),
	};
}

/**
 * The HDLC link of a client SAP, the profile's own or its public one. `baud` is what the line runs at
 * by now; `parameters` is what the port can take.
 * @throws {RangeError} slip: addresses that `parseMeterProfile` would have refused
 */
export function hdlcFromProfile(
	profile: MeterProfile,
	client: number = profile.client,
	baud: number = profile.baud,
	parameters?: LinkParameters,
): HdlcLinkSettings {
	return {
		role: 'client',
		own: clientAddress(client),
		peer: meterAddress(profile.device, profile.physical, profile.addressLength),
		octetTimeMs: 10_000 / baud,
		...(parameters && { parameters }),
		...(has(profile, 'ignores-frame-numbers') && { tolerateNumbers: true }),
	};
}

/** The wrapper link of a client SAP, the profile's own or its public one. */
export function wrapperFromProfile(
	{ client: own, device }: MeterProfile,
	client: number = own,
): WrapperLinkSettings {
	return { role: 'client', client, device };
}

/** The mode E opening; `maxBaud` is the highest rate the port can do. */
export function openingFromProfile(profile: MeterProfile, maxBaud: number): ClientOpeningSettings {
	return { maxBaud, ...(has(profile, 'hides-hdlc') && { force: true }) };
}
