/**
 * The job pack: all that a technician's device takes along for its open jobs, sealed to that device.
 * Instants in epoch milliseconds, energy in 0.1 kWh.
 */
import * as v from 'valibot';
import { AssociationSecrets, MeterProfileShape } from './wire-associations.ts';
import { FIELD_WORK } from './wire-jobs.ts';
import { Id, KeyPlaceShape, TOKEN_KINDS } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const instant = v.pipe(whole, v.minValue(0));

/** Meters of one pack, over all its jobs. */
export const MAX_PACK_METERS = 60;

/** `GET /api/v1/packs/job`: all open jobs of the technician, or one of them. */
export const JobPackQuery = v.strictObject({ device: Id, job: v.optional(Id) });

/** What is sealed: what the technician's session needs, and nothing that is not of these jobs. */
export const JobPack = v.object({
	packId: Id,
	deviceId: Id,
	operatorId: Id,
	issuedAtMs: instant,
	/** From then on nothing of it may be used: it goes by the job with the shortest time. */
	validUntilMs: instant,
	utility: v.object({ name: v.string(), timeZone: v.string(), helpLine: v.string() }),
	jobs: v.array(
		v.object({
			id: Id,
			reason: v.string(),
			note: v.string(),
			lab: v.boolean(),
			madeAtMs: instant,
			meters: v.array(v.object({ drn: v.string(), work: v.array(v.picklist(FIELD_WORK)) })),
		}),
	),
	meters: v.array(
		v.object({
			drn: v.string(),
			ownerMasked: v.string(),
			address: v.string(),
			area: v.string(),
			state: v.picklist(['active', 'blocked']),
			/** A meter of the public-test estate. */
			virtual: v.boolean(),
			phases: whole,
			ea: v.picklist([7, 11]),
			tct: v.string(),
			/** Where the books think that its key is; `baseYear`, `ken`, `kt` null for a key that is not known here. */
			key: v.object({
				...KeyPlaceShape.entries,
				baseYear: v.nullable(whole),
				ken: v.nullable(whole),
				kt: v.nullable(whole),
			}),
			/** Where it is to be; null: it is there. */
			keyWanted: v.nullable(v.object(KeyPlaceShape.entries)),
			/** How to reach it and with what; null: the office has set nothing. */
			association: v.nullable(
				v.object({
					generation: whole,
					profile: MeterProfileShape,
					secrets: AssociationSecrets,
				}),
			),
			/** In the order of entry. */
			tokens: v.array(
				v.object({
					/** From 1. */
					position: whole,
					vendId: Id,
					sequence: whole,
					of: whole,
					kind: v.picklist(TOKEN_KINDS),
					digits: v.pipe(v.string(), v.regex(/^\d{20}$/)),
					energyDeciKwh: v.pipe(whole, v.minValue(0)),
					/** Of a software security module: never of a real utility. */
					test: v.boolean(),
					/** What it was made under. */
					sgc: v.string(),
					krn: whole,
					/** Null for a token without one, such as a key-change section. */
					tid: v.nullable(whole),
					baseYear: v.nullable(whole),
					madeAtMs: instant,
					/** What is known of an earlier delivery of it; null: nothing. */
					delivery: v.nullable(v.picklist(['refused', 'unknown'])),
				}),
			),
		}),
	),
});

/** The outside of a pack. */
export const JobPackAnswer = v.object({
	packId: Id,
	deviceId: Id,
	issuedAtMs: instant,
	validUntilMs: instant,
	/** The server's clock, for the offset of the device's own. */
	serverMs: instant,
	jobs: whole,
	meters: whole,
	/** JWE compact (RFC 7516), `PACK_SEAL`, to the device's sealing key; the plaintext is a `JobPack`. */
	sealed: v.string(),
});

/** How a pack is sealed. */
export const PACK_SEAL = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' } as const;
/** Protected header of a pack beside `alg`, `enc` and `epk`: authenticated, not secret. */
export const PackHeader = v.object({
	alg: v.literal(PACK_SEAL.alg),
	enc: v.literal(PACK_SEAL.enc),
	typ: v.literal('tokenline-job-pack'),
	packId: Id,
	deviceId: Id,
	validUntilMs: instant,
});

export type JobPack = v.InferOutput<typeof JobPack>;
export type JobPackAnswer = v.InferOutput<typeof JobPackAnswer>;
export type PackHeader = v.InferOutput<typeof PackHeader>;
