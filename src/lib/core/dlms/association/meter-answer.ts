/**
 * What a meter answers to an association request (IEC 62056-5-3, 7.2 and 7.3.2): AARE with its result
 * and diagnostic, what was agreed, or why the initiate request cannot be served. Pure encodings.
 */
import { type Aarq, AUTHENTICATION_REQUIRED, encodeAare } from '../acse/association.ts';
import {
	ASSOCIATION_RESULTS,
	type AssociationResult,
	contextOid,
	idOf,
	mechanismOid,
	PROVIDER_DIAGNOSTICS,
	USER_DIAGNOSTICS,
	type UserDiagnostic,
} from '../acse/names.ts';
import type { Conformance } from '../apdu/conformance.ts';
import { encodeServiceError } from '../apdu/failure.ts';
import { DLMS_VERSION, encodeInitiateResponse, VAA_LOGICAL_NAME } from '../apdu/initiate.ts';
import type { decideAssociation } from './meter-decision.ts';
import type { AssociationSetup } from './meter-settings.ts';

/** Service and class of a confirmed-service-error about an initiate request. */
const INITIATE = { service: 1, errorClass: 6 } as const;

/** What an AARE tells beside its result. */
export interface VerdictFields {
	readonly meterTitle?: Uint8Array;
	/** The challenge of HLS. */
	readonly challenge?: Uint8Array;
	readonly userInformation?: Uint8Array;
}

/** An AARE of a set-up that is there, accepted or not. */
export function encodeVerdict(
	setup: AssociationSetup,
	result: AssociationResult,
	diagnostic: UserDiagnostic,
	{ meterTitle, challenge, userInformation }: VerdictFields,
): Uint8Array {
	return encodeAare({
		apdu: 'AARE',
		applicationContext: contextOid(setup.context),
		result: idOf(ASSOCIATION_RESULTS, result),
		diagnostic: { source: 'user', value: idOf(USER_DIAGNOSTICS, diagnostic) },
		...(meterTitle && { respondingApTitle: meterTitle }),
		...(challenge && {
			acseRequirements: AUTHENTICATION_REQUIRED,
			mechanismName: mechanismOid(setup.mechanism),
			authenticationValue: challenge,
		}),
		...(userInformation && { userInformation }),
	});
}

/** The AARE of a request that was refused before anything of it was opened. */
export function encodeRejection(
	aarq: Aarq,
	decision: ReturnType<typeof decideAssociation>,
	setup: AssociationSetup | undefined,
): Uint8Array {
	const value = decision.accepted
		? 0
		: decision.source === 'user'
			? idOf(USER_DIAGNOSTICS, decision.diagnostic)
			: idOf(PROVIDER_DIAGNOSTICS, decision.diagnostic);
	return encodeAare({
		apdu: 'AARE',
		applicationContext: aarq.applicationContext ?? contextOid(setup?.context ?? 'logical-name'),
		result: idOf(ASSOCIATION_RESULTS, 'rejected-permanent'),
		diagnostic: { source: decision.accepted ? 'user' : decision.source, value },
	});
}

/** The initiate response, plain; `maxPdu` is the longest APDU the meter takes. */
export function encodeAgreement(conformance: Conformance, maxPdu: number): Uint8Array {
	return encodeInitiateResponse({
		apdu: 'initiate-response',
		version: DLMS_VERSION,
		conformance,
		maxPdu,
		vaaName: VAA_LOGICAL_NAME,
	});
}

/** Why an initiate request cannot be served; `value` is one of `decideInitiate`. */
export function encodeInitiateError(value: number): Uint8Array {
	return encodeServiceError({ apdu: 'confirmed-service-error', ...INITIATE, value });
}
