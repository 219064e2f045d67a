/** What a client wants of an association, and the AARQ it sends (IEC 62056-5-3, 7.2 and 7.3.2). */
import { type Aarq, AUTHENTICATION_REQUIRED } from '../acse/association.ts';
import { type ContextName, contextOid, type MechanismName, mechanismOid } from '../acse/names.ts';
import { type Conformance, FULL_CONFORMANCE } from '../apdu/conformance.ts';
import { DLMS_VERSION, encodeInitiateRequest } from '../apdu/initiate.ts';
import { MAX_CHALLENGE, MIN_CHALLENGE } from '../limits.ts';
import type { HlsKeys } from '../security/hls.ts';
import { expectKey, expectSystemTitle } from '../security/suite.ts';
import type { ChannelSettings, SecureChannel } from './channel.ts';

export interface ClientAssociationSettings {
	readonly context: Extract<ContextName, 'logical-name' | 'logical-name-ciphered'>;
	readonly mechanism: MechanismName;
	/** The password of LLS, or the shared secret of HLS 2, 3, 4 and 6. */
	readonly secret?: Uint8Array;
	/** Signing keys of HLS 7. */
	readonly signing?: Pick<HlsKeys, 'signingKey' | 'peerVerifyingKey'>;
	/** 8 … 64 octets of chance, fresh for every association; HLS only. */
	readonly challenge?: Uint8Array;
	/** 8 octets; needed for the ciphered context and HLS 5, 6, 7. */
	readonly systemTitle?: Uint8Array;
	/** Keys and counters; `peerTitle` may be empty, the meter tells its own. */
	readonly security?: Omit<ChannelSettings, 'ownTitle'>;
	readonly conformance?: Conformance;
	/** Longest APDU we take, 0 for no limit. */
	readonly maxPdu?: number;
	/** User id of the association's user list. */
	readonly userId?: number;
	/** Use this invoke id in every request: some meters answer with 1 whatever was asked. */
	readonly fixedInvokeId?: number;
	/** Repeat the initiate request, ciphered, in the release; some meters demand it. */
	readonly initiateInRelease?: boolean;
	/** Blocks of a general block transfer we take before we acknowledge, 1 … 63. */
	readonly generalWindow?: number;
	/** The only meter we prove ourselves to; any other one, and one that tells no title, is left. */
	readonly expectedTitle?: Uint8Array;
}

/** Mechanisms whose proof contains the system titles. */
const TITLED: readonly MechanismName[] = ['high-gmac', 'high-sha256', 'high-ecdsa'];

/**
 * Settings that contradict themselves are slips.
 * @throws {TypeError} something the mechanism or context needs is missing
 * @throws {RangeError} a key, title or challenge of the wrong length
 */
export function checkSettings(settings: ClientAssociationSettings): void {
	const { context, mechanism, security, systemTitle, challenge } = settings;
	const ciphered = context === 'logical-name-ciphered';
	if ((ciphered || mechanism === 'high-gmac') && !security)
		throw new TypeError('ciphering and GMAC need keys');
	if ((ciphered || TITLED.includes(mechanism)) && !systemTitle)
		throw new TypeError('the context or mechanism needs a system title');
	if (systemTitle) expectSystemTitle(systemTitle);
	if (security) {
		expectKey(security.suite, security.keys.unicast);
		expectKey(security.suite, security.keys.authentication);
		if (security.keys.dedicated) expectKey(security.suite, security.keys.dedicated);
	}
	if (mechanism === 'none') return;
	if (mechanism === 'low') {
		if (!settings.secret) throw new TypeError('low-level security needs a password');
		return;
	}
	if (!challenge || challenge.length < MIN_CHALLENGE || challenge.length > MAX_CHALLENGE)
		throw new RangeError(`a challenge has ${MIN_CHALLENGE} to ${MAX_CHALLENGE} octets`);
}

/** The initiate request of these settings, plain. */
export function initiateRequest(settings: ClientAssociationSettings): Uint8Array {
	const ciphered = settings.context === 'logical-name-ciphered';
	const dedicatedKey = ciphered ? settings.security?.keys.dedicated : undefined;
	return encodeInitiateRequest({
		apdu: 'initiate-request',
		...(dedicatedKey && { dedicatedKey }),
		version: DLMS_VERSION,
		conformance: settings.conformance ?? FULL_CONFORMANCE,
		maxPdu: settings.maxPdu ?? 0xffff,
	});
}

/** The AARQ of these settings; undefined when the key is used up. */
export function aarqOf(
	settings: ClientAssociationSettings,
	channel: SecureChannel | undefined,
): Aarq | undefined {
	const { context, mechanism, systemTitle, userId } = settings;
	const ciphered = context === 'logical-name-ciphered';
	const plain = initiateRequest(settings);
	const userInformation = ciphered ? channel?.cipher(plain, true) : plain;
	if (!userInformation) return undefined;
	const titled = systemTitle && (ciphered || TITLED.includes(mechanism));
	const value = mechanism === 'low' ? settings.secret : settings.challenge;
	return {
		apdu: 'AARQ',
		applicationContext: contextOid(context),
		...(titled && { callingApTitle: systemTitle }),
		...(userId !== undefined && { callingAeInvocationId: Uint8Array.of(userId) }),
		...(mechanism !== 'none' && {
			acseRequirements: AUTHENTICATION_REQUIRED,
			mechanismName: mechanismOid(mechanism),
			...(value && { authenticationValue: value }),
		}),
		userInformation,
	};
}
