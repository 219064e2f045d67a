/** One command to the hardware module: its answer, its no as a refusal, or a fault. */
import { Fault } from '../../fault.ts';
import type { Log } from '../../log.ts';
import type { Refusal } from '../../refusal.ts';
import { decodeResponse, type Command, type Response } from './message.ts';
import type { Pool } from './pool.ts';
import { DONE, STATUSES } from './statuses.ts';

export interface Asking {
	readonly pool: Pool;
	readonly log: Log;
}

/**
 * Sends `request` and reads what it is answered with `read`, which throws a `Breach` at what it cannot read.
 * Refusals: those of `statuses.ts`.
 * @throws {Fault} `security-module-unavailable`: no answer, none that can be read, or a fault of the module
 */
export async function ask<Answer extends object>(
	{ pool, log }: Asking,
	command: Command,
	request: string,
	read: (response: Response) => Answer,
): Promise<Answer | Refusal> {
	const answer = await pool.ask(request, (text): Answer | string => {
		const response = decodeResponse(command, text);
		return response.status === DONE ? read(response) : response.status;
	});
	return typeof answer === 'string' ? judge(log, command, answer) : answer;
}

/** What a status other than 00 is to the backend. Logged: a person may have to do something about it. */
function judge(log: Log, command: Command, status: string): Refusal {
	const { meaning, refusal } = STATUSES[status] ?? { meaning: 'not known', refusal: null };
	log('warn', 'security-module-status', { command, status, meaning });
	if (refusal !== null) return { refusal };
	throw new Fault('security-module-unavailable', `it answers with status ${status}: ${meaning}`);
}
