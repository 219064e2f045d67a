import { describe, expect, it } from 'vitest';
import { judgeRequest } from '#lib/server/close/module-requests.ts';

const vend = { state: 'issued', isOurs: true, hasToken: false } as const;

describe('judgeRequest', () => {
	it.each([
		['of no vend', undefined, 'no-vend'],
		['of another utility’s vend', { ...vend, isOurs: false, hasToken: true }, 'another-utility'],
		['that has its token', { ...vend, hasToken: true }, 'token'],
		['of a vend that was taken back', { ...vend, state: 'reversed', hasToken: true }, 'token'],
		['of a vend in the making', { ...vend, state: 'issuing' }, 'unfinished'],
		['of a vend that is to be made again', { ...vend, state: 'paid' }, 'unfinished'],
		['of a refused vend', { ...vend, state: 'refused' }, 'refused'],
		['of a vend without it', vend, 'no-token'],
		['of a vend that was taken back without it', { ...vend, state: 'reversed' }, 'no-token'],
		['of a vend that nobody paid for', { ...vend, state: 'awaiting-payment' }, 'no-token'],
	] as const)('finds a request %s', (_, known, verdict) => {
		expect(judgeRequest(known)).toBe(verdict);
	});
});
