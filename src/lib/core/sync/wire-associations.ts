/**
 * How a meter is associated with, as it travels: its profile, and secrets that come in and never go out but
 * in a sealed pack. Instants in epoch milliseconds.
 */
import * as v from 'valibot';
import { MECHANISMS, type MechanismName } from '#lib/core/dlms/acse/names.ts';
import { EVENT_NAMES, MAX_EVENT_CODES } from '#lib/core/dlms/profile/event-names.ts';
import {
	ADDRESS_LENGTHS,
	OPENINGS,
	QUIRKS,
	SECURITY_LEVELS,
	STATUS_BITS,
	TOKEN_ENCODINGS,
} from '#lib/core/dlms/profile/meter-profile.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const upTo = (most: number) => v.pipe(whole, v.minValue(0), v.maxValue(most));
const instant = v.pipe(whole, v.minValue(0));
const words = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));

/** A `MeterProfile`, as `parseMeterProfile` takes it. */
export const MeterProfileShape = v.strictObject({
	name: words(80),
	openings: v.pipe(v.array(v.picklist(OPENINGS)), v.minLength(1), v.maxLength(OPENINGS.length)),
	baud: v.pipe(whole, v.minValue(300), v.maxValue(115_200)),
	device: upTo(0x3fff),
	physical: v.optional(upTo(0x3fff)),
	addressLength: v.optional(v.picklist(ADDRESS_LENGTHS)),
	publicClient: upTo(127),
	client: upTo(127),
	mechanism: v.picklist(MECHANISMS.map((row): MechanismName => row.name)),
	suite: v.picklist([0, 1, 2]),
	security: v.picklist(SECURITY_LEVELS),
	tokenEncoding: v.picklist(TOKEN_ENCODINGS),
	tokenStatusBits: v.optional(v.picklist(STATUS_BITS)),
	tokenGateway: words(30),
	invocationCounter: words(30),
	quirks: v.pipe(v.array(v.picklist(QUIRKS)), v.maxLength(QUIRKS.length)),
	eventCodes: v.optional(
		v.pipe(
			v.record(v.pipe(v.string(), v.regex(/^(?:0|[1-9]\d{0,4})$/)), v.picklist(EVENT_NAMES)),
			v.maxEntries(MAX_EVENT_CODES),
		),
	),
});

/** A key of the profile's suite: 16 octets, of suite 2 32. */
const suiteKey = v.pipe(
	v.string(),
	v.regex(/^(?:[0-9a-f]{32}|[0-9a-f]{64})$/, '16 or 32 octets in hex'),
);

/** What a client must know of one meter; absent: the profile needs none of it. */
export const AssociationSecrets = v.strictObject({
	/** GUEK, global unicast encryption key. */
	unicastKeyHex: v.optional(suiteKey),
	/** GAK, authentication key. */
	authenticationKeyHex: v.optional(suiteKey),
	/** The password of LLS, or the shared secret of HLS 2, 3, 4 and 6: 1 … 64 octets. */
	secretHex: v.optional(
		v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2}){1,64}$/, '1 to 64 octets in hex')),
	),
});

/** `PUT /api/v1/meters/{drn}/association`: write only. */
export const AssociationRequest = v.strictObject({
	profile: MeterProfileShape,
	secrets: AssociationSecrets,
});

/** All that anybody is ever told of a meter's association. */
export const AssociationAnswer = v.object({
	drn: v.string(),
	/** From 1; one more with each change of the secrets. */
	generation: v.pipe(whole, v.minValue(1)),
	profileName: v.string(),
	client: whole,
	setAtMs: instant,
	/** When a pack first carried these secrets: from then on they are to be changed; null: none did. */
	handedOutAtMs: v.nullable(instant),
});
/** `GET /api/v1/association-rotations`: secrets that were in the field and are to be changed, oldest first. */
export const RotationList = v.object({
	rotations: v.array(
		v.object({
			...AssociationAnswer.entries,
			handedOutAtMs: instant,
			area: v.string(),
			/** Packs that carried them. */
			packs: whole,
		}),
	),
	next: v.nullable(v.string()),
});
/** `next` of the page before. */
export const RotationQuery = v.strictObject({
	after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,16}-\d{11,13}$/))),
});

export type MeterProfileShape = v.InferOutput<typeof MeterProfileShape>;
export type AssociationSecrets = v.InferOutput<typeof AssociationSecrets>;
export type AssociationRequest = v.InferOutput<typeof AssociationRequest>;
export type AssociationAnswer = v.InferOutput<typeof AssociationAnswer>;
export type RotationList = v.InferOutput<typeof RotationList>;
