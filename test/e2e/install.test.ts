/** What a browser makes of the manifest, and what its pictures cost who never installs the app. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { Backend } from '../harness/backend.ts';
import { readPictureHead } from '../harness/picture.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { Gate } from './harness/gate.ts';
import { Traffic } from './harness/traffic.ts';

interface Manifest {
	readonly screenshots: readonly { readonly src: string; readonly type: string }[];
	readonly icons: readonly { readonly src: string; readonly type: string }[];
}
const { screenshots, icons } = JSON.parse(
	readFileSync('static/manifest.webmanifest', 'utf8'),
) as Manifest;

let gate: Gate;
let backend: Backend;
let phone: Phone;
let page: Page;
let traffic: Traffic;

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
	phone = await Phone.start();
	traffic = Traffic.through(gate);
	page = await phone.tab();
	await page.goto(gate.origin);
	await untilInstalled(page);
});

afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
	await gate?.close();
});

describe('the manifest', () => {
	it('costs a first visit none of its screenshots, and none is kept', async () => {
		const kept = await page.evaluate(async () => {
			const found: string[] = [];
			for (const name of await caches.keys())
				for (const { url } of await (await caches.open(name)).keys())
					found.push(new URL(url).pathname);
			return found;
		});
		const seen = [...traffic.fetched.map(({ path }) => path), ...kept];
		expect(seen).toContain('/icon.svg');
		expect(seen.filter((path) => screenshots.some(({ src }) => src === path))).toEqual([]);
	});

	it('is read by the browser without a complaint, and the app can be installed', async () => {
		const session = await phone.context.newCDPSession(page);
		const read = await session.send('Page.getAppManifest');
		expect(read.errors).toEqual([]);
		expect(new URL(read.url).pathname).toBe('/manifest.webmanifest');
		expect((await session.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);
		await session.detach();
	});

	it.each([...screenshots, ...icons])('$src is handed out as what it is', async ({ src, type }) => {
		const answer = await fetch(`${gate.origin}${src}`);
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toBe(type);
		const octets = Buffer.from(await answer.arrayBuffer());
		expect(readPictureHead(octets)?.type ?? 'image/svg+xml').toBe(type);
	});
});
