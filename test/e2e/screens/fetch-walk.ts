/** Purchases fetched again by meter and phone: asked for, the code, a wrong one, and what came. */
import { COTTAGE } from '../harness/estate.ts';
import { eventually } from '../harness/eventually.ts';
import { see, titled, type Walk } from './walk.ts';

/** The phone that the purchase of several tokens was made with. */
export const FETCHING_PHONE = '+254712345678';
const ROUTE = '/fetch';

export async function walkFetch(walk: Walk): Promise<void> {
	const { page, origin, words } = walk;
	const { fetch: text } = words;
	const show = page.getByRole('button', { name: text.show, exact: true });
	await page.goto(`${origin}/fetch`);
	await titled(walk, text.title);
	await page.getByLabel(words.topUp.field).fill(COTTAGE);
	await page.getByLabel(text.phone).fill(FETCHING_PHONE);
	await see(walk, ROUTE, 'whose');
	const before = await codesOn(origin);
	await page.getByRole('button', { name: text.send, exact: true }).click();
	await titled(walk, text.codeTitle);
	// The way to the sandbox's messages comes with the answer on the meter.
	await page.getByRole('link', { name: words.token.sandboxPhone }).waitFor();
	await see(walk, ROUTE, 'the code');
	let codes: string[] = [];
	await eventually('the message with the code', async () => {
		codes = await codesOn(origin);
		return codes.length > before.length;
	});
	const [code = ''] = codes;
	await page.getByLabel(text.code).fill(code === '000000' ? '000001' : '000000');
	await show.click();
	await page.getByText(words.problems['code-wrong'].title).waitFor();
	await see(walk, ROUTE, 'a wrong code');
	await page.getByLabel(text.code).fill(code);
	await show.click();
	await titled(walk, text.found);
	await page.getByTestId('fetched-digits').nth(2).waitFor();
	await see(walk, ROUTE, 'what came');
}

/** Codes in the messages that the sandbox has for the phone, the latest first. */
async function codesOn(origin: string): Promise<string[]> {
	const messages = `${origin}/sandbox/messages?phone=${encodeURIComponent(FETCHING_PHONE)}`;
	const text = await (await fetch(messages)).text();
	// A token's digits stand in groups of four.
	return [...text.matchAll(/(?<!\d)\d{6}(?!\d)/g)].map(([code]) => code);
}
