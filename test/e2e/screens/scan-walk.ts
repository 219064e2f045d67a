/** The camera's sheet: with a code before it that is none of ours, and with a camera that may not be used. */
import { see, type Walk } from './walk.ts';

/** What the film before the phone's camera shows. */
export const NO_CODE = 'https://tokenline.example/nothing';

export async function walkScan(walk: Walk): Promise<void> {
	const { page, phone, origin, words } = walk;
	const session = await phone.context.newCDPSession(page);
	const allow = (setting: 'granted' | 'denied') =>
		session.send('Browser.setPermission', { origin, permission: { name: 'camera' }, setting });
	const sheet = page.getByRole('dialog', { name: words.scan.title });
	const said = sheet.getByRole('alert').filter({ hasText: /\S/ });
	await page.goto(origin);
	await allow('denied');
	await page.getByTestId('scan').click();
	await sheet.getByText(words.scan.faults['not-allowed']).waitFor();
	await see(walk, '/', 'the camera may not be used');
	await page.keyboard.press('Escape');
	await sheet.waitFor({ state: 'detached' });
	await allow('granted');
	await page.getByTestId('scan').click();
	await sheet.getByText(words.scan.lead).waitFor();
	await said.waitFor();
	await see(walk, '/', 'the camera sees another code');
	await page.keyboard.press('Escape');
	await sheet.waitFor({ state: 'detached' });
	await session.detach();
}
