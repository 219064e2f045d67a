import { describe, expect, it } from 'vitest';
import { typedFetchCode } from '#lib/ui/view/fetch-code.ts';

describe('a code that was sent, as it is typed', () => {
	it.each([
		['123456', '123456'],
		['123 456', '123456'],
		['١٢٣٤٥٦', '123456'],
		['۱۲۳-۴۵۶', '123456'],
		['12a', '12'],
		['12345678', '123456'],
		['', ''],
	])('%j is %j', (text, code) => {
		expect(typedFetchCode(text)).toBe(code);
	});
});
