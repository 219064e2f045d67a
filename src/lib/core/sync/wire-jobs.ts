/**
 * What the office asks of a technician, as it travels: at which meter, which tokens, what work. The pack that
 * carries it is in `wire-packs.ts`. Instants in epoch milliseconds.
 */
import * as v from 'valibot';
import { FIELD_WORK, JOB_STATES, type FieldWork } from '#lib/core/field/job-terms.ts';
import { Id } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const instant = v.pipe(whole, v.minValue(0));
const words = (least: number, most: number) =>
	v.pipe(v.string(), v.trim(), v.minLength(least), v.maxLength(most));

export { FIELD_WORK, JOB_STATES, type FieldWork };

/** Meters of one job. */
export const MAX_JOB_METERS = 50;
/** Vends that a job names for one meter. */
export const MAX_JOB_VENDS = 20;

/** Vends whose tokens are looked at for a meter of which the job names none. */
export const MAX_UNDELIVERED_VENDS = 5;

/** Which tokens are to be handed to a meter. */
export const TokensWanted = v.variant('which', [
	v.strictObject({ which: v.literal('none') }),
	/**
	 * Those that were made after the last one that is known to be in the meter, of the newest
	 * `MAX_UNDELIVERED_VENDS` vends: what is older was keyed in, or is too old.
	 */
	v.strictObject({ which: v.literal('undelivered') }),
	v.strictObject({
		which: v.literal('vends'),
		vendIds: v.pipe(
			v.array(Id),
			v.minLength(1),
			v.maxLength(MAX_JOB_VENDS),
			v.check((ids) => new Set(ids).size === ids.length, 'each vend once'),
		),
	}),
]);

const workList = v.pipe(
	v.array(v.picklist(FIELD_WORK)),
	v.maxLength(FIELD_WORK.length),
	v.check((work) => new Set(work).size === work.length, 'each kind of work once'),
);

/** `PUT /api/v1/jobs/{id}`: what somebody is to do at which meters. It stands as it was made. */
export const JobRequest = v.strictObject({
	/** The technician. */
	operatorId: Id,
	meters: v.pipe(
		v.array(v.strictObject({ drn: words(1, 20), tokens: TokensWanted, work: workList })),
		v.minLength(1),
		v.maxLength(MAX_JOB_METERS),
	),
	reason: words(3, 200),
	/** For the technician: the way in, whom to call. */
	note: words(0, 500),
	/** How long a pack with this job may be used, hours from when it is fetched; null: the house's own, 12. */
	packHours: v.nullable(v.pipe(whole, v.minValue(1), v.maxValue(72))),
	/** A job of a laboratory: only such a one allows firmware. */
	lab: v.boolean(),
});

export const JobAnswer = v.object({
	id: Id,
	state: v.picklist(JOB_STATES),
	operatorId: Id,
	operatorName: v.string(),
	madeAtMs: instant,
	reason: v.string(),
	note: v.string(),
	packHours: whole,
	lab: v.boolean(),
	meters: v.array(
		v.object({
			drn: v.string(),
			area: v.string(),
			tokens: TokensWanted,
			work: v.array(v.picklist(FIELD_WORK)),
		}),
	),
	/** When a pack last carried it; null: none did. */
	packedAtMs: v.nullable(instant),
	closing: v.nullable(v.object({ atMs: instant, note: v.string() })),
});
/** `GET /api/v1/jobs`: to a technician their own, the newest first. */
export const JobQuery = v.strictObject({
	state: v.optional(v.picklist(JOB_STATES)),
	/** `next` of the page before. */
	before: v.optional(Id),
});
export const JobList = v.object({ jobs: v.array(JobAnswer), next: v.nullable(Id) });

/** `POST /api/v1/jobs/{id}/closings`: by its technician `done`, by the office either. */
export const JobClosingRequest = v.strictObject({
	state: v.picklist(['done', 'cancelled']),
	note: words(0, 500),
});

export type TokensWanted = v.InferOutput<typeof TokensWanted>;
export type JobRequest = v.InferOutput<typeof JobRequest>;
export type JobAnswer = v.InferOutput<typeof JobAnswer>;
export type JobList = v.InferOutput<typeof JobList>;
export type JobQuery = v.InferOutput<typeof JobQuery>;
export type JobClosingRequest = v.InferOutput<typeof JobClosingRequest>;
