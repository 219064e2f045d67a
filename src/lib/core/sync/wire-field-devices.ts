/**
 * The devices of technicians as they travel: registered by whoever is signed in on them, seen and revoked by
 * the office. Instants in epoch milliseconds.
 */
import * as v from 'valibot';
import { FIELD_DEVICE_STATES } from '#lib/core/field/job-terms.ts';
import { DeviceKey } from './wire-terminals.ts';
import { Id } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const instant = v.pipe(whole, v.minValue(0));

/** `PUT /api/v1/field-devices/{id}`, by the technician who is signed in on it. The id is the device's own. */
export const FieldDeviceRequest = v.strictObject({
	/** What its owner calls it. */
	name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
	/** ECDSA P-256: signs the journal. Never leaves the device. */
	signingKey: DeviceKey,
	/** ECDH P-256: what packs are sealed to. */
	sealingKey: DeviceKey,
	/** That the device has the signing key: ECDSA over `fieldDeviceProof`, 64 octets in base64url. */
	proof: v.pipe(v.string(), v.regex(/^[\w-]{86}$/, '64 octets in base64url')),
});

/** The text under the proof. @param operatorId who is signed in */
export function fieldDeviceProof(
	id: string,
	operatorId: string,
	{ signingKey, sealingKey }: Pick<FieldDeviceRequest, 'signingKey' | 'sealingKey'>,
): string {
	const keys = [signingKey.x, signingKey.y, sealingKey.x, sealingKey.y];
	return ['tokenline field device', id, operatorId, ...keys].join('\n');
}

export const FieldDeviceAnswer = v.object({
	id: Id,
	name: v.string(),
	operatorId: Id,
	operatorName: v.string(),
	state: v.picklist(FIELD_DEVICE_STATES),
	registeredAtMs: instant,
	/** Since when it is suspended or revoked; null while it is active. */
	endedAtMs: v.nullable(instant),
	/** Until when a pack that it was given may be used; null: none, or one that is forgotten. */
	packUntilMs: v.nullable(instant),
	/** The last entry of its journal that has arrived; 0 and zeros: none. */
	journal: v.object({ sequence: v.pipe(whole, v.minValue(0)), hash: v.string() }),
	/** The server's clock, for the offset of the device's own. */
	serverMs: instant,
});
/** `GET /api/v1/field-devices`: to a technician their own, to the office all. */
export const FieldDeviceList = v.object({
	devices: v.array(FieldDeviceAnswer),
	next: v.nullable(v.string()),
});
/** `next` of the page before. */
export const FieldDeviceQuery = v.strictObject({ after: v.optional(Id) });

export type FieldDeviceRequest = v.InferOutput<typeof FieldDeviceRequest>;
export type FieldDeviceAnswer = v.InferOutput<typeof FieldDeviceAnswer>;
export type FieldDeviceList = v.InferOutput<typeof FieldDeviceList>;
