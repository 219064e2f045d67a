import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLAIM_CODE_LENGTH } from '#lib/core/sync/claim.ts';
import { formatCode, makeCode } from '#lib/core/sync/spoken-code.ts';
import { caretBeforeCodeDelete, decideClaimVerdict, regroupCode } from '#lib/ui/view/claim-code.ts';

const CODE = makeCode(Uint8Array.from([1, 0, 31, 4, 5, 6, 7, 8]));

describe('a claim code while it is typed', () => {
	it.each([
		['', { kind: 'hint' }],
		['10Z', { kind: 'so-far', characters: 3 }],
		['10Z4-5', { kind: 'so-far', characters: 5 }],
		[CODE, { kind: 'sound', code: CODE }],
		[formatCode(CODE).toLowerCase(), { kind: 'sound', code: CODE }],
		// As a hand reads it: I for 1, O for 0.
		[CODE.replace('1', 'I').replace('0', 'o'), { kind: 'sound', code: CODE }],
		[CODE.replace('1', '١').replace('0', '٠'), { kind: 'sound', code: CODE }],
		['١٠Z4', { kind: 'so-far', characters: 4 }],
		[`${CODE}0`, { kind: 'refused' }],
		['10Z?', { kind: 'refused' }],
	])('%j', (text, verdict) => {
		expect(decideClaimVerdict(text, false)).toEqual(verdict);
	});

	it.each(['', '10Z', '?'])('is refused as %j when that is all', (text) => {
		expect(decideClaimVerdict(text, true)).toEqual({ kind: 'refused' });
	});

	it('is refused with any one character wrong', () => {
		const other = (character: string) => (character === '7' ? '9' : '7');
		const wrong = [...CODE].map(
			(character, at) => CODE.slice(0, at) + other(character) + CODE.slice(at + 1),
		);
		for (const text of wrong) expect(decideClaimVerdict(text, false).kind, text).toBe('refused');
	});

	it('is sound however it was made, typed in groups', () => {
		const random = fc.uint8Array({ minLength: CLAIM_CODE_LENGTH - 1, maxLength: 8 });
		fc.assert(
			fc.property(random, (octets) => {
				const code = makeCode(octets);
				const { text } = regroupCode({ text: code.toLowerCase(), caret: 0 });
				expect(text).toBe(formatCode(code));
				expect(decideClaimVerdict(text, true)).toEqual({ kind: 'sound', code });
			}),
		);
	});
});

describe('its groups', () => {
	it('keep the caret behind the character that was just typed', () => {
		expect(regroupCode({ text: 'ab', caret: 2 })).toEqual({ text: 'AB', caret: 2 });
		expect(regroupCode({ text: 'ABCDE', caret: 5 })).toEqual({ text: 'ABCD-E', caret: 6 });
		expect(regroupCode({ text: 'ABCD-EFGHJ', caret: 10 })).toEqual({
			...{ text: 'ABCD-EFGH-J', caret: 11 },
		});
		expect(regroupCode({ text: 'XABCD-E', caret: 1 })).toEqual({ text: 'XABC-DE', caret: 1 });
	});

	it('let a deletion pass a gap', () => {
		expect(caretBeforeCodeDelete({ text: 'ABCD-E', caret: 5 })).toBe(4);
		expect(caretBeforeCodeDelete({ text: 'ABCD-E', caret: 6 })).toBe(6);
	});
});
