/** Tills as they travel between office, device and backend. */
import * as v from 'valibot';
import { Id, UtilityShape } from './wire.ts';

const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
/** 32 octets, base64url without padding. */
const coordinate = v.pipe(v.string(), v.regex(/^[\w-]{43}$/, '32 octets in base64url'));

/** What a till is called, printed on its receipts: `T-001`. Never that of another issuing point. */
export const TerminalId = v.pipe(
	v.string(),
	v.regex(/^[A-Z]{1,6}-[0-9]{1,6}$/, 'letters, a hyphen, digits: T-001'),
);

/** Public part of a device's ECDSA P-256 key (RFC 7517, 7518). */
export const DeviceKey = v.strictObject({
	kty: v.literal('EC'),
	crv: v.literal('P-256'),
	x: coordinate,
	y: coordinate,
});

/** `PUT /api/v1/terminals/{terminal}`. The vendor never changes, the name may. */
export const TerminalRequest = v.strictObject({
	vendorId: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
	name,
});

export const TERMINAL_STATES = ['awaiting-enrolment', 'active', 'revoked'] as const;
export const TerminalAnswer = v.object({
	id: v.string(),
	vendorId: v.string(),
	name: v.string(),
	state: v.picklist(TERMINAL_STATES),
	enrolledAtMs: v.nullable(instant),
	/** Until when a code may still be used; null: there is none. */
	codeExpiresAtMs: v.nullable(instant),
});
export const TerminalList = v.object({ terminals: v.array(TerminalAnswer) });

/** `POST /api/v1/terminals/{terminal}/enrolment-codes`: shown once, only its hash is kept. */
export const EnrolmentCode = v.object({
	/** Crockford base 32 in groups of four, the last character a check. */
	code: v.string(),
	expiresAtMs: instant,
});

/** Random characters of an enrolment code and its check character. */
export const ENROLMENT_CODE_LENGTH = 13;

/** `POST /api/v1/terminal-enrolments`, by the device itself. */
export const EnrolmentRequest = v.strictObject({
	code: v.pipe(v.string(), v.maxLength(40)),
	publicKey: DeviceKey,
	/** Made by the device, the name of its journal. Absent: it keeps none, and sells online only. */
	deviceId: v.optional(Id),
	/** ECDH P-256: what sealed tokens are sealed to. With `deviceId`. */
	sealingKey: v.optional(DeviceKey),
	/** That the device has the private key: ECDSA over `enrolmentProof`, 64 octets in base64url. */
	proof: v.pipe(v.string(), v.regex(/^[\w-]{86}$/, '64 octets in base64url')),
});

/** All that a till needs to know of itself and of whom it sells for. */
export const EnrolmentAnswer = v.object({
	terminalId: v.string(),
	name: v.string(),
	vendor: v.object({ id: v.string(), name: v.string() }),
	utilityId: v.string(),
	utility: UtilityShape,
	/** ECDH P-256 of the backend: sales are sealed to it at the tap. */
	saleKey: DeviceKey,
	/** The server's clock, for the offset of the device's own. */
	serverMs: instant,
	/** How far a signature's time may be from the server's. */
	signatureWindowMs: instant,
});

/** What an enrolment proves beside its code. */
type Enrolling = Pick<EnrolmentRequest, 'publicKey' | 'deviceId' | 'sealingKey'>;

/** The text under the proof. @param code as `parseCode` gives it */
export function enrolmentProof(
	code: string,
	{ publicKey, deviceId, sealingKey }: Enrolling,
): string {
	const journal = deviceId === undefined ? [] : [deviceId, sealingKey?.x, sealingKey?.y];
	return ['tokenline terminal enrolment', code, publicKey.x, publicKey.y, ...journal].join('\n');
}

export type DeviceKey = v.InferOutput<typeof DeviceKey>;
export type TerminalRequest = v.InferOutput<typeof TerminalRequest>;
export type TerminalAnswer = v.InferOutput<typeof TerminalAnswer>;
export type TerminalList = v.InferOutput<typeof TerminalList>;
export type EnrolmentCode = v.InferOutput<typeof EnrolmentCode>;
export type EnrolmentRequest = v.InferOutput<typeof EnrolmentRequest>;
export type EnrolmentAnswer = v.InferOutput<typeof EnrolmentAnswer>;
