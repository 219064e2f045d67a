/**
 * Puts a message to a customer's phone into the outbox, in the transaction that made it necessary. Its text
 * is made when it is sent; until then nothing of it is anywhere but the facts named here.
 */
import type { CompiledQuery } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { insertion } from '../database/insertion.ts';
import type { Write } from '../database/open.ts';

export interface QueuedMessage {
	readonly utilityId: string;
	/** E.164. */
	readonly phone: string;
	readonly template: string;
	/** The vend or code it tells of: one message per template, subject and phone. */
	readonly subjectId: string;
	/** What the template needs and may be stored. Never digits of a token, never a code. */
	readonly facts?: Readonly<Record<string, string | number>>;
	readonly language?: string;
}

/** @throws when the same message is queued a second time */
export async function queueMessage(
	write: Write,
	message: QueuedMessage,
	nowMs: number,
): Promise<void> {
	await write.executeQuery(queueingOf(write, message, nowMs));
}

/** The same as a query, to be carried out together with those that made it necessary. */
export function queueingOf(write: Write, message: QueuedMessage, nowMs: number): CompiledQuery {
	return insertion(write, 'message', [
		{
			id: uuidV7({ msecs: nowMs }),
			utility_id: message.utilityId,
			phone: message.phone,
			template: message.template,
			subject_id: message.subjectId,
			facts: JSON.stringify(message.facts ?? {}),
			language: message.language ?? 'en',
			state: 'queued',
			state_at_ms: nowMs,
			created_at_ms: nowMs,
			attempts: 0,
			next_attempt_at_ms: nowMs,
			provider_reference: null,
		},
	]);
}
