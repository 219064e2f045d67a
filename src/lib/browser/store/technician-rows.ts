/**
 * The rows of a technician's database. Each carries the schema it was written with, so that a later version
 * of the app knows what it reads.
 */
import type { SignedEntry } from '#lib/core/sync/field-journal.ts';
import type { EntryFinding } from '#lib/core/sync/wire-deliveries.ts';
import type { FieldProgress } from '#lib/core/sync/field-sync.ts';

/** The shape of rows written by this version of the app. */
export const TECHNICIAN_SCHEMA = 1;
type Schema = typeof TECHNICIAN_SCHEMA;

/** A technician who has signed in on this device, so that a PIN is enough without a network. */
export interface TechnicianRow {
	/** As the backend calls them; their vault's owner. */
	readonly operatorId: string;
	readonly schema: Schema;
	readonly utilityId: string;
	readonly login: string;
	readonly name: string;
	readonly lastSignedInMs: number;
}

/** One space of invocation counters: everything below `reserved` may have been used. */
export interface CounterRow {
	readonly space: string;
	readonly schema: Schema;
	/** 0 … 2³². */
	readonly reserved: number;
}

/** How far the tokens of one meter are: JSON of `core/field`, opaque to the store. */
export interface DeliveryRow {
	readonly drn: string;
	readonly schema: Schema;
	readonly snapshot: string;
	/** From 1, one more with each change. */
	readonly revision: number;
	readonly updatedAtMs: number;
}

/** What of a meter was read, or sent to it, so far, to go on from there: opaque likewise. */
export interface ResumeRow {
	readonly drn: string;
	/** A profile's logical name, `firmware`: whose it is decides. */
	readonly subject: string;
	readonly schema: Schema;
	readonly snapshot: string;
	readonly updatedAtMs: number;
}

/** An entry of the journal as it was signed, with its hash. Never changed, never deleted. */
export interface JournalRow {
	readonly deviceId: string;
	readonly sequence: number;
	readonly id: string;
	readonly schema: Schema;
	readonly hash: string;
	readonly entry: SignedEntry;
}

/** That an entry has arrived, and what the office found strange about it. */
export interface ArrivalRow {
	readonly deviceId: string;
	readonly sequence: number;
	readonly schema: Schema;
	readonly acceptedAtMs: number;
	readonly findings: readonly EntryFinding[];
}

/** How far a device's journal is with the backend. */
export interface ProgressRow extends FieldProgress {
	readonly deviceId: string;
	readonly schema: Schema;
}
