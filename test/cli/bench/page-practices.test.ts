import { describe, expect, it } from 'vitest';
import { judgePractices } from '../../../src/cli/bench/page-practices.ts';

const PICTURE = { name: 'a.png', width: 200, height: 100, shownWidth: 100, shownHeight: 50 };
const WELL = {
	...{ requests: ['http://localhost:1/', 'https://utility.example/', 'data:,'] },
	...{ issues: [], errors: [], violations: [] },
	...{ isStandard: true, charset: 'UTF-8', viewport: 'width=device-width', pictures: [PICTURE] },
	...{ pasteRefusing: [], letters: 10, readableLetters: 6, density: 2 },
};

describe('good practice', () => {
	it('is a hundred where nothing speaks against it', () => {
		expect(judgePractices(WELL)).toEqual({ score: 100, failed: [] });
	});

	// 28 is the whole weight.
	it.each([
		[5, 'is-on-https', { requests: ['http://utility.example/a.js'] }],
		[1, 'geolocation-on-start', { violations: ['Only request geolocation in response …'] }],
		[1, 'notification-on-start', { violations: ['Only request notification permission …'] }],
		[3, 'paste-preventing-inputs', { pasteRefusing: ['<input>'] }],
		[1, 'image-aspect-ratio', { pictures: [{ ...PICTURE, shownHeight: 60 }] }],
		[1, 'image-size-responsive', { pictures: [{ ...PICTURE, width: 140, height: 70 }] }],
		[1, 'viewport', { viewport: null }],
		[1, 'font-size', { readableLetters: 5 }],
		[1, 'doctype', { isStandard: false }],
		[1, 'charset', { charset: 'not said' }],
		[5, 'deprecations', { issues: ['DeprecationIssue'] }],
		[1, 'errors-in-console', { errors: ['it broke'] }],
		[1, 'inspector-issues', { issues: ['ContentSecurityPolicyIssue'] }],
	])('loses %i for %s', (weight, id, change) => {
		const { score, failed } = judgePractices({ ...WELL, ...change });
		expect(score).toBe(Math.round(((28 - weight) / 28) * 100));
		expect(failed.map((each) => each.split(':')[0])).toEqual([id]);
	});

	it('asks of a small picture every pixel of the screen', () => {
		const icon = { name: 'i.png', width: 30, height: 30, shownWidth: 20, shownHeight: 20 };
		expect(judgePractices({ ...WELL, pictures: [icon] }).failed).toHaveLength(1);
	});
});
