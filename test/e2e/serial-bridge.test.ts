/** A real browser's own WebSocket at a bridge keeps every promise of a line. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LINE_PROMISES } from '../contract/line-contract.ts';
import { tcpPlace } from '../contract/makers/bridge.ts';
import { startBridge } from '../harness/bridge.ts';
import { Phone } from './harness/browser.ts';
import { openBench } from './harness/line-bench.ts';
import { PageServer } from './harness/page-server.ts';

let pages: PageServer;
let browser: Phone;

beforeAll(async () => {
	pages = await PageServer.of(fileURLToPath(new URL('harness/line-page.ts', import.meta.url)));
	browser = await Phone.start();
});

afterAll(async () => {
	await browser?.dispose();
	await pages?.close();
});

it.for(LINE_PROMISES.map(({ name }, index) => ({ name, index })))('$name', async ({ index }) => {
	const place = await tcpPlace();
	const bridge = await startBridge({ ports: [place.port] }, pages.origin);
	const farEnd = place.farEnd();
	const { page, bench } = await openBench(browser, pages.origin, {
		send: async (octets) => (await farEnd).send(octets),
		receive: async (count) => (await farEnd).receive(count),
		breakOff: async () => (await farEnd).breakOff(),
	});
	expect(await bench.keep(index, bridge.address)).toBe('done');
	await page.close();
	await bridge.close();
	await place.dispose();
});
