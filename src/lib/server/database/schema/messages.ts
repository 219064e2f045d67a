/** What is told to customers’ phones, as rows. */
import type { MessageState } from '../states.ts';

/** A message to a phone, queued in the transaction that made it necessary. Its text is made when it is sent. */
export interface MessageRow {
	id: string;
	utility_id: string;
	phone: string;
	template: string;
	/** The vend or code it tells of. */
	subject_id: string;
	/** JSON: what the template needs and may be stored. Never digits of a token, never a code. */
	facts: string;
	language: string;
	state: MessageState;
	state_at_ms: number;
	created_at_ms: number;
	attempts: number;
	next_attempt_at_ms: number;
	provider_reference: string | null;
}

/** A delivery receipt that was acted on. */
export interface MessageEventRow {
	provider: string;
	event_id: string;
	message_id: string;
	received_at_ms: number;
}

export interface MessagesTables {
	message: MessageRow;
	message_event: MessageEventRow;
}
