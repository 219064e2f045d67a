/**
 * What a case of the bench does, one step after the other, and what it sees: a case is a generator that
 * gives steps and takes what came of them. Nothing here touches a meter.
 */
import type { RequestFailure } from '#lib/core/dlms/association/failure.ts';
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import type { LinkFaultKind } from '../link-fault-kind.ts';
import type { HandRequest, SkipReason, WaitReason } from './terms.ts';
import type { Sight } from './sight.ts';

/** As whom: the client of the profile, its public client, or a client SAP that no meter should know. */
export type Mate = 'own' | 'public' | 'stranger';

/** What is done wrong on purpose while an association is asked for. */
export type ConnectMistake =
	/** The proof is made of a challenge that the meter did not send; a password is another one. */
	| 'wrong-proof'
	/** Ciphered under a key that differs in one octet. */
	| 'wrong-key'
	/** The own client, without any ciphering. */
	| 'no-ciphering'
	/** The octets that asked for an earlier association, again. */
	| 'replay';

/** What goes out in place of one message. */
export type SendMistake =
	| { readonly kind: 'instead'; readonly octets: Uint8Array }
	/** The octets of the message before. */
	| { readonly kind: 'again' }
	/** Without its last octets. */
	| { readonly kind: 'cut' }
	/** With one bit of its last octet turned. */
	| { readonly kind: 'spoilt' };

/** The first APDU that came back to a mistake, as far as it can be told without a key. */
export interface Reply {
	readonly apdu: string;
	/** Of an exception: the service error by name. */
	readonly exception?: string;
	/** Of an answer to a wish to associate: whether the meter accepted. */
	readonly accepted?: boolean;
}

/** A step that somebody carries out. */
export type BenchStep =
	| { readonly do: 'connect'; readonly as: Mate; readonly mistake?: ConnectMistake }
	/** Asked in an association of `as`, which is made where none stands. */
	| {
			readonly do: 'ask';
			readonly as: Mate;
			readonly wish: Wish;
			readonly mistake?: SendMistake;
	  }
	| { readonly do: 'wait'; readonly ms: number; readonly why: WaitReason }
	| { readonly do: 'hand'; readonly request: HandRequest };

/** A step that is decided at once. */
export type JudgeStep =
	| {
			readonly do: 'judge';
			/** `prepare`: without it the case cannot be tried. `prove`: what the case is about. */
			readonly as: 'prepare' | 'prove';
			readonly holds: boolean;
			readonly expected: readonly Sight[];
			readonly found: Sight;
	  }
	| { readonly do: 'skip'; readonly because: SkipReason };

/** What came of a step. */
export type Seen =
	| { readonly is: 'associated'; readonly title: string; readonly reply?: Reply }
	| { readonly is: 'not-associated'; readonly why: string; readonly reply?: Reply }
	| { readonly is: 'answer'; readonly answer: Answer; readonly reply?: Reply }
	| { readonly is: 'failed'; readonly failure: RequestFailure; readonly reply?: Reply }
	| { readonly is: 'not-sent' }
	| { readonly is: 'done' }
	/** A person did not do it. */
	| { readonly is: 'declined' }
	/** The line itself is gone, or a meter that associated a moment ago does not any more. */
	| { readonly is: 'cut'; readonly fault: LinkFaultKind | 'no-association' };

/** A case, or a part of one. */
export type Program<Result = void> = Generator<BenchStep | JudgeStep, Result, Seen>;

/** One question in an association of our own. */
export function* ask(wish: Wish, mistake?: SendMistake): Program<Seen> {
	return yield { do: 'ask', as: 'own', wish, ...(mistake && { mistake }) };
}

/** One question in an association of another client. */
export function* askAs(as: Mate, wish: Wish): Program<Seen> {
	return yield { do: 'ask', as, wish };
}

/** A wish to associate that is wrong in one thing. */
export function* connectWrongly(mistake: ConnectMistake): Program<Seen> {
	return yield { do: 'connect', as: 'own', mistake };
}

export function* wait(ms: number, why: WaitReason): Program<Seen> {
	return yield { do: 'wait', ms, why };
}

/** What the case is about: it fails where `found` is none of `expected`. */
export function* prove(found: Sight, ...expected: readonly Sight[]): Program {
	yield { do: 'judge', as: 'prove', holds: isOneOf(found, expected), expected, found };
}

/** What the case rests upon: it cannot be judged where `found` is none of `expected`. */
export function* prepare(found: Sight, ...expected: readonly Sight[]): Program {
	yield { do: 'judge', as: 'prepare', holds: isOneOf(found, expected), expected, found };
}

/** A figure that need not be the expected one to the last digit. */
export function* proveFigure(holds: boolean, found: Sight, expected: Sight): Program {
	yield { do: 'judge', as: 'prove', holds, expected: [expected], found };
}

/** The case cannot be tried with this meter. */
export function* skip(because: SkipReason): Program {
	yield { do: 'skip', because };
}

function isOneOf(found: Sight, expected: readonly Sight[]): boolean {
	return expected.some(
		({ kind, value }) => kind === found.kind && (value === undefined || value === found.value),
	);
}
