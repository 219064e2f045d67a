/** A virtual meter's own screens beyond the keypad: choosing its make, its hands, its test bench. */
import { virtualMeterBenchEn as bench } from '#lib/core/words/virtual-meter-bench.ts';
import type { Phone } from '../harness/browser.ts';
import { HOUSE_EA07 } from '../harness/estate.ts';
import type { LookOver } from './look-over.ts';

export async function walkVirtualMeter(
	over: LookOver,
	origin: string,
	phone: Phone,
): Promise<void> {
	const page = await phone.tab();
	await page.goto(`${origin}/virtual-meter/${HOUSE_EA07}?make`);
	await page.locator('[data-action=hang-up]').waitFor();
	await over.look(page, '/virtual-meter/[drn]', 'a make to choose');
	await page.locator('[data-action=hang-up]').click();
	await page.getByRole('group', { name: 'Keypad' }).waitFor();
	await page.keyboard.type('12345678901234567890');
	await page.keyboard.press('Enter');
	await page.locator('[data-verdict]').first().waitFor();
	// Its folds come after the meter itself.
	await page.locator('summary', { hasText: bench.bench.title }).waitFor();
	for (const fold of await page.locator('main details').all())
		await fold.locator('summary').first().click();
	await page.getByLabel(bench.bench.lineTitle).waitFor();
	await over.look(page, '/virtual-meter/[drn]', 'everything open');
	await page.close();
}
