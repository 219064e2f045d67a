import { expect, test } from 'vitest';
import { filterOf, isOpenFilter, lineOf, NO_FILTER } from '#lib/ui/technician/frames/frame-row.ts';
import { isToggleKey } from '#lib/ui/technician/frames/toggle-key.ts';
import { BEYOND, isAtEnd, scrollToShow, windowOf } from '#lib/ui/technician/frames/window.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';

test('of thousands of rows only those in sight are drawn, and a few beyond', () => {
	const { from, to } = windowOf(28_000, 280, 28, 5000);
	expect(from).toBe(1000 - BEYOND);
	expect(to).toBe(1010 + BEYOND);
	expect(windowOf(0, 280, 28, 3)).toEqual({ from: 0, to: 3 });
	expect(windowOf(0, 280, 28, 0)).toEqual({ from: 0, to: 0 });
});

test('a list that has shrunk below where it was scrolled to shows its end', () => {
	expect(windowOf(999_999, 280, 28, 20)).toEqual({ from: 0, to: 20 });
});

test('rows without a height are a slip', () => {
	expect(() => windowOf(0, 280, 0, 3)).toThrow(RangeError);
});

test('a list follows while its last row is in sight', () => {
	expect(isAtEnd(2520, 280, 28, 100)).toBe(true);
	expect(isAtEnd(2400, 280, 28, 100)).toBe(false);
});

test('a chosen row is scrolled into sight by as little as needed', () => {
	expect(scrollToShow(5, 0, 280, 28)).toBeUndefined();
	expect(scrollToShow(0, 100, 280, 28)).toBe(0);
	expect(scrollToShow(10, 0, 280, 28)).toBe(28);
});

test('a logical name that is none is named and filters nothing', () => {
	expect(filterOf({ ...NO_FILTER, obis: '1.0.1.8.0.255' }).filter.logicalName).toBe(
		'1.0.1.8.0.255',
	);
	expect(filterOf({ ...NO_FILTER, obis: 'energy' })).toEqual({ filter: {}, obisWrong: true });
	expect(isOpenFilter(NO_FILTER)).toBe(true);
	expect(isOpenFilter({ ...NO_FILTER, problems: true })).toBe(false);
});

test('a line names two targets and counts the rest', () => {
	const target = { classId: 3, logicalName: obis('1.0.1.8.0'), attribute: 2 };
	const line = lineOf({ what: 'get-request', targets: [target, target, target] });
	expect(line).toBe('get-request  3 1.0.1.8.0.255 a2, 3 1.0.1.8.0.255 a2 +1');
	expect(lineOf({ what: 'HDLC SNRM', targets: [] })).toBe('HDLC SNRM');
});

const press = {
	...{ key: 'l', ctrlKey: false, metaKey: false, altKey: false },
	...{ repeat: false, defaultPrevented: false },
};

test('L opens the log where nobody is typing', () => {
	expect(isToggleKey(press, { tagName: 'BODY' })).toBe(true);
	expect(isToggleKey({ ...press, key: 'L' }, null)).toBe(true);
	for (const tagName of ['INPUT', 'TEXTAREA', 'SELECT'])
		expect(isToggleKey(press, { tagName })).toBe(false);
	expect(isToggleKey({ ...press, ctrlKey: true }, { tagName: 'BODY' })).toBe(false);
	expect(isToggleKey({ ...press, repeat: true }, { tagName: 'BODY' })).toBe(false);
});
