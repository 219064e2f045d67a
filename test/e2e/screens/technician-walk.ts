/** A technician's screens, with a meter of the demo connected: the virtual one in its worker. */
import { technicianEn as words } from '#lib/core/words/technician.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import type { Phone } from '../harness/browser.ts';
import { WORKSHOP } from '../harness/estate.ts';
import { sellCredit } from '../harness/office-desk.ts';
import {
	connectBy,
	fetchJobs,
	glanceRead,
	goToMeter,
	PIN,
	plantMeter,
	verdicts,
} from '../harness/technician.ts';
import type { LookOver } from './look-over.ts';

const VIRTUAL = /0000 0000 026/;

export async function walkTechnician(over: LookOver, origin: string, phone: Phone): Promise<void> {
	await sellCredit(origin, WORKSHOP);
	const [wall, page] = [await phone.tab(), await phone.tab()];
	await plantMeter(wall, origin, WORKSHOP);
	await page.bringToFront();
	const see = (route: string, name: string) => over.look(page, route, name);
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	const go = async (path: string): Promise<void> => {
		await page.locator(`a[href="${path}"]:visible`).first().click();
		await page.waitForURL(`**${path}`);
	};
	await page.goto(`${origin}/technician`);
	await page.getByLabel(words.signIn.login).fill('technician');
	await see('/technician', 'sign in');
	await page.getByLabel(words.signIn.password).fill(DEMO_PASSWORD);
	await button(words.signIn.submit).click();
	await page.getByLabel(words.technician.pin.label, { exact: true }).fill(PIN);
	await page.getByLabel(words.technician.pin.again, { exact: true }).fill(PIN);
	await see('/technician', 'choose a PIN');
	await button(words.technician.pin.choose).click();
	await button(words.technician.bar.lock).waitFor();
	await fetchJobs(page, origin);
	await see('/technician/jobs', 'fetched');
	await goToMeter(page, WORKSHOP);
	await see('/technician', 'to connect');
	await connectBy(page, VIRTUAL);
	await glanceRead(page);
	await see('/technician', 'at a glance');
	await go('/technician/tokens');
	await see('/technician/tokens', 'to deliver');
	await button(words.technicianTokens.deliver('1')).click();
	await verdicts(page, 1);
	await see('/technician/tokens', 'delivered');
	await go('/technician');
	await go('/technician/readings');
	await button(words.technicianMeter.readings.read).click();
	await button(words.technicianMeter.readings.again).waitFor();
	await see('/technician/readings', 'read');
	await go('/technician/tools');
	await see('/technician/tools', 'all');
	for (const tool of ['engineering', 'bench', 'frames', 'doctor', 'journal', 'device']) {
		await go(`/technician/${tool}`);
		await page.getByRole('heading', { level: 1 }).first().waitFor();
		await see(`/technician/${tool}`, 'connected');
		await go('/technician/tools');
	}
	await wall.close();
	await page.close();
}
