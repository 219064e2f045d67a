import { describe, expect, it } from 'vitest';
import { judgeStorage, LEAST_ROOM_OCTETS } from '#lib/core/field/storage-danger.ts';

describe('what is kept', () => {
	it.each([
		['none', { persisted: true, usage: 0, quota: LEAST_ROOM_OCTETS }],
		['nearly-full', { persisted: true, usage: 1, quota: LEAST_ROOM_OCTETS }],
		['nearly-full', { persisted: false, usage: 1, quota: LEAST_ROOM_OCTETS }],
		['not-persisted', { persisted: false, usage: 0, quota: LEAST_ROOM_OCTETS }],
		['none', { persisted: true, usage: undefined, quota: undefined }],
		['not-persisted', { persisted: false, usage: undefined, quota: undefined }],
	] as const)('is in danger: %s', (danger, sight) => {
		expect(judgeStorage(sight)).toBe(danger);
	});
});
