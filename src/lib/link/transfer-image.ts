/** A firmware image sent to a meter over a conversation, block by block; a lab function. */
import type { ImageRun } from '#lib/core/field/engineering/image-run.ts';
import { nextImageStep } from '#lib/core/field/engineering/image-steps.ts';
import { takeImageAnswer } from '#lib/core/field/engineering/take-image-answer.ts';
import { digestImage } from '#lib/core/field/engineering/image-file.ts';
import { askInTurn, breathe, type Interruption, pause } from './ask-in-turn.ts';
import type { Conversation } from './conversation.ts';
import type { Timer } from './transport.ts';

export interface ImageReport {
	/** Store it before the next report is taken: it is what to go on with. */
	readonly run: ImageRun;
	/** Only in the last report. */
	readonly interrupted?: Interruption;
}

/** The digest of an image, in pieces that hold nobody up; undefined where it was called off. */
export async function digestOf(
	image: Uint8Array,
	{ timer, signal }: { readonly timer: Timer; readonly signal?: AbortSignal },
): Promise<string | undefined> {
	const pieces = digestImage(image);
	for (;;) {
		if (signal?.aborted) return undefined;
		const piece = pieces.next();
		if (piece.done) return piece.value;
		await breathe(timer);
	}
}

/**
 * Goes on with a transfer (`beginImage`, `resumeImage`, `activateImage`), one report after each answer. Ends
 * when the image waits for a person (`ready`), is `done` or `stopped`. Called off, it ends between two
 * blocks, and the meter keeps those it has.
 * @param image the one whose digest the run has: `digestOf` was compared
 */
export async function* transferImage(
	conversation: Conversation,
	from: ImageRun,
	image: Uint8Array,
	{ timer, signal }: { readonly timer: Timer; readonly signal?: AbortSignal },
): AsyncGenerator<ImageReport, void, undefined> {
	let run = from;
	for (;;) {
		const step = nextImageStep(run, image);
		if (step.do !== 'ask') {
			yield { run };
			return;
		}
		if (step.afterMs > 0) await pause(timer, step.afterMs, signal);
		const asked = await askInTurn(conversation, step.wish, signal);
		if ('interrupted' in asked) {
			yield { run, interrupted: asked.interrupted };
			return;
		}
		run = takeImageAnswer(run, asked.answer);
		yield { run };
		await breathe(timer);
	}
}
