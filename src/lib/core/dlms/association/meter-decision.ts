/**
 * Whether a meter accepts an AARQ (IEC 62056-5-3, 7.2.5): a pure decision, refusals in order of
 * precedence, before anything is opened.
 */
import { equalBytes } from '#lib/core/bytes/equal.ts';
import type { Aarq } from '../acse/association.ts';
import { contextOf, type MechanismName, mechanismOf, type UserDiagnostic } from '../acse/names.ts';
import type { InitiateRequest } from '../apdu/initiate.ts';
import { DLMS_VERSION } from '../apdu/initiate.ts';
import { MAX_CHALLENGE, MIN_CHALLENGE } from '../limits.ts';
import { type SuiteId, suiteOf, SYSTEM_TITLE_OCTETS } from '../security/suite.ts';
import type { AssociationSetup } from './meter-settings.ts';

export type AssociationDecision =
	| { readonly accepted: true }
	| { readonly accepted: false; readonly source: 'user'; readonly diagnostic: UserDiagnostic }
	| {
			readonly accepted: false;
			readonly source: 'provider';
			readonly diagnostic: 'no-common-acse-version';
	  };

const refuse = (diagnostic: UserDiagnostic): AssociationDecision => ({
	accepted: false,
	source: 'user',
	diagnostic,
});

/** The refusal of `aarq` under `setup` (undefined: the SAP has none), or that it may go on. */
export function decideAssociation(
	aarq: Aarq,
	setup: AssociationSetup | undefined,
): AssociationDecision {
	// Version 1 is the first bit after the octet that counts unused bits.
	if (aarq.protocolVersion && ((aarq.protocolVersion[1] ?? 0) & 0x80) === 0)
		return { accepted: false, source: 'provider', diagnostic: 'no-common-acse-version' };
	if (!setup) return refuse('no-reason-given');
	if (contextOf(aarq.applicationContext) !== setup.context)
		return refuse('application-context-name-not-supported');
	const mechanism = decideMechanism(aarq, setup);
	if (mechanism) return refuse(mechanism);
	const title = aarq.callingApTitle;
	if (setup.context === 'logical-name-ciphered' || setup.mechanism === 'high-gmac') {
		const known = setup.security?.().clientTitle;
		if (title?.length !== SYSTEM_TITLE_OCTETS || (known && !equalBytes(known, title)))
			return refuse('calling-ap-title-not-recognized');
	}
	return aarq.userInformation ? { accepted: true } : refuse('no-reason-given');
}

function decideMechanism(aarq: Aarq, setup: AssociationSetup): UserDiagnostic | undefined {
	const asked: MechanismName | undefined = aarq.mechanismName
		? mechanismOf(aarq.mechanismName)
		: 'none';
	if (asked === 'none' && setup.mechanism !== 'none')
		return 'authentication-mechanism-name-required';
	if (asked !== setup.mechanism) return 'authentication-mechanism-name-not-recognized';
	if (asked === 'none') return undefined;
	const value = aarq.authenticationValue ?? new Uint8Array();
	if (asked === 'low') {
		return equalBytes(value, setup.secret ?? new Uint8Array())
			? undefined
			: 'authentication-failure';
	}
	return value.length < MIN_CHALLENGE || value.length > MAX_CHALLENGE
		? 'authentication-failure'
		: undefined;
}

/** Least APDU a client must take: an answer with its ciphering around it. */
const MIN_CLIENT_PDU = 64;

/** Why an initiate request cannot be served: the value of error class initiate; undefined where it can. */
export function decideInitiate(
	request: InitiateRequest,
	setup: AssociationSetup,
	suite: SuiteId | undefined,
): number | undefined {
	if (request.version < DLMS_VERSION) return 1;
	if ((request.conformance & setup.conformance) === 0) return 2;
	if (request.maxPdu > 0 && request.maxPdu < MIN_CLIENT_PDU) return 3;
	const { dedicatedKey } = request;
	if (dedicatedKey && (suite === undefined || suiteOf(suite).keyOctets !== dedicatedKey.length))
		return 4;
	return undefined;
}
