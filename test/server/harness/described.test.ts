/** The check that every HTTP test goes through can itself fail. */
import { describe, expect, it } from 'vitest';
import { problemOf } from '#lib/server/http/problem.ts';
import { notAsDescribed } from './described.ts';

const ready = { status: 200, type: 'application/json', json: { status: 'ready' } };
const problem = (code: 'stopping' | 'price-changed') => {
	const json = problemOf({ refusal: code });
	return { status: json.status, type: 'application/problem+json', json };
};

describe('an answer held against the description', () => {
	it('passes when it is as described', () => {
		expect(notAsDescribed('GET', '/readyz', ready)).toBeUndefined();
		expect(notAsDescribed('GET', '/readyz', problem('stopping'))).toBeUndefined();
		expect(notAsDescribed('GET', '/a/page', { status: 200, type: null, json: 1 })).toBeUndefined();
	});

	it.each([
		['a member that is not described', { ...ready, json: { status: 'ready', more: 1 } }],
		['a member that is missing', { ...ready, json: {} }],
		['another value', { ...ready, json: { status: 'dead' } }],
		['another status', { ...ready, status: 201 }],
		['another media type', { ...ready, type: 'text/plain' }],
		['a refusal of another operation', problem('price-changed')],
	])('fails by %s', (_, answer) => {
		expect(notAsDescribed('GET', '/readyz', answer)).toBeDefined();
	});

	it('fails by an endpoint that is not described', () => {
		expect(notAsDescribed('GET', '/api/v1/nothing', ready)).toContain('not described');
	});
});
