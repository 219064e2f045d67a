/**
 * Every screen of the app, in every language that it speaks, light and dark, on a phone and on a laptop: axe
 * finds nothing, every target is as large as a finger, nothing moves that should not, nothing is cut off on
 * the narrowest phone or with text at twice its size. A route that no walk comes to fails.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { LANGUAGES } from '#lib/core/units/languages.ts';
import { Backend } from '../harness/backend.ts';
import { Phone } from './harness/browser.ts';
import { Gate } from './harness/gate.ts';
import {
	buy,
	type Bought,
	seedSales,
	speak,
	walkConsumer,
	walkCutOff,
	walkFirstVisit,
} from './screens/consumer-walk.ts';
import { walkAgent } from './screens/agent-walk.ts';
import { LookOver } from './screens/look-over.ts';
import { walkVirtualMeter } from './screens/meter-walk.ts';
import { walkOffice } from './screens/office-walk.ts';
import { walkStyle } from './screens/style-walk.ts';
import { walkTechnician } from './screens/technician-walk.ts';

let gate: Gate;
let backend: Backend;
let phone: Phone;
let page: Page;
const over = new LookOver();
/** Of one walk. */
const WALK_MS = 240_000;

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
	phone = await Phone.start();
	page = await phone.tab();
	await page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
	await gate?.close();
});

/** What was found since the last time. */
const findings = (): string[] => over.found.splice(0);

describe('a consumer’s screens', () => {
	let bought: Bought;
	let seeded: string[];

	it(
		'on a phone where nothing is kept yet',
		async () => {
			await walkFirstVisit(over, page, gate.origin);
			bought = await buy(page, gate.origin);
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);

	it.each(LANGUAGES)(
		'with the network, in %s',
		async (language) => {
			await speak(page, gate.origin, language);
			await walkConsumer(over, page, gate.origin, bought, language);
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);

	it.each(LANGUAGES)(
		'cut off from the service, in %s',
		async (language) => {
			await speak(page, gate.origin, language);
			gate.onRequest = ({ path }) => (path.startsWith('/api/') ? 'lose' : 'pass');
			seeded ??= await seedSales(page, bought);
			await walkCutOff(over, page, gate.origin, seeded, language);
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);
});

describe('the screens of', () => {
	beforeAll(async () => {
		gate.watchNothing();
		// In English, whatever language the phone's own screens are in.
		await speak(page, gate.origin, 'en');
	});

	it(
		'the style page',
		async () => {
			await walkStyle(over, gate.origin, phone);
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);

	it(
		'a virtual meter',
		async () => {
			await walkVirtualMeter(over, gate.origin, phone);
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);

	it(
		'an agent',
		async () => {
			await walkAgent(over, gate, phone);
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);

	it(
		'a technician',
		async () => {
			await walkTechnician(over, gate.origin, phone);
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);

	it(
		'the office',
		async () => {
			await walkOffice(over, gate.origin, phone);
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);
});

it('no screen was left out, and nothing was thrown', () => {
	expect(over.missed).toEqual([]);
	expect(phone.errors).toEqual([]);
});
