/** Technicians' devices, what they take along, and what they bring back, as rows. */
import type { JournalKind } from '#lib/core/sync/field-deeds.ts';
import type { FieldState } from '#lib/core/sync/wire-deliveries.ts';
import type { FieldDeviceState, JobState } from '../states.ts';

export interface FieldDeviceRow {
	/** Made by the device. */
	id: string;
	utility_id: string;
	operator_id: string;
	name: string;
	/** Public JWK (ECDSA P-256) under which its journal is signed. */
	signing_key: string;
	/** Public JWK (ECDH P-256) to which packs are sealed. */
	sealing_key: string;
	content_hash: string;
	registered_at_ms: number;
	state: FieldDeviceState;
	/** Since when it is suspended or revoked. */
	ended_at_ms: number | null;
}

/** The last entry of a device's journal that is here; no row: none is. */
export interface JournalHeadRow {
	device_id: string;
	sequence: number;
	hash: string;
}

/** How a meter is associated with. One row a meter; the secrets of before are gone. */
export interface MeterAssociationRow {
	drn: string;
	utility_id: string;
	/** From 1; one more with each change of the secrets. */
	generation: number;
	/** A `MeterProfile` as JSON. */
	profile: string;
	/** The secrets, under the home's key (`dlms-secret/secret-seal.ts`). */
	sealed: string;
	set_by: string;
	set_at_ms: number;
	/** When a pack first carried this generation. */
	handed_out_at_ms: number | null;
	/** Packs that carried it. */
	packs: number;
}

export interface JobRow {
	id: string;
	utility_id: string;
	/** The technician. */
	operator_id: string;
	/** A `JobRequest` as JSON, meter numbers in their plain form. */
	request: string;
	content_hash: string;
	pack_hours: number;
	made_by: string;
	made_at_ms: number;
	state: JobState;
	/** When a pack last carried it. */
	packed_at_ms: number | null;
	closed_by: string | null;
	closed_at_ms: number | null;
	closing_note: string | null;
}

/** A pack that was given out: what was in it, never what it said. Forgotten some time after its end. */
export interface JobPackRow {
	id: string;
	utility_id: string;
	device_id: string;
	operator_id: string;
	issued_at_ms: number;
	valid_until_ms: number;
	/** Ids as a JSON array. */
	jobs: string;
	drns: string;
	vends: string;
}

/** One entry of a device's journal, as it was signed. */
export interface JournalEntryRow {
	id: string;
	utility_id: string;
	device_id: string;
	sequence: number;
	hash: string;
	operator_id: string;
	job_id: string | null;
	drn: string | null;
	/** Of a token's delivery: whose it was, when it is a vend of ours. */
	vend_id: string | null;
	kind: JournalKind;
	at_ms: number;
	offset_ms: number | null;
	accepted_at_ms: number;
	/** JSON array of `EntryFinding`. */
	findings: string;
	/** The `SignedEntry` as canonical JSON, its signature with it. */
	entry: string;
}

/** The first contradiction in a device's journal, for which it was suspended. */
export interface JournalForkRow {
	device_id: string;
	utility_id: string;
	sequence: number;
	known_hash: string;
	other_id: string;
	other_hash: string;
	other_kind: JournalKind;
	other_entry: string;
	at_ms: number;
}

/** How a token of a vend fared at its meter. */
export interface TokenDeliveryRow {
	vend_id: string;
	sequence: number;
	utility_id: string;
	drn: string;
	state: FieldState;
	/** The journal's entry that says so. */
	entry_id: string;
	/** When, by the server's clock as well as the device knew. */
	at_ms: number;
}

export interface FieldTables {
	field_device: FieldDeviceRow;
	journal_head: JournalHeadRow;
	meter_association: MeterAssociationRow;
	job: JobRow;
	job_pack: JobPackRow;
	journal_entry: JournalEntryRow;
	journal_fork: JournalForkRow;
	token_delivery: TokenDeliveryRow;
}
