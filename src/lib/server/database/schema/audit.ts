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

/** The chain: each event in its place, over the one before. */
export interface AuditSealRow {
	sequence: number;
	event_id: string;
	/** SHA-256 over the previous hash and the canonical event, hex. */
	hash: string;
}

/** When each node was last known to issue, so that an older copy of the database is known for what it is. */
export interface NodeMarkRow {
	node_id: string;
	at_ms: number;
}

export interface AuditTables {
	audit_event: AuditEventRow;
	audit_seal: AuditSealRow;
	node_mark: NodeMarkRow;
}
