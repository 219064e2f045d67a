/** What a consumer's phone fetches and keeps, counted in octets on the line; and what it never fetches. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { approveOnScreen, askFor, tokenShown } from './harness/consumer.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';
import { Gate } from './harness/gate.ts';
import { areKept, keptPaths, partFiles, untilKept } from './harness/kept-files.ts';
import { audienceFiles, staffOnly, Traffic } from './harness/traffic.ts';

/** Octets of scripts on the first visit, whichever screen a link from outside makes the very first. */
const SCRIPTS = 120_000;
/**
 * Octets of everything, what the service worker keeps included: of the first visit, and of a whole walk with all
 * its data, from there over a payment to the doctor; at a month's end with the advice.
 */
const EVERYTHING = 250_000;

let gate: Gate;
let backend: Backend;
let phone: Phone;
let traffic: Traffic;

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
});

afterAll(async () => {
	await backend?.dispose();
	await gate?.close();
});

beforeEach(async () => {
	phone = await Phone.start();
	traffic = Traffic.through(gate);
});

afterEach(async () => {
	await phone?.dispose();
});

describe('the first visit', () => {
	it('fetches no more than its budget, everything that is kept for offline included', async () => {
		const page = await phone.tab();
		await page.goto(gate.origin);
		await untilInstalled(page);
		expect(await keptPaths(page)).toEqual(
			expect.arrayContaining(audienceFiles().everybody.map((name) => `/${name}`)),
		);
		expect(traffic.octets).toBeLessThanOrEqual(EVERYTHING);
	});

	it('fetches every file packed, and none twice', async () => {
		const page = await phone.tab();
		await page.goto(gate.origin);
		await untilInstalled(page);
		const files = traffic.fetched.filter(({ path }) => /\.(js|css|json|svg)$/.test(path));
		expect(files.length).toBeGreaterThan(20);
		// A file that is no shorter packed is handed out as it is: below a packet nobody gains.
		const loose = files.filter(({ packed, octets }) => packed !== 'br' && octets > 200);
		expect(loose).toEqual([]);
		const built = files.map(({ path }) => path).filter((path) => path.startsWith('/_app/'));
		expect(built.filter((path, at) => built.indexOf(path) !== at)).toEqual([]);
	});
});

describe('a document', () => {
	const headOf = async (path: string, headers: Record<string, string>): Promise<string[]> => {
		const answer = await fetch(`${gate.origin}${path}`, { headers });
		const links = (await answer.text()).matchAll(
			/<link rel="(?:module)?preload"[^>]* href="([^"]+)"/g,
		);
		return [...links].map(([, href]) => href ?? '');
	};

	it('names what its route and its reader’s language need, where a person opens it, and only there', async () => {
		const opened = { 'sec-fetch-dest': 'document', 'accept-language': 'sw-KE,sw;q=0.9,en;q=0.8' };
		const named = await headOf(`/meter/${KITCHEN}`, opened);
		const shell = await headOf(`/meter/${KITCHEN}`, {});
		const more = named.filter((href) => !shell.includes(href));
		expect(more.length).toBeGreaterThan(3);
		expect(
			more.filter((href) => audienceFiles().languages.sw.includes(href.slice(1))),
		).toHaveLength(1);
		expect(more.filter((href) => staffOnly().has(href))).toEqual([]);
		for (const href of more) expect((await fetch(`${gate.origin}${href}`)).status).toBe(200);
	});

	it('asks for nothing that is not used at once', async () => {
		const page = await phone.tab();
		const unused: string[] = [];
		page.on('console', (said) => {
			if (/preload/.test(said.text())) unused.push(said.text());
		});
		// As it is asked for: what was asked for before may still be under way when the page is drawn.
		const asked: string[] = [];
		page.on('request', (request) => {
			if (request.url().endsWith('.js')) asked.push(request.url());
		});
		await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
		await page.goto(`${gate.origin}/claim`);
		await page.getByRole('heading', { level: 1 }).waitFor();
		const first = asked.length;
		await page.waitForLoadState('networkidle');
		expect(asked.slice(first)).toEqual([]);
		expect(unused).toEqual([]);
	});
});

describe('a first visit without anything kept', () => {
	it.each([
		...['/', '/purchases', '/claim', '/fetch', '/virtual-meter'],
		...[`/meter/${KITCHEN}`, `/meter/${KITCHEN}/use`, `/meter/${KITCHEN}/free`],
	])('to %s stays within the budget of scripts', async (path) => {
		const page = await phone.tab();
		// What the page itself fetches, before its service worker begins.
		await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
		await page.goto(`${gate.origin}${path}`);
		await page.getByRole('heading', { level: 1 }).waitFor();
		await page.waitForLoadState('networkidle');
		expect(traffic.scriptOctets).toBeGreaterThan(50_000);
		expect(traffic.scriptOctets).toBeLessThanOrEqual(SCRIPTS);
	});
});

describe('a consumer', () => {
	it('never fetches or keeps what only staff use, from the top-up to the coach and the doctor', async () => {
		const page = await phone.tab();
		await page.goto(gate.origin);
		await untilInstalled(page);
		const id = await askFor(page, gate.origin, KITCHEN, '100');
		await approveOnScreen(page);
		await tokenShown(page);
		for (const path of [
			'/purchases',
			`/purchases/${id}/enter`,
			`/purchases/${id}/refused`,
			'/claim',
		]) {
			await page.goto(`${gate.origin}${path}`);
			await page.getByRole('heading', { level: 1 }).waitFor();
		}
		const staff = staffOnly();
		expect(staff.size).toBeGreaterThan(50);
		expect(traffic.fetched.map(({ path }) => path).filter((path) => staff.has(path))).toEqual([]);
		expect((await keptPaths(page)).filter((path) => staff.has(path))).toEqual([]);
		expect(traffic.octets).toBeLessThanOrEqual(EVERYTHING);
	});
});

describe('a part that is kept on use', () => {
	it('is fetched with its first use and works without a network from then on', async () => {
		const page = await phone.tab();
		await page.goto(gate.origin);
		await untilInstalled(page);
		expect(await areKept(page, partFiles('virtual-meter'))).toBe(false);
		await page.goto(`${gate.origin}/virtual-meter/${WORKSHOP}`);
		await page.getByRole('group', { name: en.virtualMeter.keypad.label }).waitFor();
		await untilKept(page, partFiles('virtual-meter'));
		await page.close();

		gate.backendPort = undefined;
		const cold = await phone.tab();
		await cold.goto(`${gate.origin}/virtual-meter/${WORKSHOP}`);
		await cold.getByRole('group', { name: en.virtualMeter.keypad.label }).waitFor();
		gate.backendPort = backend.port;
		expect(phone.errors).toEqual([]);
	});

	it('is kept too where the very first page was its own, before there was a service worker', async () => {
		const page = await phone.tab();
		await page.goto(`${gate.origin}/virtual-meter/${WORKSHOP}`);
		await untilInstalled(page);
		await untilKept(page, partFiles('virtual-meter'));
	});
});
