/** Before the first case with a token: what the meter has, whether its key is the one of its papers, what it holds. */
import { obis, type Obis } from '../../dlms/cosem/obis.ts';
import { type ObjectEntry, objectListOf } from '../../dlms/cosem/object-list.ts';
import { keyTokensIn, type StsKey } from '../glance/sts-attributes.ts';
import { elementsIn, textIn, wholeIn } from '../understand.ts';
import type { Bench, FoundMeter } from './bench.ts';
import { goHome } from './bring-back.ts';
import { enter, read, readCredit, readKey, readLimit } from './gateway-steps.ts';
import { TAKEN, VALIDATION_FAILURE } from './sight.ts';
import type { Program } from './step.ts';
import type { TestKey } from './test-key.ts';

const OWN_ASSOCIATION = obis('0.0.40.0.0');
const DEVICE_NAME = obis('0.0.42.0.0');
const FIRMWARE = obis('1.0.0.2.0');
/** Entries of an object list that are looked at. */
const MAX_ENTRIES = 4096;
const TOKEN_CREDIT = 0;
const CONSUMPTION = 1;
const WH_PER_KWH = 1000;
/** How far identifiers are moved on when one was used already, and how often. */
const LEAP_MINUTES = 1440;
const LEAPS = 3;

/** Reads what the cases go by. Puts a key right that an earlier run has left. */
export function* findMeter(bench: Bench): Program {
	const entries = yield* readObjects();
	const first = (classId: number): Obis | undefined =>
		entries.find((entry) => entry.classId === classId)?.logicalName;
	const places = {
		sts: first(116),
		account: first(111),
		relay: first(70),
		limiter: first(71),
		credit: yield* findCredit(entries),
	};
	const keyChangeTokens = keyTokensIn(yield* read(116, places.sts, 11));
	bench.found = { ...bench.found, ...places, ...(keyChangeTokens && { keyChangeTokens }) };
	yield* findKey(bench);
	bench.found = {
		...bench.found,
		key: yield* readKey(bench),
		creditUnitWh: yield* readCreditUnit(places.account),
		creditBefore: yield* readCredit(bench),
		limitW: yield* readLimit(bench),
		owes: yield* readOwes(places.account),
		deviceName: textIn(yield* read(1, DEVICE_NAME, 2)),
		firmware: textIn(yield* read(1, FIRMWARE, 2)),
	} satisfies FoundMeter;
	if (!bench.barred) yield* findTid(bench);
}

function* readObjects(): Program<readonly ObjectEntry[]> {
	const list = yield* read(15, OWN_ASSOCIATION, 2);
	const elements = elementsIn(list)?.slice(0, MAX_ENTRIES) ?? [];
	return objectListOf({ type: 'array', value: elements });
}

/** The credit that tokens go to: its type says so. */
function* findCredit(entries: readonly ObjectEntry[]): Program<Obis | undefined> {
	for (const { classId, logicalName } of entries) {
		if (classId !== 112) continue;
		if (wholeIn(yield* read(112, logicalName, 3)) === TOKEN_CREDIT) return logicalName;
	}
	return undefined;
}

/** Whether the meter has the key of its papers; one that a run left behind is brought back. */
function* findKey(bench: Bench): Program {
	if (bench.barred) return;
	const { home } = bench.keys;
	const shown = yield* readKey(bench);
	if (shown.krn === bench.keys.krn('away') && shown.ti === home.ti) {
		bench.place = 'away';
		if (yield* goHome(bench)) return;
		bench.barred = 'key-differs';
	} else if (!isKey(shown, home)) bench.barred = 'key-differs';
}

const UNTOLD_SGC = '000000';

/** Only what is shown counts. */
function isKey(shown: StsKey, { ea, sgc, krn, ti, kt, ken }: TestKey): boolean {
	const wanted = { ea, krn, ti, kt, ken };
	const names = Object.keys(wanted) as (keyof typeof wanted)[];
	const differs = names.some((name) => shown[name] !== undefined && shown[name] !== wanted[name]);
	return !differs && [undefined, UNTOLD_SGC, sgc].includes(shown.sgc);
}

/** An identifier that the meter takes: strictly above whatever it took before. */
function* findTid(bench: Bench): Program {
	for (let leaps = 0; leaps <= LEAPS; leaps += 1) {
		const sight = yield* enter(bench, bench.credit(1));
		if (sight.kind === TAKEN.kind) {
			bench.unsettled = false;
			return;
		}
		if (sight.kind !== VALIDATION_FAILURE.kind) break;
		bench.leap(LEAP_MINUTES);
	}
	bench.barred = 'no-token-taken';
}

/** Watt-hours in one unit of the account; undefined where it counts money or time. */
function* readCreditUnit(account: Obis | undefined): Program<number | undefined> {
	const [, scale, unit] = elementsIn(yield* read(111, account, 15)) ?? [];
	const exponent = wholeIn(scale);
	return wholeIn(unit) === CONSUMPTION && exponent !== undefined && Math.abs(exponent) <= 9
		? WH_PER_KWH * 10 ** exponent
		: undefined;
}

/** A debt, or credit that was lent. */
function* readOwes(account: Obis | undefined): Program<boolean> {
	const toClear = wholeIn(yield* read(111, account, 6)) ?? 0;
	const debt = wholeIn(yield* read(111, account, 8)) ?? 0;
	return toClear > 0 || debt > 0;
}
