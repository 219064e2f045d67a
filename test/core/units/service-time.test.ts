import { describe, expect, it } from 'vitest';
import { isLikely, serviceTime } from '#lib/core/units/service-time.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 30, 12);
const IN_1970 = 5 * HOUR;
const IN_2099 = Date.UTC(2099, 0, 1);

describe('what time it is', () => {
	it('is the device’s word while the backend was never heard, unless it cannot be', () => {
		expect(serviceTime(null, NOW)).toEqual({ ms: NOW, isSure: true });
		expect(serviceTime(null, IN_1970)).toEqual({ ms: IN_1970, isSure: false });
	});

	it('is the device’s word where the two agree but for a network’s delay', () => {
		const heard = { serviceMs: NOW, deviceMs: NOW + 59_000 };
		expect(serviceTime(heard, NOW + HOUR)).toEqual({ ms: NOW + HOUR, isSure: true });
	});

	it.each([
		['1970', IN_1970],
		['2099', IN_2099],
		['an hour behind', NOW - HOUR],
		['an hour ahead', NOW + HOUR],
	])('is the backend’s on a device in %s, and goes on with its clock', (_, deviceMs) => {
		const heard = { serviceMs: NOW, deviceMs };
		expect(serviceTime(heard, deviceMs)).toEqual({ ms: NOW, isSure: true });
		const later = serviceTime(heard, deviceMs + HOUR / 2);
		expect(later).toEqual({ ms: NOW + HOUR / 2, isSure: true });
	});

	it.each([
		['1970', IN_1970],
		['2099', IN_2099],
	])('is the device’s again once a clock in %s was set right', (_, deviceMs) => {
		const heard = { serviceMs: NOW, deviceMs };
		expect(serviceTime(heard, NOW + HOUR)).toEqual({ ms: NOW + HOUR, isSure: true });
	});

	it.each([
		['five minutes', HOUR / 12],
		['two hours', 2 * HOUR],
	])('goes on with a clock that is %s behind, longer than it is behind', (_, lag) => {
		const heard = { serviceMs: NOW, deviceMs: NOW - lag };
		for (const later of [lag - 1, lag, lag + 1, 3 * lag])
			expect(serviceTime(heard, NOW - lag + later)).toEqual({ ms: NOW + later, isSure: true });
	});

	it('is not known on a device that was right and woke up in 1970, but not before what was heard', () => {
		const heard = { serviceMs: NOW, deviceMs: NOW };
		expect(serviceTime(heard, IN_1970)).toEqual({ ms: NOW, isSure: false });
		expect(serviceTime({ serviceMs: NOW, deviceMs: IN_2099 }, IN_1970)).toEqual({
			...{ ms: NOW, isSure: false },
		});
	});
});

describe('a moment that a device wrote down', () => {
	const sure = { ms: NOW, isSure: true };
	it.each([
		[NOW - HOUR, true],
		[NOW + HOUR, true],
		[IN_1970, false],
		[IN_2099, false],
	])('at %d can have been: %s', (thenMs, likely) => {
		expect(isLikely(thenMs, sure)).toBe(likely);
	});
	it('is believed where nobody knows the time', () => {
		expect(isLikely(IN_2099, { ms: NOW, isSure: false })).toBe(true);
	});
});
