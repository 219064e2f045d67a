/** A profile read over a conversation, a piece at a time: its rows are handed out as they come. */
import {
	nextProfileStep,
	takeProfileAnswer,
} from '#lib/core/field/profile-reading/profile-steps.ts';
import {
	type ProfileReading,
	type ProfileShape,
	shapeOf,
} from '#lib/core/field/profile-reading/reading-state.ts';
import type { ProfileRow } from '#lib/core/field/profile-reading/rows.ts';
import { askInTurn, breathe, type Interruption } from './ask-in-turn.ts';
import type { Conversation } from './conversation.ts';
import type { Timer } from './transport.ts';

export interface ProfileReport {
	/**
	 * Keep it together with the rows: it is what to go on with. Its phase says whether it is `done`, wants
	 * a person's word (`confirm`) or is `stopped`.
	 */
	readonly reading: ProfileReading;
	/** Undefined before the profile is described. */
	readonly shape: ProfileShape | undefined;
	/** The rows that this answer brought, newest first. */
	readonly rows: readonly ProfileRow[];
	/** Only in the last report. */
	readonly interrupted?: Interruption;
}

/**
 * Reads on from where `reading` stands (`beginProfile`, `resumeProfile`, `confirmProfile`), one report after
 * each answer; whoever takes the reports slowly slows the reading. Ends when there is nothing to ask.
 */
export async function* readProfile(
	conversation: Conversation,
	from: ProfileReading,
	{ timer, signal }: { readonly timer: Timer; readonly signal?: AbortSignal },
): AsyncGenerator<ProfileReport, void, undefined> {
	let reading = from;
	for (;;) {
		const step = nextProfileStep(reading);
		if (step.do !== 'ask') {
			yield { reading, shape: shapeOf(reading), rows: [] };
			return;
		}
		const asked = await askInTurn(conversation, step.wish, signal);
		if ('interrupted' in asked) {
			const { interrupted } = asked;
			yield { reading, shape: shapeOf(reading), rows: [], interrupted };
			return;
		}
		// Decoding was one piece of work; understanding is another.
		await breathe(timer);
		const taken = takeProfileAnswer(reading, asked.answer);
		reading = taken.reading;
		if (reading.phase === 'units' || reading.phase === 'rows' || taken.rows.length > 0)
			yield { reading, shape: shapeOf(reading), rows: taken.rows };
		await breathe(timer);
	}
}
