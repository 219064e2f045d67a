/** Meters that the office blocks from being sold to, and unblocks, as it travels. */
import * as v from 'valibot';
import { BLOCK_REASONS, UNBLOCK_REASONS } from '#lib/core/vending/block-meter.ts';
import { Id } from './wire.ts';

const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** In the office's own words; what is none of the named reasons must be said here. */
const note = v.pipe(v.string(), v.trim(), v.maxLength(500));

/** `PUT /api/v1/meters/{drn}/block-decisions/{id}`. */
export const BlockDecisionRequest = v.variant('deed', [
	v.strictObject({ deed: v.literal('block'), reason: v.picklist(BLOCK_REASONS), note }),
	v.strictObject({ deed: v.literal('unblock'), reason: v.picklist(UNBLOCK_REASONS), note }),
]);

const person = v.object({ operatorId: v.string(), name: v.string() });
const decided = {
	/** Of the proposal, where a second person agreed. */
	id: Id,
	drn: v.string(),
	note: v.string(),
	atMs: instant,
	by: person,
	/** The second person; null: one was enough. */
	agreedBy: v.nullable(person),
};

export const BlockDecision = v.variant('deed', [
	v.object({ deed: v.literal('block'), reason: v.picklist(BLOCK_REASONS), ...decided }),
	v.object({ deed: v.literal('unblock'), reason: v.picklist(UNBLOCK_REASONS), ...decided }),
]);

/** A meter as the list of blocked ones has it. */
const standing = {
	drn: v.string(),
	area: v.string(),
	/** Empty for a meter that was first sold to from its card. */
	ownerName: v.string(),
	/** What made its state what it is; null: nobody wrote that down, or it never was another. */
	decision: v.nullable(BlockDecision),
};

/** `GET /api/v1/meters/{drn}/block-decisions`. */
export const MeterBlock = v.object({
	...standing,
	state: v.picklist(['active', 'blocked']),
	/** Whether a second person must agree that it is unblocked. */
	unblockNeedsTwo: v.boolean(),
	/** What is proposed already and not decided. */
	proposal: v.nullable(v.object({ id: Id, proposedBy: v.string(), proposedAtMs: instant })),
	/** The latest of them, the newest first. */
	decisions: v.array(BlockDecision),
});

/** `GET /api/v1/blocked-meters`. */
export const BlockedMetersQuery = v.strictObject({
	/** `next` of the page before. */
	after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,13}$/, 'a meter number'))),
});
/** By number. */
export const BlockedMeterList = v.object({
	meters: v.array(v.object(standing)),
	next: v.nullable(v.string()),
});

export type BlockDecisionRequest = v.InferOutput<typeof BlockDecisionRequest>;
export type BlockDecision = v.InferOutput<typeof BlockDecision>;
export type MeterBlock = v.InferOutput<typeof MeterBlock>;
export type BlockedMetersQuery = v.InferOutput<typeof BlockedMetersQuery>;
export type BlockedMeterList = v.InferOutput<typeof BlockedMeterList>;
