/** A meter's clock read, set and read again over a conversation. */
import type { Answer } from '#lib/core/dlms/association/wish.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import {
	type ClockRefusal,
	type ClockSettings,
	type ClockVerdict,
	decideClock,
	judgeClock,
	readClockWish,
	shiftClockWish,
	USUAL_CLOCK,
	writeClockWish,
} from '#lib/core/field/engineering/set-clock.ts';
import { type ClockDrift, driftOf, type OurTime } from '#lib/core/field/glance/clock.ts';
import { type MeterTime, timeIn } from '#lib/core/field/meter-time.ts';
import { askInTurn, type Interruption } from './ask-in-turn.ts';
import type { Conversation } from './conversation.ts';
import type { Timer } from './transport.ts';

export interface ClockOptions {
	readonly logicalName: Obis;
	/** Our time, put right. */
	readonly timer: Timer;
	readonly ours: OurTime;
	readonly settings?: ClockSettings;
	readonly signal?: AbortSignal;
}

export type ClockOutcome =
	| { readonly refusal: ClockRefusal }
	| {
			readonly verdict: ClockVerdict;
			readonly way: 'shift' | 'write';
			/** Null where the clock stood unset, or was not to be read again. */
			readonly before: ClockDrift | null;
			readonly after: ClockDrift | null;
	  }
	| { readonly interrupted: Interruption };

interface ClockRead {
	readonly time: MeterTime | undefined;
	readonly drift: ClockDrift | null;
	readonly form: 'octet-string' | 'date-time';
	/** Half of what the question took: what a written time is late by. */
	readonly latencyMs: number;
}

/**
 * Sets the clock as far as the settings let it. A lost answer is no failure: the clock is read again, and
 * what it shows is the verdict; called off once it was sent, it is read again too.
 */
export async function setClock(
	conversation: Conversation,
	{ logicalName, timer, ours, settings = USUAL_CLOCK, signal }: ClockOptions,
): Promise<ClockOutcome> {
	const before = await readClock(conversation, logicalName, timer, ours, signal);
	if ('interrupted' in before) return before;
	const plan = decideClock(before.time, before.drift, ours.uncertaintyMs, settings);
	if ('refusal' in plan) return plan;
	const write = () =>
		writeClockWish(
			logicalName,
			timer.nowMs() + before.latencyMs,
			before.time ?? { deviation: null, daylightSaving: false },
			ours.zone,
			before.form,
		);
	let { way } = plan;
	const first = plan.way === 'shift' ? shiftClockWish(logicalName, plan.seconds) : write();
	let asked = await askInTurn(conversation, first, signal);
	if ('answer' in asked && way === 'shift' && isRefused(asked.answer)) {
		// What was refused was not done: the other way is open.
		way = 'write';
		asked = await askInTurn(conversation, write(), signal);
	}
	if ('interrupted' in asked) return asked;
	const again = await readClock(conversation, logicalName, timer, ours);
	const after = 'interrupted' in again ? null : again.drift;
	const verdict = isRefused(asked.answer) ? 'refused' : judgeClock(before.drift, after, settings);
	return { verdict, way, before: before.drift, after };
}

async function readClock(
	conversation: Conversation,
	logicalName: Obis,
	timer: Timer,
	ours: OurTime,
	signal?: AbortSignal,
): Promise<ClockRead | { readonly interrupted: Interruption }> {
	const askedMs = timer.nowMs();
	const asked = await askInTurn(conversation, readClockWish(logicalName), signal);
	if ('interrupted' in asked) return asked;
	const { answer } = asked;
	const answeredMs = timer.nowMs();
	const data =
		answer !== 'no-answer' && answer.kind === 'get' && 'data' in answer.result
			? answer.result.data
			: undefined;
	const time = timeIn(data, ours.zone);
	return {
		time,
		drift: time ? driftOf(time, { askedMs, answeredMs }, ours) : null,
		form: data?.type === 'date-time' ? 'date-time' : 'octet-string',
		latencyMs: Math.max(0, answeredMs - askedMs) / 2,
	};
}

function isRefused(answer: Answer | 'no-answer'): boolean {
	if (answer === 'no-answer') return false;
	if (answer.kind === 'set') return answer.result !== 0;
	return answer.kind === 'action' && answer.outcome.result !== 0;
}
