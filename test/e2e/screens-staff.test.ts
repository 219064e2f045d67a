/**
 * Every screen of the people who work with the app, and the style page, light and dark, on a phone and on a
 * laptop: axe finds nothing, every target is as large as a finger, nothing moves that should not, nothing is
 * cut off on a narrow phone or with text at twice its size. A route that no walk comes to fails.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walkAgent } from './screens/agent-walk.ts';
import { walkOffice } from './screens/office-walk.ts';
import { isConsumers } from './screens/routes.ts';
import { Screening, WALK_MS } from './screens/screening.ts';
import { walkStyle } from './screens/style-walk.ts';
import { walkTechnician } from './screens/technician-walk.ts';

let screening: Screening;

beforeAll(async () => {
	screening = await Screening.open();
});
afterAll(async () => {
	await screening?.close();
});

describe('the screens of', { timeout: WALK_MS }, () => {
	it('the style page', async () => {
		const { over, gate, phone } = screening;
		await walkStyle(over, gate.origin, phone);
		expect(screening.findings()).toEqual([]);
	});

	it('an agent', async () => {
		const { over, gate, phone } = screening;
		await walkAgent(over, gate, phone);
		expect(screening.findings()).toEqual([]);
	});

	it('a technician', async () => {
		const { over, gate, phone } = screening;
		await walkTechnician(over, gate.origin, phone);
		expect(screening.findings()).toEqual([]);
	});

	it('the office', async () => {
		const { over, gate, phone } = screening;
		await walkOffice(over, gate.origin, phone);
		expect(screening.findings()).toEqual([]);
	});

	it('no screen was left out, and nothing was thrown', () => {
		expect(screening.over.missed((route) => !isConsumers(route))).toEqual([]);
		expect(screening.phone.errors).toEqual([]);
	});
});
