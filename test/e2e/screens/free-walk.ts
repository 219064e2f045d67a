/** Free electricity: to be had, had already, not given to this meter, and only to who shows the account's phone. */
import { demoMeters } from '#lib/server/seed/demo-estate.ts';
import { HOUSE_EA07, HOUSE_EA11, KITCHEN } from '../harness/estate.ts';
import { see, type Walk } from './walk.ts';

const ROUTE = '/meter/[drn]/free';
/** A household of the demo: its free electricity is its owner's alone. */
const HOME = demoMeters(0).find(({ isVirtual }) => !isVirtual)?.meter.drn ?? '';

export async function walkFree(walk: Walk): Promise<void> {
	const { page, origin, words } = walk;
	const open = (drn: string) => page.goto(`${origin}/meter/${drn}/free`);
	await open(HOUSE_EA07);
	await page.getByTestId('free-energy').waitFor();
	await see(walk, ROUTE, 'to be had');
	await open(HOUSE_EA11);
	await page.getByText(words.fbe.given.title, { exact: true }).waitFor();
	await page.getByRole('link', { name: words.fbe.given.look }).waitFor();
	await see(walk, ROUTE, 'given');
	await open(KITCHEN);
	await page.getByText(words.problems['fbe-not-entitled'].title, { exact: true }).waitFor();
	await see(walk, ROUTE, 'not entitled');
	await open(HOME);
	const { owner } = words.fbe;
	await page.getByLabel(owner.phone).fill('+254 711 000 001');
	await see(walk, ROUTE, 'the owner’s phone');
	await page.getByRole('button', { name: owner.send, exact: true }).click();
	await page.getByLabel(owner.code).fill('12');
	await page.getByRole('button', { name: owner.show, exact: true }).click();
	await page.locator('#own-code[aria-invalid=true]').waitFor();
	await see(walk, ROUTE, 'the owner’s code');
}
