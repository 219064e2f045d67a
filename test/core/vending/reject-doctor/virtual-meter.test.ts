/**
 * Each cause of the reject doctor, on a virtual meter that is really driven into it: the doctor hears what
 * the meter's display says, and what a person there would answer.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { EMPTY_KEYPAD, pressKey, type KeypadKey } from '#lib/core/meter/keypad.ts';
import { USUAL_METER } from '#lib/core/meter/make-settings.ts';
import type { VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { encodeMeterTest } from '#lib/core/sts/meter-test.ts';
import {
	beginAgain,
	keySetOf,
	startEntry,
	tokenTaken,
	type KeypadEntry,
} from '#lib/core/sync/keypad-entry.ts';
import { hearSaying, unlocked } from '#lib/core/sync/keypad-lockout.ts';
import { CAUSES, type Cause } from '#lib/core/vending/reject-doctor/causes.ts';
import {
	diagnose,
	type KeySetState,
	type RejectFacts,
} from '#lib/core/vending/reject-doctor/diagnose.ts';
import { sayingOf, type Saying } from '#lib/core/vending/reject-doctor/sayings.ts';
import {
	creditToken,
	keyChange,
	MADE_MS,
	MADE_TID,
	meterOnBench,
	NEW_KEY,
} from '../../meter/bench-meter.ts';
import { factsOf, HERE } from './facts.ts';

const AT_MS = MADE_MS + 86_400_000;
const TID = MADE_TID + 100;
const NEW_CIPHER = prepareCipher(7, NEW_KEY.decoderKey);
const OTHER_METER = '37204139796';
const OTHER_CIPHER = prepareCipher(7, parseHex('0123456789abcdef'));
const CREDIT = creditToken(578, TID);
const KEYS = [{ kind: 'key-change' }, { kind: 'key-change' }, { kind: 'credit' }] as const;

/** A meter, and what it said to the last of some tokens. */
interface Heard {
	readonly meter: VirtualMeter;
	readonly saying: Saying;
	readonly atMs: number;
}

function enter(meter: VirtualMeter, tokens: readonly string[], stepMs = 0): Heard {
	let heard: Heard = { meter, saying: 'nothing', atMs: AT_MS };
	tokens.forEach((token, at) => {
		const atMs = AT_MS + at * stepMs;
		const entered = enterToken(heard.meter, token, atMs);
		heard = { meter: entered.meter, saying: sayingOf(entered.outcome.result), atMs };
	});
	return heard;
}

const RIGHT_METER = { meter: HERE };
const both = (digits: string) => ({ typed: digits, ...RIGHT_METER });

/** Names of every cause that was found. */
const found = new Set<string>();

function causeOf(digits: string, saying: Saying, more: Partial<RejectFacts> = {}): Cause | null {
	const diagnosis = diagnose(factsOf(digits, { saying, nowMs: AT_MS, ...more }));
	if (diagnosis.kind === 'ask') throw new Error(`asked for ${diagnosis.question}`);
	if (diagnosis.kind === 'none') return null;
	found.add(diagnosis.cause.name);
	return diagnosis.cause;
}

/** A display that names what is wrong, and one that only says no. */
const displays = (saying: Saying): Saying[] => [saying, 'refused'];

/** The marks that the coach would have made for parts taken at these times. */
const marks = (...takenMs: number[]): KeypadEntry =>
	takenMs.reduce((entry, ms) => tokenTaken(beginAgain(entry), ms), startEntry('0198', HERE));

describe('the reject doctor at a virtual meter', () => {
	it('a good token has no cause', () => {
		const { saying } = enter(meterOnBench(), [CREDIT]);
		expect(diagnose(factsOf(CREDIT, { saying }))).toEqual({ kind: 'none' });
	});

	it('no random good token has one, whatever else is said of it', () => {
		const keySets: KeySetState[] = ['none', 'unknown', 'open', 'half', 'slow', 'done', 'younger'];
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 30_000 }),
				fc.integer({ min: MADE_TID + 1, max: 0xff_ffff }),
				fc.constantFrom(...keySets),
				fc.boolean(),
				fc.nat(20),
				(units, tid, keySet, newerTaken, refusals) => {
					const digits = creditToken(units, tid);
					const { saying } = enter(meterOnBench(), [digits]);
					const facts = factsOf(digits, { saying, keySet, newerTaken, refusals });
					expect(diagnose(facts)).toEqual({ kind: 'none' });
				},
			),
			{ numRuns: 40 },
		);
	});

	it('the parts of a good key change have none', () => {
		const set = keyChange();
		let { meter } = enter(meterOnBench(), []);
		for (const digits of set) {
			const heard = enter(meter, [digits]);
			meter = heard.meter;
			const facts = factsOf(digits, { saying: heard.saying, isKeyPart: true, keySet: 'unknown' });
			expect(diagnose(facts)).toEqual({ kind: 'none' });
		}
	});

	it('a mistyped digit is found where it is, on either display', () => {
		fc.assert(
			fc.property(fc.nat(19), fc.integer({ min: 1, max: 9 }), (at, off) => {
				const wrong = String((Number(CREDIT[at]) + off) % 10);
				const typed = CREDIT.slice(0, at) + wrong + CREDIT.slice(at + 1);
				const { saying } = enter(meterOnBench(), [typed]);
				for (const display of displays(saying))
					expect(causeOf(CREDIT, display, { typed })).toEqual({
						name: 'slip',
						slip: { kind: 'digit', at, typed: wrong },
					});
			}),
			{ numRuns: 60 },
		);
	});

	it('digits left out, so that the meter waits, are found too', () => {
		const typed = CREDIT.slice(0, 8) + CREDIT.slice(12);
		const { saying } = enter(meterOnBench(), [typed]);
		expect(causeOf(CREDIT, saying, { typed })).toEqual({
			name: 'slip',
			slip: { kind: 'missing', at: 8, count: 4 },
		});
	});

	it('an older token of the same person is known as one', () => {
		const older = creditToken(100, TID - 50);
		const before = enter(meterOnBench(), keyChange()).meter;
		const { saying } = enter(before, [older]);
		expect(saying).toBe('wrong-token');
		expect(causeOf(CREDIT, saying, { typed: older, others: [older] })).toEqual({
			name: 'another-token',
		});
	});

	it('a key part in the place of a credit is heard from the display alone', () => {
		const [part] = keyChange() as [string];
		const { saying } = enter(meterOnBench(), [part]);
		expect(causeOf(CREDIT, saying)).toEqual({ name: 'another-token' });
	});

	it('the wrong meter is found by its number, and by nothing less', () => {
		const neighbours = meterOnBench({ drn: OTHER_METER, decoderKeyHex: '0123456789abcdef' });
		const { saying } = enter(neighbours, [CREDIT]);
		for (const display of displays(saying)) {
			expect(diagnose(factsOf(CREDIT, { saying: display, typed: CREDIT }))).toEqual({
				kind: 'ask',
				question: 'meter',
			});
			const arabic = CREDIT.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
			expect(causeOf(CREDIT, display, { typed: arabic, meter: null })).toEqual({ name: 'unclear' });
			const more = { typed: CREDIT, meter: OTHER_METER };
			expect(causeOf(CREDIT, display, more)).toEqual({ name: 'other-meter' });
			// Who cannot say is told no more than is known.
			expect(causeOf(CREDIT, display, { typed: null, meter: null })).toEqual({ name: 'unclear' });
		}
	});

	it('a token under another key looks the same, and stays unclear', () => {
		const digits = creditToken(578, TID, OTHER_CIPHER);
		const { saying } = enter(meterOnBench(), [digits]);
		for (const display of displays(saying)) {
			expect(causeOf(digits, display, both(digits))).toEqual({ name: 'unclear' });
			const again = { ...both(digits), refusals: 2 };
			expect(causeOf(digits, display, again)).toEqual({ name: 'unclear-again' });
		}
	});

	it('a used token', () => {
		const { saying } = enter(meterOnBench(), [CREDIT, CREDIT]);
		expect(causeOf(CREDIT, saying)).toEqual({ name: 'used' });
		// Where the display does not say so, the person's own word does.
		expect(causeOf(CREDIT, 'refused', { takenBefore: true })).toEqual({ name: 'used' });
	});

	it('an old token, because fifty newer ones went in', () => {
		const newer = Array.from({ length: 51 }, (_, at) => creditToken(1, TID + 1 + at));
		const { saying } = enter(meterOnBench(), [...newer, CREDIT]);
		for (const display of displays(saying)) {
			const more = { ...both(CREDIT), newerTaken: true };
			expect(causeOf(CREDIT, display, more)).toEqual({ name: 'newer-first' });
		}
	});

	it('an old token, because it is from before the meter was made', () => {
		const digits = creditToken(578, MADE_TID - 1);
		const { saying } = enter(meterOnBench(), [digits]);
		expect(causeOf(digits, saying)).toEqual({ name: 'too-old' });
	});

	it('an expired key', () => {
		const { saying } = enter(meterOnBench({ ken: (TID >>> 16) - 1 }), [CREDIT]);
		expect(causeOf(CREDIT, saying)).toEqual({ name: 'key-expired' });
	});

	it('a meter on its factory key, with and without a set for it', () => {
		const { saying } = enter(meterOnBench({ kt: 1 }), [CREDIT]);
		expect(causeOf(CREDIT, saying)).toEqual({ name: 'factory-key' });
		expect(causeOf(CREDIT, saying, { keySet: 'open' })).toEqual({ name: 'key-set-first' });
	});

	it('a full meter, whose token stays good', () => {
		const settings = { ...USUAL_METER, creditCapacityWh: 1000 };
		const { meter, saying } = enter(meterOnBench({ settings }), [CREDIT]);
		expect(causeOf(CREDIT, saying)).toEqual({ name: 'too-full' });
		const larger = { ...meter, settings: USUAL_METER };
		expect(enter(larger, [CREDIT]).saying).toBe('accepted');
	});

	it('a locked meter, until the very moment at which it takes tokens again', () => {
		const wrong = creditToken(1, TID, OTHER_CIPHER);
		let meter = meterOnBench();
		let lockout = unlocked(HERE);
		let atMs = AT_MS;
		for (let entry = 0; entry < 6; entry += 1) {
			const refused = enterToken(meter, wrong, atMs);
			meter = refused.meter;
			lockout = hearSaying(lockout, sayingOf(refused.outcome.result), atMs);
			expect(lockout.untilMs).toBe(meter.decoder.lockout.untilMs);
			if (lockout.untilMs > atMs) {
				const inside = enterToken(meter, CREDIT, lockout.untilMs - 1);
				const saying = sayingOf(inside.outcome.result);
				const known = { lockedBeforeMs: lockout.untilMs, lockedUntilMs: lockout.untilMs };
				for (const display of displays(saying))
					expect(causeOf(CREDIT, display, { ...known, nowMs: lockout.untilMs - 1 })).toEqual({
						name: 'locked',
						untilMs: lockout.untilMs,
					});
			}
			atMs = Math.max(atMs, lockout.untilMs);
		}
		expect(enterToken(meter, CREDIT, atMs).outcome.result).toBe('Accept');
	});

	it('a credit before its key change', () => {
		const credit = creditToken(578, TID, NEW_CIPHER);
		const { saying } = enter(meterOnBench(), [credit]);
		for (const display of displays(saying)) {
			const facts = { ...both(credit), keySet: keySetOf(KEYS, undefined) };
			expect(diagnose(factsOf(credit, { saying: display, ...facts }))).toEqual({
				kind: 'ask',
				question: 'key-set',
			});
			expect(causeOf(credit, display, { ...facts, keySetTaken: false })).toEqual({
				name: 'key-set-first',
			});
			expect(causeOf(credit, display, { ...facts, keySetTaken: true })).toEqual({
				name: 'unclear',
			});
		}
	});

	it('a credit after half a key change', () => {
		const [part] = keyChange() as [string];
		const credit = creditToken(578, TID, NEW_CIPHER);
		const { saying } = enter(meterOnBench(), [part, credit]);
		for (const display of displays(saying))
			expect(
				causeOf(credit, display, { ...both(credit), keySet: keySetOf(KEYS, marks(AT_MS)) }),
			).toEqual({ name: 'key-set-half' });
	});

	it('a credit after a key change whose parts came too far apart', () => {
		const credit = creditToken(578, TID, NEW_CIPHER);
		const step = 600_001;
		const { saying } = enter(meterOnBench(), [...keyChange(), credit], step);
		const keySet = keySetOf(KEYS, marks(AT_MS, AT_MS + step));
		for (const display of displays(saying))
			expect(causeOf(credit, display, { ...both(credit), keySet })).toEqual({
				name: 'key-set-slow',
			});
	});

	it('a key part whose set is in already', () => {
		const [part, second] = keyChange() as [string, string];
		const { saying } = enter(meterOnBench(), [part, second, part]);
		const keySet = keySetOf(KEYS, marks(AT_MS, AT_MS));
		for (const display of displays(saying)) {
			const more = { ...both(part), isKeyPart: true, keySet, takenBefore: true };
			expect(causeOf(part, display, more)).toEqual({ name: 'key-set-done' });
		}
	});

	it('a credit under the key before the meter’s', () => {
		const { saying } = enter(meterOnBench(), [...keyChange(), CREDIT]);
		for (const display of displays(saying)) {
			const more = { ...both(CREDIT), keySet: 'younger' } as const;
			expect(causeOf(CREDIT, display, more)).toEqual({ name: 'old-key' });
		}
	});

	it('a test token for another make', () => {
		const digits = encodeMeterTest(2, 0, 13);
		const { saying } = enter(meterOnBench(), [digits]);
		expect(causeOf(digits, saying)).toEqual({ name: 'other-make' });
	});

	it('a key change that the meter may not make', () => {
		const set = keyChange({ kt: 0 });
		const { saying } = enter(meterOnBench(), set);
		expect(causeOf(set[1] as string, saying, { isKeyPart: true })).toEqual({
			name: 'not-possible',
		});
	});

	it('digits that the meter has forgotten', () => {
		let keypad = EMPTY_KEYPAD;
		const press = (key: string, atMs: number) => {
			const pressed = pressKey(keypad, key as KeypadKey, atMs);
			keypad = pressed.keypad;
			return pressed.action;
		};
		for (const digit of CREDIT.slice(0, 12)) press(digit, AT_MS);
		for (const digit of CREDIT.slice(12)) press(digit, AT_MS + 20_000);
		// The meter has eight digits: Enter finds no token and no code in them.
		expect(press('#', AT_MS + 20_000)).toEqual({ kind: 'unknown-code', digits: CREDIT.slice(12) });
		expect(causeOf(CREDIT, 'timed-out')).toEqual({ name: 'forgot' });
	});

	it('a dark display, and one that stays dark', () => {
		expect(causeOf(CREDIT, 'nothing')).toEqual({ name: 'dark' });
		expect(causeOf(CREDIT, 'nothing', { refusals: 2 })).toEqual({ name: 'dark-again' });
	});

	it('what else the display says is looked into like a plain no', () => {
		const typed = CREDIT.slice(1);
		expect(causeOf(CREDIT, 'something-else', { typed })).toMatchObject({ name: 'slip' });
		expect(causeOf(CREDIT, 'something-else', both(CREDIT))).toEqual({ name: 'unclear' });
	});

	it('a number that no meter has is asked for again', () => {
		const facts = factsOf(CREDIT, { saying: 'wrong-token', typed: CREDIT, meter: '12345678904' });
		expect(diagnose(facts)).toEqual({ kind: 'ask', question: 'meter', refusal: 'check-digit' });
	});

	it('was driven into every cause there is', () => {
		expect([...found].sort()).toEqual(Object.keys(CAUSES).sort());
	});
});
