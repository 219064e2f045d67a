/**
 * The technician's job on a phone 360 px wide, with a virtual meter of the page in its worker: the same
 * session, every screen held to axe, a doctor who names what is planted, and meters that answer badly.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlantName } from '#lib/core/meter/plants.ts';
import { technicianEn as words } from '#lib/core/words/technician.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { WORKSHOP } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { sellCredit } from './harness/office-desk.ts';
import {
	connectBy,
	connected,
	fetchJobs,
	glanceRead,
	goToMeter,
	phases,
	plantMeter,
	signIn,
	takeLongTasks,
	unlock,
	verdicts,
	watchLongTasks,
} from './harness/technician.ts';

const VIRTUAL = /0000 0000 026/;
/** A busy machine makes any task long: what none of so many readings is without is the page's own. */
const READINGS = 3;

let backend: Backend;
let phone: Phone;
let page: Page;
let wall: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	await sellCredit(backend.origin, WORKSHOP);
	phone = await Phone.start();
	[wall, page] = [await phone.tab(), await phone.tab()];
	await plantMeter(wall, backend.origin, WORKSHOP);
	await signIn(page, backend.origin);
	await fetchJobs(page, backend.origin);
});

afterAll(async () => {
	await page?.screenshot({ path: '/tmp/shots/phone.png' }); // SCRATCH

	await phone?.dispose();
	await backend?.dispose();
});

const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
const go = async (path: string) => {
	await page.locator(`a[href="${path}"]:visible`).first().click();
	await page.waitForURL(`**${path}`);
};

async function connect(): Promise<void> {
	await page.bringToFront();
	await goToMeterAgain();
	await connectBy(page, VIRTUAL);
}

async function goToMeterAgain(): Promise<void> {
	await go('/technician/jobs');
	await goToMeter(page, WORKSHOP);
}

async function disconnect(): Promise<void> {
	await page.getByRole('button', { name: words.technicianMeter.card.show }).click();
	await button(words.technicianMeter.card.disconnect).click();
	await page.getByRole('button', { name: words.technicianMeter.card.close }).click();
}

/** What is wrong with the screens that were seen, in both lights. */
const unclean: string[] = [];

/** Looks at the screen as it stands. */
async function look(): Promise<void> {
	const { pathname } = new URL(page.url());
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		for (const objection of await objections(page))
			unclean.push(`${pathname} ${colorScheme}: ${objection}`);
	}
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
	);
	if (overflow > 0) unclean.push(`${pathname} is ${overflow} px wider than the phone`);
}

describe('a technician with a phone', () => {
	it('hands a token to a virtual meter, and every screen on the way is clean', async () => {
		await look();
		await goToMeter(page, WORKSHOP);
		await look();
		await connectBy(page, VIRTUAL);
		await glanceRead(page);
		await look();
		await go('/technician/tokens');
		await look();
		await button(words.technicianTokens.deliver('1')).click();
		expect(await verdicts(page, 1)).toEqual(['accepted']);
		await look();
		await go('/technician');
		await go('/technician/readings');
		await button(words.technicianMeter.readings.read).click();
		await button(words.technicianMeter.readings.again).waitFor();
		await look();
		for (const tool of ['engineering', 'bench', 'frames', 'doctor', 'journal', 'device']) {
			await go('/technician/tools');
			await go(`/technician/${tool}`);
			await page.getByRole('heading', { level: 1 }).waitFor();
			await look();
		}
		await go('/technician/tools');
		await look();
		expect([...new Set(unclean)]).toEqual([]);
		expect(phone.errors).toEqual([]);
	});

	it('asks nothing but the PIN after a reload in mid-delivery, and has every verdict in the end', async () => {
		const { origin } = backend;
		await sellCredit(origin, WORKSHOP);
		await sellCredit(origin, WORKSHOP);
		await disconnect();
		await fetchJobs(page, origin);
		await goToMeter(page, WORKSHOP);
		await connectBy(page, VIRTUAL);
		await go('/technician/tokens');
		await button(words.technicianTokens.deliver('2')).click();
		await page.locator('[data-phase="entering"], [data-phase="accepted"]').nth(1).waitFor();
		await page.reload();
		await unlock(page);
		await connect();
		await go('/technician/tokens');
		const goOn = button(words.technicianTokens.goOn);
		await eventually('every token is delivered', async () => {
			if (await goOn.isVisible()) await goOn.click();
			const rows = await phases(page);
			return rows.length === 3 && rows.every((phase) => phase === 'accepted');
		});
		await plantMeter(wall, origin, WORKSHOP);
		await page.bringToFront();
		expect(await creditedOnWall()).toBe(3);
	});

	it('tells a second tab that the meter is in use, and lets it take over', async () => {
		const second = await phone.tab();
		await second.goto(`${backend.origin}/technician`);
		await unlock(second);
		await second.locator('a[href="/technician/jobs"]:visible').first().click();
		await goToMeter(second, WORKSHOP);
		await second.getByRole('button', { name: VIRTUAL }).first().click();
		await second.getByText(words.linkFaults['port-busy'].title).waitFor();
		await button(words.technicianMeter.over.takeOver, second).click();
		await connected(second);
		await page.getByText(words.linkFaults['port-taken'].title).first().waitFor();
		await second.close();
	});

	it.each([
		['echo', 'echo'],
		['left-open-by-another', 'left-open'],
	] as const)('names %s in the line, and connects with what it found', async (planted, found) => {
		await plantMeter(wall, backend.origin, WORKSHOP, [], planted);
		await page.bringToFront();
		await go('/technician/tools');
		await go('/technician/doctor');
		const chosen = page.getByLabel(words.technicianMeter.doctor.which);
		await chosen.selectOption({ label: words.technicianMeter.connect.virtual('0000 0000 026') });
		await button(words.doctor.start).click();
		await page.getByText(words.doctor.findings[found].title).waitFor({ timeout: 60_000 });
		await look();
		await button(words.technicianMeter.doctor.use).click();
		await connected(page);
		await disconnect();
	});
});

/** What is told of a meter that does not answer as it should, and where. */
const BAD: readonly (readonly [plant: PlantName, told: string])[] = [
	['clock-in-2099', words.glance.verdicts['clock-drifts'].title],
	['answers-rubbish', words.connecting.failures['association-failed'].title],
	['half-an-answer', words.connecting.failures['association-failed'].title],
	['another-system-title', words.connecting.failures['other-meter'].title],
];

describe('a meter that answers badly', () => {
	it.each(BAD)('%s: it has a name, and the page goes on', async (plant, told) => {
		await plantMeter(wall, backend.origin, WORKSHOP, [plant]);
		await page.bringToFront();
		await watchLongTasks(page);
		await goToMeterAgain();
		await page.getByRole('button', { name: VIRTUAL }).first().click();
		await page.getByText(told).first().waitFor({ timeout: 60_000 });
		await go('/technician/jobs');
		expect(phone.errors).toEqual([]);
	});

	it('with two thousand objects is read without one long task', async () => {
		await plantMeter(wall, backend.origin, WORKSHOP, ['huge-object-list']);
		await connect();
		await glanceRead(page);
		await expectNoLongTask(async () => {
			await button(words.glance.again).click();
			await page.getByText(words.glance.complete).first().waitFor({ state: 'detached' });
			await glanceRead(page);
		});
		await disconnect();
	});

	it('with a million rows asks first, is read as far as one likes, without one long task', async () => {
		await plantMeter(wall, backend.origin, WORKSHOP, ['million-row-profile']);
		await connect();
		await glanceRead(page);
		await go('/technician/readings');
		await page.getByLabel(words.technicianMeter.readings.range).selectOption('all');
		await expectNoLongTask(async () => {
			await page.getByRole('button', { name: READ_PROFILE }).first().click();
			await page.getByText(/^Read [\d,]+ rows\?$/).waitFor({ timeout: 60_000 });
			await button(words.glance.profile.confirm.no).click();
			await button(words.technicianMeter.readings.stop).waitFor({ state: 'detached' });
		});
		await disconnect();
	});
});

const READ_PROFILE = new RegExp(
	`^(${words.technicianMeter.readings.read}|${words.technicianMeter.readings.again})$`,
);

/** At least one reading of a few is without a task of more than 50 ms on the page's own thread. */
async function expectNoLongTask(read: () => Promise<void>): Promise<void> {
	await watchLongTasks(page);
	const noted: number[][] = [];
	for (let reading = 0; reading < READINGS; reading += 1) {
		await takeLongTasks(page);
		await read();
		noted.push(await takeLongTasks(page));
		if (noted.at(-1)?.length === 0) return;
	}
	expect(noted).toContainEqual([]);
}

/** Tokens that the meter on the wall says it has taken. */
async function creditedOnWall(): Promise<number> {
	return wall.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const opening = indexedDB.open('tokenline');
				opening.onerror = () => reject(new Error('no store'));
				opening.onsuccess = () => {
					const rows = opening.result
						.transaction('virtualMeters')
						.objectStore('virtualMeters')
						.getAll();
					rows.onsuccess = () =>
						resolve(JSON.stringify(rows.result).split('"result":"Accept"').length - 1);
				};
			}),
	);
}
