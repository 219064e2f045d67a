/** What follows every case: the meter as it was found, as far as tokens can bring that about. */
import type { Bench } from './bench.ts';
import { enter, readKey } from './gateway-steps.ts';
import type { StsKey } from '../glance/sts-attributes.ts';
import { type Sight, TAKEN } from './sight.ts';
import { type Program, wait } from './step.ts';
import type { KeyPlace } from './test-key.ts';

/** A locked meter takes a token again after this, the usual first lock being ten seconds. */
export const UNLOCK_MS = 11_000;
/** Tries of a token that a locked meter does not take. */
const TRIES = 8;
/** The most that one token of ours gives back: a hundred thousand kilowatt-hours. */
const MOST_UNITS = 1_000_000;
/**
 * Set where the meter had no limit, since a token cannot take one away: as high as meters go, and one of the
 * figures that the field of a token carries exactly.
 */
export const HIGH_LIMIT_W = 90_004;
/** The smallest credit: 0.1 kWh. */
const LEAST_UNITS = 1;
/** Tokens that a meter remembers, at least (sts.md §13.4). */
export const STORE_SIZE = 50;

/** Puts right whatever is not as it was found. */
export function* bringBack(bench: Bench): Program {
	if (bench.barred) return;
	if (bench.underWay) yield* finishSet(bench, bench.underWay);
	if (bench.place === 'away') yield* goHome(bench);
	if (bench.limitChanged) yield* setLimitBack(bench);
	if (bench.owedUnits > 0) yield* giveBack(bench);
	if (bench.unsettled) yield* settle(bench);
}

/** Once, after the last case: what the meter forgot is made old to it again. */
export function* closeRun(bench: Bench): Program {
	yield* bringBack(bench);
	if (bench.storeCleared && !bench.barred) yield* fillStore(bench);
}

/** Enters so many tokens that every identifier below them is old. */
export function* fillStore(bench: Bench): Program<boolean> {
	for (let entered = 0; entered < STORE_SIZE; entered += 1) {
		const sight = yield* enter(bench, bench.credit(LEAST_UNITS));
		if (sight.kind !== TAKEN.kind) return false;
	}
	bench.storeCleared = false;
	return true;
}

/** A good token: the meter forgets the wrong ones. Where it is locked, that is waited for. */
export function* settle(bench: Bench): Program<boolean> {
	const digits = bench.credit(LEAST_UNITS);
	for (let tries = 0; tries < TRIES; tries += 1) {
		const sight = yield* enter(bench, digits);
		if (sight.kind === TAKEN.kind) {
			bench.unsettled = false;
			return true;
		}
		// Whatever else it says will not change by waiting.
		if (sight.kind !== 'execution-failure') return false;
		const waited = yield* wait(UNLOCK_MS * 2 ** tries, 'lockout');
		if (waited.is === 'cut') return false;
	}
	return false;
}

/** The meter's own key again, where it shows the bench's. */
export function* goHome(bench: Bench): Program<boolean> {
	const { keys, found } = bench;
	const carriesSgc = keys.home.ea === 11 || (found.keyChangeTokens ?? 2) >= 3;
	const home = keys.newKey('home', carriesSgc ? {} : { sgc: undefined });
	return (yield* changeKey(bench, 'home', keys.change('away', home))).kind === TAKEN.kind;
}

/** Enters a set in the order given; what the meter says of the last token, or of the first it did not take. */
export function* changeKey(bench: Bench, to: KeyPlace, tokens: readonly string[]): Program<Sight> {
	bench.underWay = { tokens, to };
	let sight: Sight = TAKEN;
	for (const digits of tokens) {
		sight = yield* enter(bench, digits);
		if (sight.kind !== TAKEN.kind) return sight;
	}
	yield* lookAtKey(bench);
	return sight;
}

/** Which key the meter has by now; a set that is whole is not under way any more. */
export function* lookAtKey(bench: Bench): Program<StsKey> {
	const shown = yield* readKey(bench);
	const { keys, underWay } = bench;
	const place = PLACES.find((each) => shown.krn === keys.krn(each));
	if (place) bench.place = place;
	if (underWay && place === underWay.to) bench.underWay = undefined;
	return shown;
}

const PLACES = ['home', 'away'] as const;

/** Enters the tokens of a set until the key has changed. */
function* finishSet(
	bench: Bench,
	{ tokens, to }: { readonly tokens: readonly string[]; readonly to: KeyPlace },
): Program {
	yield* lookAtKey(bench);
	for (const digits of tokens) {
		if (bench.place === to) break;
		yield* enter(bench, digits);
		yield* lookAtKey(bench);
	}
	bench.underWay = undefined;
}

function* setLimitBack(bench: Bench): Program {
	const watts = bench.found.limitW ?? HIGH_LIMIT_W;
	const sight = yield* enter(bench, bench.management({ kind: 'set-power-limit', watts }));
	if (sight.kind !== TAKEN.kind) return;
	bench.limitChanged = false;
	if (bench.found.limitW === undefined) bench.limitLeftW = watts;
}

/** The credit that was wiped, rounded up to what a token can carry. */
function* giveBack(bench: Bench): Program {
	while (bench.owedUnits > 0) {
		const units = Math.min(bench.owedUnits, MOST_UNITS);
		const sight = yield* enter(bench, bench.credit(units));
		if (sight.kind !== TAKEN.kind) return;
		bench.owedUnits -= units;
	}
}
