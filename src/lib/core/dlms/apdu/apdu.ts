/**
 * Octets ↔ APDU, whatever its service (IEC 62056-5-3, 7.3 and 9.5).
 *
 * Always holds: what was decoded encodes to the same octets, misshapen releases apart; a tag without a
 * row is carried as it came, so that a meter can answer it and a person can read it.
 */
import { Reader } from '#lib/core/bytes/reader.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import {
	type Aare,
	AARE_TAG,
	type Aarq,
	AARQ_TAG,
	decodeAare,
	decodeAarq,
	encodeAare,
	encodeAarq,
} from '../acse/association.ts';
import { decodeRelease, encodeRelease, type Release, RLRE_TAG, RLRQ_TAG } from '../acse/release.ts';
import * as access from './access.ts';
import * as action from './action.ts';
import * as failure from './failure.ts';
import * as general from './general.ts';
import * as get from './get.ts';
import * as initiate from './initiate.ts';
import * as notification from './notification.ts';
import * as set from './set.ts';
import { APDU_CLAUSE, cipheredScope } from './tags.ts';

/** An APDU whose tag no row describes; also no tag at all, which some peers answer with. */
export interface UnknownApdu {
	readonly apdu: 'unknown';
	/** Undefined where the message is empty. */
	readonly tag: number | undefined;
	/** Everything after the tag. */
	readonly content: Uint8Array;
}

export type Apdu =
	| Aarq
	| Aare
	| Release
	| initiate.InitiateRequest
	| initiate.InitiateResponse
	| get.GetRequest
	| get.GetResponse
	| set.SetRequest
	| set.SetResponse
	| action.ActionRequest
	| action.ActionResponse
	| access.AccessRequest
	| access.AccessResponse
	| notification.DataNotification
	| notification.EventNotification
	| failure.ExceptionResponse
	| failure.ConfirmedServiceError
	| general.CipheredApdu
	| general.GeneralCiphered
	| general.GeneralCiphering
	| general.GeneralSigning
	| general.GeneralBlock
	| UnknownApdu;

/**
 * One APDU that fills `octets` exactly.
 * @throws {Breach} `trailing-octets`, and those of the service
 */
export function decodeApdu(octets: Uint8Array): Apdu {
	const { apdu, trailing } = decodeApduLeniently(octets);
	if (trailing > 0) new Reader(octets, APDU_CLAUSE, octets.length - trailing).expectEnd();
	return apdu;
}

/**
 * One APDU, and how many octets come after it that belong to nothing: some meters append rubbish, and
 * what stands before it is good. @throws {Breach} those of the service
 */
export function decodeApduLeniently(octets: Uint8Array): { apdu: Apdu; trailing: number } {
	const tag = octets[0];
	switch (tag) {
		case AARQ_TAG:
			return { apdu: decodeAarq(octets), trailing: 0 };
		case AARE_TAG:
			return { apdu: decodeAare(octets), trailing: 0 };
		case RLRQ_TAG:
		case RLRE_TAG:
			return { apdu: decodeRelease(octets), trailing: 0 };
	}
	const reader = new Reader(octets, APDU_CLAUSE, Math.min(1, octets.length));
	const apdu = readApduBody(reader, tag);
	return { apdu, trailing: reader.remaining };
}

/** What follows the tag of an xDLMS APDU. */
function readApduBody(reader: Reader, tag: number | undefined): Apdu {
	switch (tag) {
		case 0xc0:
			return get.readGetRequest(reader);
		case 0xc4:
			return get.readGetResponse(reader);
		case 0xc1:
			return set.readSetRequest(reader);
		case 0xc5:
			return set.readSetResponse(reader);
		case 0xc3:
			return action.readActionRequest(reader);
		case 0xc7:
			return action.readActionResponse(reader);
		case 0xd9:
			return access.readAccessRequest(reader);
		case 0xda:
			return access.readAccessResponse(reader);
		case 0x01:
			return initiate.readInitiateRequest(reader);
		case 0x08:
			return initiate.readInitiateResponse(reader);
		case 0x0e:
			return failure.readServiceError(reader);
		case 0xd8:
			return failure.readException(reader);
		case 0x0f:
			return notification.readDataNotification(reader);
		case 0xc2:
			return notification.readEventNotification(reader);
		case 0xdb:
			return general.readGeneralCiphered(reader, 'general-glo-ciphering');
		case 0xdc:
			return general.readGeneralCiphered(reader, 'general-ded-ciphering');
		case 0xdd:
			return general.readGeneralCiphering(reader);
		case 0xdf:
			return general.readGeneralSigning(reader);
		case 0xe0:
			return general.readGeneralBlock(reader);
	}
	if (tag !== undefined && cipheredScope(tag)) return general.readCiphered(reader, tag);
	return { apdu: 'unknown', tag, content: reader.take(reader.remaining) };
}

export function encodeApdu(apdu: Apdu): Uint8Array {
	switch (apdu.apdu) {
		case 'AARQ':
			return encodeAarq(apdu);
		case 'AARE':
			return encodeAare(apdu);
		case 'RLRQ':
		case 'RLRE':
			return encodeRelease(apdu);
		case 'initiate-request':
			return initiate.encodeInitiateRequest(apdu);
		case 'initiate-response':
			return initiate.encodeInitiateResponse(apdu);
		case 'get-request':
			return get.encodeGetRequest(apdu);
		case 'get-response':
			return get.encodeGetResponse(apdu);
		case 'set-request':
			return set.encodeSetRequest(apdu);
		case 'set-response':
			return set.encodeSetResponse(apdu);
		case 'action-request':
			return action.encodeActionRequest(apdu);
		case 'action-response':
			return action.encodeActionResponse(apdu);
		case 'access-request':
			return access.encodeAccessRequest(apdu);
		case 'access-response':
			return access.encodeAccessResponse(apdu);
		case 'data-notification':
			return notification.encodeDataNotification(apdu);
		case 'event-notification':
			return notification.encodeEventNotification(apdu);
		case 'exception-response':
			return failure.encodeException(apdu);
		case 'confirmed-service-error':
			return failure.encodeServiceError(apdu);
		case 'ciphered':
			return general.encodeCiphered(apdu);
		case 'general-glo-ciphering':
		case 'general-ded-ciphering':
			return general.encodeGeneralCiphered(apdu);
		case 'general-ciphering':
			return general.encodeGeneralCiphering(apdu);
		case 'general-signing':
			return general.encodeGeneralSigning(apdu);
		case 'general-block-transfer':
			return general.encodeGeneralBlock(apdu);
		case 'unknown':
			return apdu.tag === undefined
				? apdu.content
				: concatBytes(Uint8Array.of(apdu.tag), apdu.content);
	}
}
