/** The virtual meter in its real worker in a real Chromium, with the browser's own store and locks. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minutesSince } from '#lib/core/sts/tid.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import { creditToken, KEY_7, MADE_MS } from '../core/meter/bench-meter.ts';
import { Phone } from './harness/browser.ts';
import { PageServer } from './harness/page-server.ts';
import type { PortBench } from './harness/virtual-port-page.ts';

const DRN = '12345678903';
const PAPERS: VirtualMeterProvision = {
	...{ drn: DRN, label: 'Blue house', ea: 7, tct: '02', sgc: '201457', krn: 1, kt: 2, ti: '01' },
	...{ ken: 255, baseYear: 2014, decoderKeyHex: KEY_7, manufacturedAtMs: MADE_MS },
};

let pages: PageServer;
let phone: Phone;
beforeAll(async () => {
	pages = await PageServer.of(
		fileURLToPath(new URL('harness/virtual-port-page.ts', import.meta.url)),
	);
	phone = await Phone.start();
});
afterAll(async () => {
	await phone?.dispose();
	await pages?.close();
});

/** A tab with the bench in it. */
async function openTab(): Promise<Page> {
	const page = await phone.tab();
	await page.goto(pages.origin);
	await page.waitForFunction(() => 'portBench' in globalThis);
	return page;
}

/** One call of the bench in the page. */
const ask = <Name extends keyof PortBench>(
	page: Page,
	name: Name,
	...facts: Parameters<PortBench[Name]>
) =>
	page.evaluate(
		([called, given]) =>
			(
				globalThis as unknown as { portBench: Record<string, (...of: unknown[]) => unknown> }
			).portBench[called]?.(...given),
		[name, facts] as const,
	) as ReturnType<PortBench[Name]>;

describe('a virtual meter in its worker, in a browser', () => {
	it('is connected in mode E, takes a token on the wire, and the keypad of another tab knows of it', async () => {
		const [technician, wall] = [await openTab(), await openTab()];
		await ask(technician, 'install', PAPERS);
		expect(await ask(technician, 'connect', DRN)).toBe(`${DRN} mode-e 9600`);
		const tid = minutesSince(2014, Date.now()) - 10;
		const digits = creditToken(578, tid);
		expect(await ask(technician, 'enter', digits)).toBe('answer');
		expect(await ask(wall, 'kept', DRN)).toMatchObject({ credited: 57_800, last: 'Accept' });
		expect(await ask(wall, 'keyIn', DRN, digits)).toBe('UsedError');
		const second = creditToken(100, tid + 1);
		expect(await ask(wall, 'keyIn', DRN, second)).toBe('Accept');
		expect(await ask(technician, 'enter', second)).toBe('answer');
		const kept = await ask(wall, 'kept', DRN);
		expect(kept).toMatchObject({ credited: 67_800, last: 'UsedError' });
		expect(kept).not.toMatchObject({ counters: 0 });
	});

	it('is one tab’s at a time, and free once its line is closed', async () => {
		const [technician, other] = phone.context.pages().slice(-2) as [Page, Page];
		expect(await ask(other, 'openFault', DRN)).toBe('port-busy');
		await ask(technician, 'end');
		// The browser hands a lock on in its own time.
		await expect.poll(() => ask(other, 'openFault', DRN)).toBe('open');
		expect(await ask(other, 'openFault', '00000000018')).toBe('meter-unreachable');
	});

	it('threw nothing', () => {
		expect(phone.errors).toEqual([]);
	});
});
