/** Nothing on a consumer's screen moves by itself, however slowly its parts come; and nothing is cut off at 320 px. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { Backend } from '../harness/backend.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { approveOnScreen, askFor, tokenShown } from './harness/consumer.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';
import { Gate } from './harness/gate.ts';
import { shiftsOf, slowDown, watchShifts } from './harness/slow-phone.ts';

let gate: Gate;
let backend: Backend;
let saleId: string;

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
});

afterAll(async () => {
	await backend?.dispose();
	await gate?.close();
});

/** Every part of the screen has come: nothing is asked for any more, no place is merely kept. */
async function untilComplete(page: Page): Promise<void> {
	await page.getByRole('heading', { level: 1 }).waitFor();
	await page.waitForLoadState('networkidle');
	await page.waitForFunction(() => !document.querySelector('main .animate-pulse'));
}

const routes = (): string[] => [
	'/',
	`/meter/${KITCHEN}`,
	'/purchases',
	`/purchases/${saleId}`,
	`/purchases/${saleId}/enter`,
	`/purchases/${saleId}/refused`,
	'/claim',
	'/virtual-meter',
	`/virtual-meter/${WORKSHOP}`,
];

describe.each([
	['en', 360],
	['en', 320],
	['ar', 360],
	['sw', 320],
] as const)('in %s at %d px', (language, width) => {
	let phone: Phone;

	beforeAll(async () => {
		phone = await Phone.start({
			viewport: { width, height: width === 320 ? 568 : 740 },
		});
		const page = await phone.tab();
		await page.goto(gate.origin);
		await untilInstalled(page);
		saleId = await askFor(page, gate.origin, KITCHEN, '100');
		await approveOnScreen(page);
		await tokenShown(page);
		await page.evaluate((tag) => localStorage.setItem('tokenline-language', tag), language);
		await page.close();
	});

	afterAll(async () => {
		await phone?.dispose();
	});

	it(
		'no screen moves while it comes, and none is wider than the phone',
		{ timeout: 400_000 },
		async () => {
			const found: string[] = [];
			for (const path of routes()) {
				const page = await phone.tab();
				await watchShifts(page);
				await slowDown(page, 'slow');
				await page.goto(`${gate.origin}${path}`);
				await untilComplete(page);
				for (const { value, moved } of await shiftsOf(page))
					found.push(`${path} ${value.toFixed(4)}\n  ${moved.join('\n  ')}`);
				const over = await page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
				);
				if (over > 0) found.push(`${path} is ${over} px too wide`);
				await page.close();
			}
			expect(found).toEqual([]);
		},
	);
});
