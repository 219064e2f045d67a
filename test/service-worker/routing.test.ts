import { describe, expect, it } from 'vitest';
import { answerFor } from '../../service-worker/routing.ts';

const files = new Set(['/icon.svg']);
const ask = (path: string, change: Partial<Parameters<typeof answerFor>[0]> = {}) =>
	answerFor({ method: 'GET', sameOrigin: true, path, navigation: false, files, ...change });

describe('what the service worker answers', () => {
	it.each(['/', '/meter/01234567895', '/purchases', '/no/such/page'])(
		'page %s: the shell',
		(path) => {
			expect(ask(path, { navigation: true })).toBe('shell');
		},
	);

	it.each(['/api/v1/vends/x', '/api', '/sandbox/pay/x', '/healthz', '/problems/id-reused'])(
		'%s: never, not even as a page',
		(path) => {
			expect(ask(path)).toBe('network');
			expect(ask(path, { navigation: true })).toBe('network');
		},
	);

	it('files of this version, and of those before that a tab still runs: as they were built', () => {
		expect(ask('/_app/immutable/a.js')).toBe('asset');
		expect(ask('/icon.svg')).toBe('asset');
		expect(ask('/_app/version.json')).toBe('network');
	});

	it('leaves everything else alone', () => {
		expect(ask('/', { method: 'POST', navigation: true })).toBe('network');
		expect(ask('/icon.svg', { sameOrigin: false })).toBe('network');
		expect(ask('/apiary', { navigation: true })).toBe('shell');
	});
});
