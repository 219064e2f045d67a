/** A meter's relay opened or closed over a conversation, and read again. */
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import {
	decideSwitch,
	judgeSwitch,
	type RelayExpectation,
	type RelayRefusal,
	type RelayVerdict,
	type RelayWish,
	relayReads,
	switchWish,
} from '#lib/core/field/engineering/switch-relay.ts';
import { controlStateIn, type RelayStanding, standingOf } from '#lib/core/field/glance/relay.ts';
import { truthIn, wholeIn } from '#lib/core/field/understand.ts';
import { askInTurn, type Interruption } from './ask-in-turn.ts';
import type { Conversation } from './conversation.ts';
import { readTogether } from './read-together.ts';

export interface RelayOptions {
	readonly logicalName: Obis;
	readonly wish: RelayWish;
	/** What the meter says of its credit; undefined where it does not. */
	readonly outOfCredit?: boolean;
	readonly signal?: AbortSignal;
}

export type RelayOutcome =
	| { readonly refusal: RelayRefusal }
	| {
			readonly verdict: RelayVerdict;
			readonly expected: RelayExpectation;
			readonly before: RelayStanding;
			readonly after: RelayStanding;
			/** Code of `ACTION_RESULTS`; undefined where no answer came. */
			readonly result: number | undefined;
	  }
	| { readonly interrupted: Interruption };

/** Switches the relay where its mode lets it. Whatever the answer, the relay is read again. */
export async function switchRelay(
	conversation: Conversation,
	{ logicalName, wish, outOfCredit, signal }: RelayOptions,
): Promise<RelayOutcome> {
	const before = await readRelay(conversation, logicalName, signal);
	if ('interrupted' in before) return before;
	const decided = decideSwitch(wish, { ...before, outOfCredit });
	if ('refusal' in decided) return decided;
	const asked = await askInTurn(conversation, switchWish(logicalName, wish), signal);
	if ('interrupted' in asked) return asked;
	const { answer } = asked;
	const result =
		answer !== 'no-answer' && answer.kind === 'action' ? answer.outcome.result : undefined;
	const again = await readRelay(conversation, logicalName);
	const after = 'interrupted' in again ? 'unknown' : again.standing;
	const verdict = judgeSwitch(wish, result, after);
	return { verdict, expected: decided.expected, before: before.standing, after, result };
}

async function readRelay(
	conversation: Conversation,
	logicalName: Obis,
	signal?: AbortSignal,
): Promise<
	| { readonly standing: RelayStanding; readonly mode: number | undefined }
	| { readonly interrupted: Interruption }
> {
	const read = await readTogether(conversation, relayReads(logicalName), signal);
	if ('interrupted' in read) return read;
	const [output, state, mode] = read.results;
	const standing = standingOf(
		output && 'data' in output ? truthIn(output.data) : undefined,
		state && 'data' in state ? controlStateIn(state.data) : undefined,
	);
	return { standing, mode: mode && 'data' in mode ? wholeIn(mode.data) : undefined };
}
