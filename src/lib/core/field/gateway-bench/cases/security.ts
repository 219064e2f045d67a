/** Who is let in, what is believed, and what is carried out for whom (dlms.md §4 and §6). */
import { encodeApdu } from '../../../dlms/apdu/apdu.ts';
import { invokeOctet } from '../../../dlms/apdu/block.ts';
import type { Wish } from '../../../dlms/association/wish.ts';
import { mfrCodeOf } from '../../../sts/drn.ts';
import { encodeMeterTest } from '../../../sts/meter-test.ts';
import type { Bench } from '../bench.ts';
import { enterWish, read } from '../gateway-steps.ts';
import {
	ANSWER,
	ASSOCIATED,
	EXCEPTION,
	METHOD_REFUSED,
	NO_ANSWER,
	NOT_ASSOCIATED,
	sightOfAsk,
	sightOfConnect,
	sightOfReply,
	type Sight,
	UNREADABLE,
	valueSight,
} from '../sight.ts';
import {
	ask,
	askAs,
	connectWrongly,
	prepare,
	type Program,
	prove,
	proveFigure,
	type Seen,
	skip,
} from '../step.ts';
import { timeIn } from '../../meter-time.ts';
import { CLOCK } from './line.ts';

const ASK_CLOCK: Wish = { kind: 'get', target: CLOCK };
const DISPLAY_TEST = 2;

/** A test of the display: the same digits for every meter, and nothing is changed by it. */
export function harmlessToken({ target: { drn } }: Bench): string {
	return encodeMeterTest(DISPLAY_TEST, mfrCodeOf(drn) < 100 && drn.length === 11 ? 0 : 1);
}

export function* strangerRefused(): Program {
	const seen: Seen = yield { do: 'connect', as: 'stranger' };
	yield* prove(sightOfConnect(seen), NOT_ASSOCIATED);
}

export function* wrongProofRefused(): Program {
	yield* prove(sightOfConnect(yield* connectWrongly('wrong-proof')), NOT_ASSOCIATED);
}

export function* wrongKeyRefused(): Program {
	yield* prove(sightOfConnect(yield* connectWrongly('wrong-key')), NOT_ASSOCIATED);
}

export function* unprotectedAssociationRefused(): Program {
	yield* prove(sightOfConnect(yield* connectWrongly('no-ciphering')), NOT_ASSOCIATED);
}

/** The octets of an association that stood are sent once more: their counter is used. */
export function* replayedAssociationRefused(): Program {
	yield* prepare(sightOfAsk(yield* ask(ASK_CLOCK)), ANSWER);
	const seen = yield* connectWrongly('replay');
	yield* prove(sightOfReply('reply' in seen ? seen.reply : undefined), EXCEPTION, NOT_ASSOCIATED);
}

/** What is sent in place of a question comes back as an exception; the next question is answered. */
function* wrongMessageRefused(
	kind: 'again' | 'cut' | 'spoilt',
	...expected: readonly Sight[]
): Program {
	yield* prepare(sightOfAsk(yield* ask(ASK_CLOCK)), ANSWER);
	const seen = yield* ask(ASK_CLOCK, { kind });
	yield* prove(sightOfReply('reply' in seen ? seen.reply : undefined), ...expected);
	yield* prove(sightOfAsk(yield* ask(ASK_CLOCK)), ANSWER);
}

export const replayedMessageRefused = (): Program => wrongMessageRefused('again', EXCEPTION);
export const spoiltTagRefused = (): Program => wrongMessageRefused('spoilt', EXCEPTION);
/** What is no whole message may also go unanswered. */
export const cutMessageRefused = (): Program => wrongMessageRefused('cut', EXCEPTION, NO_ANSWER);

/** `enter` without ciphering, in the middle of an association that has it. */
export function* enterInClearRefused(bench: Bench): Program {
	yield* prepare(sightOfAsk(yield* ask(ASK_CLOCK)), ANSWER);
	const wish = enterWish(bench, harmlessToken(bench));
	if (wish.kind !== 'action' || !wish.parameter) return;
	const { target, parameter } = wish;
	const invoke = invokeOctet(1);
	const octets = encodeApdu({
		...{ apdu: 'action-request', kind: 'normal', invoke, target, parameter },
	} as const);
	const seen = yield* ask(ASK_CLOCK, { kind: 'instead', octets });
	yield* prove(sightOfReply('reply' in seen ? seen.reply : undefined), EXCEPTION);
}

/** Everybody may associate as the public client; nobody may enter a token so. */
export function* publicEnterRefused(bench: Bench): Program {
	const wish = enterWish(bench, harmlessToken(bench));
	yield* prove(methodSight(yield* askAs('public', wish)), METHOD_REFUSED, EXCEPTION);
}

function methodSight(seen: Seen): Sight {
	if (seen.is !== 'answer' || seen.answer.kind !== 'action') return sightOfAsk(seen);
	const { result } = seen.answer.outcome;
	return result === 0 ? ANSWER : { kind: 'method-refused', value: String(result) };
}

/** The title under which the meter ciphers is its own. */
export function* ownSystemTitle({ target }: Bench): Program {
	const seen: Seen = yield { do: 'connect', as: 'own' };
	yield* prepare(sightOfConnect(seen), ASSOCIATED);
	const title = seen.is === 'associated' ? seen.title : '';
	yield* prove(valueSight(title), valueSight(target.expectedTitle ?? ''));
}

/** A clock that is a day off dates tokens and logs wrongly. */
const CLOCK_OFF_MS = 86_400_000;

export function* clockRight({ target }: Bench): Program {
	const time = timeIn(yield* read(CLOCK.classId, CLOCK.logicalName, CLOCK.attribute));
	const ours = new Date(target.nowMs).toISOString();
	if (time?.atMs === undefined || time.atMs === null) {
		yield* time ? skip('not-in-this-meter') : prove(UNREADABLE, valueSight(ours));
		return;
	}
	const found = valueSight(new Date(time.atMs).toISOString());
	// Cases wait for minutes, and the clock goes on.
	const holds = Math.abs(time.atMs - target.nowMs) < CLOCK_OFF_MS;
	yield* proveFigure(holds, found, valueSight(ours));
}
