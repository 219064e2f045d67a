/**
 * Every screen of a consumer, in every language that the app speaks, light and dark, on a phone and on a
 * laptop: axe finds nothing, every target is as large as a finger, nothing moves that should not, nothing is
 * cut off on the narrowest phone or with text at twice its size. A route that no walk comes to fails.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { type Language, LANGUAGES } from '#lib/core/units/languages.ts';
import { HOUSE_EA11 } from './harness/estate.ts';
import {
	buy,
	type Bought,
	seedSales,
	speak,
	SPOKEN,
	walkConsumer,
	walkCutOff,
	walkFirstVisit,
} from './screens/consumer-walk.ts';
import { walkVirtualMeter } from './screens/meter-walk.ts';
import { isConsumers } from './screens/routes.ts';
import { Screening, WALK_MS } from './screens/screening.ts';
import type { Walk } from './screens/walk.ts';

let screening: Screening;
let page: Page;

beforeAll(async () => {
	screening = await Screening.open();
	entitle(HOUSE_EA11);
});
afterAll(async () => {
	await screening?.close();
});

// The phone is turned off and on: a browser that was walked through for minutes may stop drawing a tab.
beforeEach(async () => {
	const { phone } = screening;
	await phone.stop();
	await phone.start();
	page = await phone.tab();
	await page.emulateMedia({ reducedMotion: 'reduce' });
});

/** The office gives a meter free electricity. */
function entitle(drn: string): void {
	const books = new DatabaseSync(join(screening.backend.home, 'tokenline.db'));
	books.exec('pragma busy_timeout = 5000');
	books.prepare('update account set fbe_deci_kwh = 500 where drn = ?').run(drn);
	books.close();
}

function walkIn(language: Language): Walk {
	const { over, phone, gate } = screening;
	const words = SPOKEN[language];
	return { over, phone, page, origin: gate.origin, words, isWhole: language === 'en' };
}

describe('a consumer’s screens', { timeout: WALK_MS }, () => {
	let bought: Bought;
	let seeded: string[];

	it('on a phone where nothing is kept yet', async () => {
		await walkFirstVisit(screening.over, page, screening.gate.origin);
		bought = await buy(walkIn('en'));
		expect(screening.findings()).toEqual([]);
	});

	it.each(LANGUAGES)('with the network, in %s', async (language) => {
		await speak(page, screening.gate.origin, language);
		await walkConsumer(walkIn(language), bought);
		expect(screening.findings()).toEqual([]);
	});

	it.each(LANGUAGES)('cut off from the service, in %s', async (language) => {
		const { gate } = screening;
		await speak(page, gate.origin, language);
		seeded ??= await seedSales(walkIn(language));
		gate.onRequest = ({ path }) => (path.startsWith('/api/') ? 'lose' : 'pass');
		await walkCutOff(walkIn(language), seeded);
		expect(screening.findings()).toEqual([]);
	});

	it('of a virtual meter', async () => {
		const { gate, over, phone } = screening;
		gate.watchNothing();
		// In English, whatever language the walk before was in.
		await speak(page, gate.origin, 'en');
		await walkVirtualMeter(over, gate.origin, phone);
		expect(screening.findings()).toEqual([]);
	});

	it('no screen was left out, and nothing was thrown', () => {
		expect(screening.over.missed(isConsumers)).toEqual([]);
		expect(screening.phone.errors).toEqual([]);
	});
});
