/**
 * The outbox of messages to phones, as a round of every process: each message is claimed by one, so that it
 * is not sent twice at once; a process that ends in between leaves it to the next, which first asks the
 * provider whether it has it.
 */
import { backOffMs } from '#lib/core/units/back-off.ts';
import type { Backend } from '../backend.ts';
import type { MessageRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { Fault } from '../fault.ts';
import { describeError } from '../log.ts';
import { decideMessageStep, stateAfter } from './decide-message.ts';
import { MESSAGE_TEXTS } from './texts.ts';

/** Messages worked on in one round. */
const BATCH = 100;
/** The first pause is also the lease: longer than any provider may take over an answer. */
const BACK_OFF = { firstMs: 60_000, lastMs: 60 * 60_000 };
/** Not looked at again. */
const NEVER_MS = 8_640_000_000_000_000;

export async function sendMessages(backend: Backend): Promise<void> {
	for (const message of await dueMessages(backend))
		try {
			if (await claim(backend, message)) await takeStep(backend, message);
		} catch (error) {
			backend.log('error', 'message-failed', { about: message.id, ...describeError(error) });
		}
}

async function dueMessages({ database, clock }: Backend): Promise<MessageRow[]> {
	const nowMs = clock.nowMs();
	return await database
		.selectFrom('message')
		.selectAll()
		.where('state', 'in', ['queued', 'unknown', 'sent'])
		.where((is) =>
			is.or([
				is('next_attempt_at_ms', '<=', nowMs),
				// Put off before the clock was set back.
				is.and([
					is('next_attempt_at_ms', '>', nowMs + 2 * BACK_OFF.lastMs),
					is('next_attempt_at_ms', '<', NEVER_MS),
				]),
			]),
		)
		.orderBy('next_attempt_at_ms')
		.limit(BATCH)
		.execute();
}

/** Puts the next attempt off; of several processes one gets it. */
async function claim({ database, clock }: Backend, message: MessageRow): Promise<boolean> {
	const attempts = message.attempts + 1;
	const pauseMs = backOffMs(attempts, BACK_OFF, Math.random());
	const claimed = await transact(database, (write) =>
		write
			.updateTable('message')
			.set({ attempts, next_attempt_at_ms: clock.nowMs() + pauseMs })
			.where('id', '=', message.id)
			.where('attempts', '=', message.attempts)
			.where('state', '=', message.state)
			.executeTakeFirst(),
	);
	return claimed.numUpdatedRows > 0n;
}

async function takeStep(backend: Backend, message: MessageRow): Promise<void> {
	try {
		switch (decideMessageStep(message, backend.clock.nowMs())) {
			case 'send':
				return await send(backend, message);
			case 'ask':
				return await askAfter(backend, message);
			case 'give-up':
				return await move(backend, message.id, 'failed');
			case 'rest':
				return await rest(backend, message.id);
		}
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		backend.log('warn', 'message-unanswered', { about: message.id, ...describeError(error) });
		await move(backend, message.id, 'unknown');
	}
}

async function askAfter(backend: Backend, message: MessageRow): Promise<void> {
	const state = stateAfter(await backend.messenger.status(message.id));
	if (state === undefined) await send(backend, message);
	else await move(backend, message.id, state);
}

async function send(backend: Backend, message: MessageRow): Promise<void> {
	const text = await MESSAGE_TEXTS[message.template]?.(backend, message);
	if (text === undefined) return await move(backend, message.id, 'failed');
	const { id: reference, phone } = message;
	const taken = await backend.messenger.send({ reference, phone, text });
	await move(backend, reference, taken === 'accepted' ? 'sent' : 'failed');
}

/** From which states each one is reached: what is known is not forgotten, and a final one stays. */
const COMES_FROM = {
	sent: ['queued', 'unknown'],
	unknown: ['queued'],
	delivered: ['queued', 'unknown', 'sent'],
	failed: ['queued', 'unknown', 'sent'],
} as const;

/** Brings a message to a state, unless it is further already. */
export async function move(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	id: string,
	state: keyof typeof COMES_FROM,
): Promise<void> {
	await transact(database, (write) =>
		write
			.updateTable('message')
			.set({ state, state_at_ms: clock.nowMs() })
			.where('id', '=', id)
			.where('state', 'in', COMES_FROM[state])
			.execute(),
	);
}

async function rest({ database }: Backend, id: string): Promise<void> {
	await transact(database, (write) =>
		write
			.updateTable('message')
			.set({ next_attempt_at_ms: NEVER_MS })
			.where('id', '=', id)
			.where('state', '=', 'sent')
			.execute(),
	);
}
