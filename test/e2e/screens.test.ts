/**
 * Every screen of the app, in every language that it speaks, light and dark, on a phone and on a laptop: axe
 * finds nothing, every target is as large as a finger, nothing moves that should not, nothing is cut off on
 * the narrowest phone or with text at twice its size. A route that no walk comes to fails.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { type Language, LANGUAGES } from '#lib/core/units/languages.ts';
import { Backend } from '../harness/backend.ts';
import { Phone } from './harness/browser.ts';
import { filmOfQr } from './harness/code-video.ts';
import { HOUSE_EA11 } from './harness/estate.ts';
import { Gate } from './harness/gate.ts';
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
import { walkAgent } from './screens/agent-walk.ts';
import { LookOver } from './screens/look-over.ts';
import { walkVirtualMeter } from './screens/meter-walk.ts';
import { walkOffice } from './screens/office-walk.ts';
import { NO_CODE } from './screens/scan-walk.ts';
import { walkStyle } from './screens/style-walk.ts';
import { walkTechnician } from './screens/technician-walk.ts';
import type { Walk } from './screens/walk.ts';

let gate: Gate;
let backend: Backend;
let phone: Phone;
let page: Page;
const over = new LookOver();
const film = join(tmpdir(), `tokenline-no-code-${process.pid}.y4m`);
/** Of one walk. */
const WALK_MS = 480_000;

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
	entitle(HOUSE_EA11);
	filmOfQr(film, NO_CODE);
	phone = await Phone.start({
		args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`],
	});
	page = await phone.tab();
	await page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
	await gate?.close();
	rmSync(film, { force: true });
});

/** The office gives a meter free electricity. */
function entitle(drn: string): void {
	const books = new DatabaseSync(join(backend.home, 'tokenline.db'));
	books.exec('pragma busy_timeout = 5000');
	books.prepare('update account set fbe_deci_kwh = 500 where drn = ?').run(drn);
	books.close();
}

const walkIn = (language: Language): Walk => ({
	...{ over, phone, page, origin: gate.origin },
	...{ words: SPOKEN[language], isWhole: language === 'en' },
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
			bought = await buy(walkIn('en'));
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);

	it.each(LANGUAGES)(
		'with the network, in %s',
		async (language) => {
			await speak(page, gate.origin, language);
			await walkConsumer(walkIn(language), bought);
			expect(findings()).toEqual([]);
		},
		WALK_MS,
	);

	it.each(LANGUAGES)(
		'cut off from the service, in %s',
		async (language) => {
			await speak(page, gate.origin, language);
			seeded ??= await seedSales(walkIn(language));
			gate.onRequest = ({ path }) => (path.startsWith('/api/') ? 'lose' : 'pass');
			await walkCutOff(walkIn(language), seeded);
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
