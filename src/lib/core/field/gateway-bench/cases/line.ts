/** Whether the meter answers at all: what every other case rests upon. */
import { obis } from '../../../dlms/cosem/obis.ts';
import type { Wish } from '../../../dlms/association/wish.ts';
import { ANSWER, RUBBISH, sightOfAsk } from '../sight.ts';
import { askAs, type Program, prove } from '../step.ts';

/** The clock: every meter lets everybody read it, and a refusal is an answer too. */
export const CLOCK = { classId: 8, logicalName: obis('0.0.1.0.0'), attribute: 2 };
const ASK_CLOCK: Wish = { kind: 'get', target: CLOCK };

/** Whatever comes, it comes whole. */
export function* answersComeWhole(): Program {
	yield* prove(sightOfAsk(yield* askAs('public', ASK_CLOCK)), ANSWER, RUBBISH);
}

/** What comes is the answer to what was asked. */
export function* answersAreApdus(): Program {
	yield* prove(sightOfAsk(yield* askAs('public', ASK_CLOCK)), ANSWER);
}
