import { describe, expect, it } from 'vitest';
import type { TokenOutcome } from '#lib/core/meter/enter-token.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { SHORT_CODES } from '#lib/core/meter/keypad.ts';
import { showItem } from '#lib/core/meter/display-items.ts';
import { TOKEN_RESULTS, type TokenResult } from '#lib/core/sts/decoder/token-result.ts';
import { dotWidth, isShowable } from '#lib/ui/virtual-meter/dot-matrix.ts';
import { shownItem } from '#lib/ui/virtual-meter/shown-items.ts';
import { entryVerdict, tokenVerdict } from '#lib/ui/virtual-meter/verdict.ts';
import { words } from '#lib/ui/virtual-meter/words.ts';
import {
	creditToken,
	keyChange,
	MADE_MS,
	MADE_TID,
	managementToken,
	meterOnBench,
} from '../../core/meter/bench-meter.ts';

const NOW = MADE_MS + 3_600_000;
const LINE = dotWidth('0123456789012345');

const meter = meterOnBench();

describe('the verdict on a token', () => {
	it.each(Object.keys(TOKEN_RESULTS) as TokenResult[])(
		'%s fits the display and has its sentence',
		(result) => {
			const outcome = { result } as TokenOutcome;
			const verdict = tokenVerdict(outcome, meter);
			expect(isShowable(verdict.display)).toBe(true);
			expect(dotWidth(verdict.display)).toBeLessThanOrEqual(LINE);
			expect(verdict.title).not.toBe('');
			expect(verdict.detail).toMatch(/\.$/);
			const tone = TOKEN_RESULTS[result].taken ? 'good' : result === 'Lockout' ? 'wait' : 'bad';
			expect(verdict.tone).toBe(tone);
		},
	);

	it('says how much a credit token brought and what the meter holds', () => {
		const holding = meterOnBench({ creditWh: 5_049 });
		const { outcome, meter: after } = enterToken(holding, creditToken(578, MADE_TID + 9), NOW);
		expect(tokenVerdict(outcome, after).detail).toBe(
			'57.8\u00a0kWh added. The meter now holds 62.8\u00a0kWh.',
		);
	});

	it('says what a management token did', () => {
		const limit = enterToken(meter, managementToken(0, 3000, MADE_TID + 9), NOW);
		expect(tokenVerdict(limit.outcome, limit.meter).detail).toContain('3000 W');
		const cleared = enterToken(
			meterOnBench({ creditWh: 1000 }),
			managementToken(1, 0, MADE_TID + 9),
			NOW,
		);
		expect(tokenVerdict(cleared.outcome, cleared.meter).detail).toContain('1.0\u00a0kWh is wiped');
	});

	it('says which part of a key change is wanted, and that old tokens die with the key', () => {
		const [first, second] = keyChange();
		const one = enterToken(meter, first ?? '', NOW);
		expect(tokenVerdict(one.outcome, one.meter).detail).toContain('Enter part 2 as well');
		const two = enterToken(one.meter, second ?? '', NOW);
		expect(tokenVerdict(two.outcome, two.meter).detail).toContain(
			'The key of this meter has changed',
		);
	});

	it('never says more of a wrong entry than can be known', () => {
		const { outcome, meter: after } = enterToken(meter, '1'.repeat(20), NOW);
		expect(tokenVerdict(outcome, after).title).toBe('Not for this meter, or mistyped');
	});
});

describe('what the meter itself writes', () => {
	it('fits its display', () => {
		const { digitsOf, lockedFor, phase, rate, ...lines } = words.display;
		const texts = [
			...Object.values(lines),
			...Object.values(words.items),
			...Object.values(words.entry).map(({ display }) => display),
			...[words.notSet, words.yes, words.no, words.open, words.closed],
			digitsOf(19),
			lockedFor('21:20'),
			phase(3),
			rate(8),
		];
		for (const text of texts) {
			expect(isShowable(text), text).toBe(true);
			expect(dotWidth(text), text).toBeLessThanOrEqual(LINE);
		}
	});

	it.each(Object.entries(SHORT_CODES))('shows something under %s', (_code, name) => {
		const { label, value } = shownItem(showItem(meter, name));
		expect(label).not.toBe('');
		expect(isShowable(value), value).toBe(true);
	});

	it('says how many digits are missing', () => {
		expect(entryVerdict('incomplete', '19').detail).toContain('19 are in');
	});
});
