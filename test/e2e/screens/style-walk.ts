/** The style page, in its own two themes and both directions. */
import { styleEn as words } from '#lib/core/words/style.ts';
import type { Phone } from '../harness/browser.ts';
import type { LookOver } from './look-over.ts';

export async function walkStyle(over: LookOver, origin: string, phone: Phone): Promise<void> {
	const page = await phone.tab();
	await page.goto(`${origin}/style`);
	await page.getByTestId('style-parts').waitFor();
	await over.look(page, '/style', 'light');
	await page.getByRole('button', { name: words.dark, exact: true }).click();
	await page.getByRole('button', { name: words.rightToLeft, exact: true }).click();
	await page.locator('[data-testid=style-parts][dir=rtl]').waitFor();
	await over.look(page, '/style', 'dark, right to left');
	await page.getByRole('button', { name: words.sheet.open, exact: true }).click();
	await page.locator('dialog').waitFor();
	await over.look(page, '/style', 'a sheet');
	await page.close();
}
