/** What was done by whom, and which node issued when, as rows. */

/** Something somebody did, or was refused. Written in the transaction of the deed. Never digits, never a secret. */
export interface AuditEventRow {
	id: string;
	utility_id: string;
	at_ms: number;
	/** `operator:…`, `terminal:…`, `consumer`, `guest`, `provider:…` or `system`. */
	actor: string;
	/** Where from: terminal, or the address of a person's device. */
	origin: string;
	action: string;
	subject_kind: string;
	subject_id: string;
	/** JSON. */
	facts: string;
}

/** An event that is not in the chain yet: written with it, gone when it is sealed. */
export interface AuditQueueRow {
	event_id: string;
	utility_id: string;
}

/** The chain of a utility: each event in its place, over the one before. */
export interface AuditSealRow {
	utility_id: string;
	/** From 1, without a gap. */
	sequence: number;
	event_id: string;
	/** SHA-256 over the previous hash and the canonical event, hex. */
	hash: string;
}

/** Where a utility's chain stood when a civil day of it was over, signed. */
export interface AuditRootRow {
	utility_id: string;
	/** `2026-11-20`, in the utility's time zone. */
	date: string;
	sequence: number;
	hash: string;
	signed_at_ms: number;
	/** Of the node that signed: public JWK (Ed25519), canonical JSON. */
	public_key: string;
	/** Over the canonical root, base64url. */
	signature: string;
}

/** When each node was last known to issue, so that an older copy of the database is known for what it is. */
export interface NodeMarkRow {
	node_id: string;
	at_ms: number;
}

export interface AuditTables {
	audit_event: AuditEventRow;
	audit_queue: AuditQueueRow;
	audit_seal: AuditSealRow;
	audit_root: AuditRootRow;
	node_mark: NodeMarkRow;
}
