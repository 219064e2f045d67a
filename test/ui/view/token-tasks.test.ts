import { describe, expect, it } from 'vitest';
import type { Token } from '#lib/core/sync/wire.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { decideTokenStory, energyOf, sharedText, tokenTask } from '#lib/ui/view/token-tasks.ts';

/** Tokens of these kinds, in this order. */
function tokens(...kinds: Token['kind'][]): Token[] {
	return kinds.map((kind, at) => ({
		kind,
		digits: String(at + 1).repeat(20),
		energyDeciKwh: kind === 'credit' || kind === 'fbe' ? 200 : 0,
		sequence: at + 1,
		of: kinds.length,
		test: true,
	}));
}

describe('tokens of one purchase', () => {
	it('tell one story', () => {
		expect(decideTokenStory(tokens('credit'))).toBe('one');
		expect(decideTokenStory(tokens('key-change', 'key-change', 'credit'))).toBe('keysThenCredit');
		expect(decideTokenStory(tokens('key-change', 'key-change'))).toBe('keysOnly');
		expect(decideTokenStory(tokens('fbe', 'credit'))).toBe('several');
	});

	it('each have their place and their task', () => {
		const set = tokens('key-change', 'key-change', 'credit');
		expect(set.map((token) => tokenTask(token, set, en, String))).toEqual([
			{ place: 'Token 1 of 3', what: 'New key, part 1 of 2' },
			{ place: 'Token 2 of 3', what: 'New key, part 2 of 2' },
			{ place: 'Token 3 of 3', what: 'The energy you bought' },
		]);
	});

	it('are shared whole, in the order of entry', () => {
		const set = tokens('key-change', 'credit');
		const text = sharedText({ drn: '00000000018' }, set, en, 'en');
		expect(text.indexOf('1 of 2: 1111 1111')).toBeGreaterThan(0);
		expect(text.indexOf('2 of 2: 2222 2222')).toBeGreaterThan(text.indexOf('1 of 2'));
		expect(energyOf(set)).toBe(200);
		expect(sharedText({ drn: '00000000018' }, tokens('credit'), en, 'en')).toContain(
			'Token 1111 1111 1111 1111 1111\nfor meter 0000 0000 018, 20.0',
		);
	});
});
