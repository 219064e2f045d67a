/** A meter read at a glance over a conversation: what is known is handed out after every answer. */
import {
	beginGlance,
	type GlanceReading,
	goOnSorting,
	nextGlanceStep,
	resumeGlance,
	takeGlanceAnswer,
} from '#lib/core/field/glance/glance-reading.ts';
import { askInTurn, breathe, type Interruption } from './ask-in-turn.ts';
import type { Conversation } from './conversation.ts';
import type { Timer } from './transport.ts';

export interface GlanceReport {
	/** `glanceOf` understands it; give it back as `from` to go on. */
	readonly reading: GlanceReading;
	/** Only in the last report, and only where it is not the end of the reading. */
	readonly interrupted?: Interruption;
}

export interface GlanceOptions {
	/** Our time, put right: the meter's clock is measured by it. */
	readonly timer: Timer;
	readonly signal?: AbortSignal;
	/** A reading that was broken off. */
	readonly from?: GlanceReading;
}

/** Reads, one report after each answer. Ends when everything was asked, or with the interruption. */
export async function* readGlance(
	conversation: Conversation,
	{ timer, signal, from }: GlanceOptions,
): AsyncGenerator<GlanceReport, void, undefined> {
	const { agreement } = conversation;
	let reading = from ? resumeGlance(from, agreement) : beginGlance(agreement);
	for (;;) {
		const step = nextGlanceStep(reading);
		if (step.do === 'done') return;
		if (step.do === 'sort') {
			reading = goOnSorting(reading);
			await breathe(timer);
			continue;
		}
		const askedMs = timer.nowMs();
		const asked = await askInTurn(conversation, step.wish, signal);
		if ('interrupted' in asked) {
			yield { reading, interrupted: asked.interrupted };
			return;
		}
		reading = takeGlanceAnswer(reading, asked.answer, { askedMs, answeredMs: timer.nowMs() });
		yield { reading };
		await breathe(timer);
	}
}
