import { describe, expect, it } from 'vitest';
import {
	caretBeforeDelete,
	groupMeterNumber,
	regroup,
	spellDigits,
	tokenGroups,
} from '#lib/ui/view/meter-number.ts';

describe('a meter number in groups', () => {
	it.each([
		['', ''],
		['0123', '0123'],
		['01234', '0123 4'],
		['01234567897', '0123 4567 897'],
		['0123456789012', '0123 4567 89012'],
		[' 0123 45 67', '0123 4567'],
		['12a', '12a'],
		['٠١٢٣٤', '0123 4'],
	])('%j reads %j', (typed, shown) => {
		expect(groupMeterNumber(typed)).toBe(shown);
	});

	it('keeps the caret behind the digit that was just typed', () => {
		expect(regroup({ text: '01234', caret: 5 })).toEqual({ text: '0123 4', caret: 6 });
		expect(regroup({ text: '0123 45679', caret: 10 })).toEqual({ text: '0123 4567 9', caret: 11 });
		expect(regroup({ text: '٠١٢٣٤', caret: 5 })).toEqual({ text: '0123 4', caret: 6 });
		expect(regroup({ text: '90123 4567', caret: 1 })).toEqual({ text: '9012 3456 7', caret: 1 });
	});

	it('lets a deletion pass a gap', () => {
		expect(caretBeforeDelete({ text: '0123 4', caret: 5 })).toBe(4);
		expect(caretBeforeDelete({ text: '0123 4', caret: 6 })).toBe(6);
		expect(caretBeforeDelete({ text: '0123', caret: 0 })).toBe(0);
	});
});

describe('a token', () => {
	it('has five groups of four, leading zeros kept', () => {
		expect(tokenGroups('00483917265018442209')).toEqual(['0048', '3917', '2650', '1844', '2209']);
	});

	it('is spelt digit by digit', () => {
		expect(spellDigits('0048')).toBe('0 0 4 8');
	});
});
