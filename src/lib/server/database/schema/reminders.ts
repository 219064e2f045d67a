/** What devices asked to be reminded of, as rows. */

/** Says when and where to, and not of what. */
export interface ReminderRow {
	id: string;
	utility_id: string;
	/** Of the push subscription, with the keys that only its browser can read with. */
	endpoint: string;
	endpoint_hash: string;
	p256dh: string;
	auth: string;
	due_at_ms: number;
	attempts: number;
	next_attempt_at_ms: number;
	created_at_ms: number;
}

export interface RemindersTables {
	reminder: ReminderRow;
}
