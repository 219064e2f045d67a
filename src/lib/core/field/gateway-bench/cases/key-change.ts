/** Changing the decoder key: sets of two, three and four, in any order and too late, types, expiry, rollover (sts.md §12, §13.10). */
import type { Bench } from '../bench.ts';
import { changeKey, lookAtKey, settle } from '../bring-back.ts';
import { enter } from '../gateway-steps.ts';
import {
	BENCH_KEY,
	EXECUTION_FAILURE,
	NEITHER_KEY,
	OWN_KEY,
	type Sight,
	TAKEN,
	UNREADABLE,
	VALIDATION_FAILURE,
	valueSight,
} from '../sight.ts';
import { prepare, type Program, prove, skip, wait } from '../step.ts';

/** Whose key the meter shows. */
function* shownKey(bench: Bench): Program<Sight> {
	const { krn } = yield* lookAtKey(bench);
	if (krn === undefined) return UNREADABLE;
	if (krn === bench.keys.krn('home')) return OWN_KEY;
	return krn === bench.keys.krn('away') ? BENCH_KEY : NEITHER_KEY;
}

/** A meter that does not show its key revision cannot prove that the key has changed. */
function* needsShownKey({ found }: Bench): Program {
	if (found.key.krn === undefined) yield* skip('not-in-this-meter');
}

type Changes = Parameters<Bench['keys']['newKey']>[1];

/** The set that brings the bench's key. */
const setOf = ({ keys }: Bench, changes: Changes = {}): readonly string[] =>
	keys.change('home', keys.newKey('away', changes));

/** Two tokens for EA07, which carry no supply group; four for EA11. */
const shortSetOf = (bench: Bench, changes: Changes = {}): readonly string[] =>
	setOf(bench, bench.keys.home.ea === 7 ? { sgc: undefined, ...changes } : changes);

/** The whole set is taken, the meter shows the new key, and takes a token under it. */
function* setChangesKey(bench: Bench, tokens: readonly string[], sgc: string): Program {
	yield* needsShownKey(bench);
	yield* prove(yield* changeKey(bench, 'away', tokens), TAKEN);
	yield* prove(yield* shownKey(bench), BENCH_KEY);
	const shown = yield* lookAtKey(bench);
	if (shown.sgc !== undefined) yield* prove(valueSight(shown.sgc), valueSight(sgc));
	yield* prove(yield* enter(bench, bench.credit(1)), TAKEN);
}

/** After a set of two the meter does not know its supply group any more (sts.md §13.10). */
const UNTOLD_SGC = '000000';

export const twoTokensChangeKey = (bench: Bench): Program =>
	setChangesKey(bench, shortSetOf(bench), UNTOLD_SGC);

export function* threeTokensChangeKey(bench: Bench): Program {
	if ((bench.found.keyChangeTokens ?? 2) < 3) yield* skip('not-in-this-meter');
	yield* setChangesKey(bench, setOf(bench), bench.keys.home.sgc);
}

export const fourTokensChangeKey = (bench: Bench): Program =>
	setChangesKey(bench, setOf(bench), bench.keys.home.sgc);

/** The last section first. */
export function* anyOrderChangesKey(bench: Bench): Program {
	yield* needsShownKey(bench);
	const tokens = shortSetOf(bench);
	const backwards = yield* changeKey(bench, 'away', tokens.toReversed());
	bench.underWay = bench.place === 'away' ? undefined : { tokens, to: 'away' };
	yield* prove(backwards, TAKEN);
	yield* prove(yield* shownKey(bench), BENCH_KEY);
}

/** Longer than any meter keeps sections. */
const TIMEOUT_MS = 601_000;

/** The first section is forgotten when the others come too late. */
export function* lateSectionsDropped(bench: Bench): Program {
	yield* needsShownKey(bench);
	const tokens = shortSetOf(bench);
	const [first = '', ...others] = tokens;
	bench.underWay = { tokens, to: 'away' };
	yield* prepare(yield* enter(bench, first), TAKEN);
	yield* wait(TIMEOUT_MS, 'key-change-timeout');
	// Taken or not: alone they must come to nothing.
	for (const digits of others) yield* enter(bench, digits);
	yield* prove(yield* shownKey(bench), OWN_KEY);
}

/** Without the rollover bit the meter still knows the tokens it took. */
export function* tokensRememberedOverKeyChange(bench: Bench): Program {
	const tid = bench.takeTid();
	const digits = bench.credit(1, tid);
	yield* prepare(yield* enter(bench, digits), TAKEN);
	yield* prepare(yield* enter(bench, digits), VALIDATION_FAILURE);
	yield* prepare(yield* changeKey(bench, 'away', shortSetOf(bench)), TAKEN);
	yield* prove(yield* enter(bench, bench.credit(1, tid)), VALIDATION_FAILURE);
}

/** Never back to the maker's own key (sts.md §12.10). */
export function* makersKeyRefused(bench: Bench): Program {
	yield* needsShownKey(bench);
	const tokens = shortSetOf(bench, { kt: 0 });
	const sight = yield* changeKey(bench, 'away', tokens);
	// A set that was refused as a whole is not under way.
	if (sight.kind === EXECUTION_FAILURE.kind) bench.underWay = undefined;
	yield* prove(sight, EXECUTION_FAILURE);
	yield* prove(yield* shownKey(bench), OWN_KEY);
}

/** A default key takes no credit, and management tokens all the same. */
export function* defaultKeyTakesNoCredit(bench: Bench): Program {
	yield* prepare(yield* changeKey(bench, 'away', shortSetOf(bench, { kt: 1 })), TAKEN);
	yield* prove(yield* enter(bench, bench.credit(1)), VALIDATION_FAILURE);
	yield* prove(yield* enter(bench, bench.management({ kind: 'clear-tamper' })), TAKEN);
}

const KEN_STEP_BITS = 16;

/** A key whose expiry number has passed takes no token; a key change leads out of it. */
export function* expiredKeyRefused(bench: Bench): Program {
	const ken = (bench.takeTid() >>> KEN_STEP_BITS) - 1;
	if (ken < 0) yield* skip('key-too-young');
	yield* prepare(yield* changeKey(bench, 'away', shortSetOf(bench, { ken })), TAKEN);
	yield* prove(yield* enter(bench, bench.credit(1)), VALIDATION_FAILURE);
	const { keys } = bench;
	const back = keys.change('away', keys.newKey('home', sgcOf(bench)));
	yield* prove(yield* changeKey(bench, 'home', back), TAKEN);
	yield* prove((yield* settle(bench)) ? TAKEN : VALIDATION_FAILURE, TAKEN);
}

/** The way home carries the supply group where the meter takes it. */
function sgcOf({ keys, found }: Bench): Changes {
	return keys.home.ea === 7 && (found.keyChangeTokens ?? 2) < 3 ? { sgc: undefined } : {};
}

/** With the rollover bit the meter forgets: an identifier that was used is good under the new key. */
export function* rolloverForgetsTokens(bench: Bench): Program {
	const tid = bench.takeTid();
	yield* prepare(yield* enter(bench, bench.credit(1, tid)), TAKEN);
	const tokens = shortSetOf(bench, { rollover: true });
	yield* prepare(yield* changeKey(bench, 'away', tokens), TAKEN);
	bench.storeCleared = true;
	yield* prove(yield* enter(bench, bench.credit(1, tid)), TAKEN);
}
