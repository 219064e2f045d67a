/** The shapes of signing in, of operators and of their passkeys. Instants in epoch milliseconds. */
import * as v from 'valibot';
import { Id, Phone } from './wire.ts';

/** Roles of people who sign in; a guest, a consumer and a terminal are what they are by how they come. */
export const STAFF_ROLES = [
	'agent',
	'vendor-manager',
	'technician',
	'office-clerk',
	'office-manager',
	'tariff-officer',
	'key-officer',
	'auditor',
	'administrator',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Text of one line, without control characters: no database takes them all. */
const line = (longest: number) =>
	v.pipe(
		v.string(),
		v.minLength(1),
		v.maxLength(longest),
		v.regex(/^[^\p{Cc}]*$/u, 'no control characters'),
	);
const base64Url = (longest: number) =>
	v.pipe(v.string(), v.maxLength(longest), v.regex(/^[A-Za-z0-9_-]+$/, 'base64url'));

/** The name by which a person signs in: lower case, begins and ends with a letter or digit. */
export const Login = v.pipe(
	v.string(),
	v.minLength(2),
	v.maxLength(64),
	v.regex(/^[a-z0-9](?:[a-z0-9._@-]*[a-z0-9])?$/, 'a sign-in name'),
);
export const OneTimeCode = v.pipe(v.string(), v.regex(/^\d{6}$/, 'six digits'));
const Password = line(200);
/** `cookie` for pages of ours; `bearer` for programs, which alone are told the token. */
const Carrier = v.optional(v.picklist(['cookie', 'bearer']), 'cookie');

/** `POST /api/v1/one-time-codes`: a code to a consumer's phone, if it is one that this utility knows. */
export const OneTimeCodeRequest = v.strictObject({ phone: Phone });
export const OneTimeCodeAnswer = v.object({ expiresAtMs: instant });

/** What a browser answers to a challenge, as WebAuthn's own `toJSON` writes it. */
const credential = { id: base64Url(1_400), rawId: base64Url(1_400), type: v.literal('public-key') };
export const AssertionShape = v.object({
	...credential,
	response: v.object({
		clientDataJSON: base64Url(4_000),
		authenticatorData: base64Url(4_000),
		signature: base64Url(2_000),
		userHandle: v.nullish(base64Url(200)),
	}),
});
export const AttestationShape = v.object({
	...credential,
	response: v.object({ clientDataJSON: base64Url(4_000), attestationObject: base64Url(20_000) }),
});

/** `POST /api/v1/login-sessions` */
export const LoginSessionRequest = v.variant('by', [
	v.strictObject({
		by: v.literal('password'),
		login: line(200),
		password: Password,
		carrier: Carrier,
	}),
	v.strictObject({ by: v.literal('code'), phone: Phone, code: OneTimeCode, carrier: Carrier }),
	v.strictObject({
		by: v.literal('passkey'),
		challengeId: Id,
		assertion: AssertionShape,
		carrier: Carrier,
	}),
]);
export type LoginSessionRequest = v.InferOutput<typeof LoginSessionRequest>;

/** Who is signed in. */
export const PersonShape = v.variant('kind', [
	v.object({
		kind: v.literal('operator'),
		operatorId: v.string(),
		login: v.string(),
		name: v.string(),
		roles: v.array(v.picklist(STAFF_ROLES)),
		vendorId: v.nullable(v.string()),
	}),
	v.object({ kind: v.literal('consumer'), phone: v.string() }),
]);
export type Person = v.InferOutput<typeof PersonShape>;

export const LoginSessionAnswer = v.object({
	id: v.string(),
	utilityId: v.string(),
	person: PersonShape,
	createdAtMs: instant,
	/** Whatever happens. */
	expiresAtMs: instant,
	/** This long without a request ends it sooner. */
	idleMs: instant,
	/** Only for a program that asked for it, and only once. */
	token: v.optional(v.string()),
});
export type LoginSessionAnswer = v.InferOutput<typeof LoginSessionAnswer>;

export const LoginSessionList = v.object({
	sessions: v.array(
		v.object({
			id: v.string(),
			carrier: v.picklist(['cookie', 'bearer']),
			createdAtMs: instant,
			/** To within a minute. */
			usedAtMs: instant,
			expiresAtMs: instant,
		}),
	),
});
/** How many sessions were open and are no longer. */
export const SessionsEnded = v.object({ ended: v.number() });

/** `PUT /api/v1/operators/{id}`: the operator is to be so; the same again changes nothing. */
export const OperatorRequest = v.strictObject({
	login: Login,
	name: line(100),
	roles: v.pipe(
		v.array(v.picklist(STAFF_ROLES)),
		v.minLength(1),
		v.check((roles) => new Set(roles).size === roles.length, 'each role once'),
	),
	/** For whom an agent or a vendor's manager works; null for everybody else. */
	vendorId: v.nullable(line(100)),
	state: v.picklist(['active', 'suspended']),
});
export type OperatorRequest = v.InferOutput<typeof OperatorRequest>;

export const OperatorAnswer = v.object({
	id: v.string(),
	...OperatorRequest.entries,
	hasPassword: v.boolean(),
	passkeys: v.number(),
});
export type OperatorAnswer = v.InferOutput<typeof OperatorAnswer>;

/** By login; `after` is the last one of the page before. */
export const OperatorQuery = v.strictObject({ after: v.optional(line(64)) });
export const OperatorList = v.object({
	operators: v.array(OperatorAnswer),
	/** Where the next page begins, or null. */
	next: v.nullable(v.string()),
});

/** `PUT /api/v1/operators/{id}/password`: one's own with the present one, a colleague's as administrator. */
export const PasswordRequest = v.strictObject({
	password: Password,
	present: v.optional(Password),
});

/** `POST /api/v1/passkeys/challenges`: a random value to answer once, within five minutes. */
export const ChallengeRequest = v.strictObject({
	purpose: v.picklist(['passkey-registration', 'passkey-assertion']),
});
export const ChallengeAnswer = v.object({
	challengeId: v.string(),
	expiresAtMs: instant,
	/** For `PublicKeyCredential.parseCreationOptionsFromJSON`, or `parseRequestOptionsFromJSON`. */
	options: v.record(v.string(), v.unknown()),
});

/** `POST /api/v1/passkeys`: one for who is signed in. */
export const PasskeyRequest = v.strictObject({
	challengeId: Id,
	/** What its owner calls it: the device or key ring. */
	name: line(60),
	attestation: AttestationShape,
});
export const PasskeyAnswer = v.object({
	credentialId: v.string(),
	name: v.string(),
	createdAtMs: instant,
});
export type PasskeyAnswer = v.InferOutput<typeof PasskeyAnswer>;
/** One's own; an operator's as administrator. */
export const PasskeyQuery = v.strictObject({ operatorId: v.optional(Id) });
export const PasskeyList = v.object({ passkeys: v.array(PasskeyAnswer) });
export const PasskeysRemoved = v.object({ removed: v.number() });
