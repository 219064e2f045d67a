/** The measures of the screens find what they are there for: each fault planted into a page of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { Phone } from './harness/browser.ts';
import { ShiftWatch } from './harness/shifts.ts';
import { cutWords, motions, smallTargets, tooWide, unseenFocus } from './screens/measure.ts';

let phone: Phone;
let page: Page;
beforeAll(async () => {
	phone = await Phone.start();
	page = await phone.tab();
});
afterAll(async () => {
	await phone?.dispose();
});

const show = (body: string, dir = 'ltr') =>
	page.setContent(`<!doctype html><html lang="en" dir="${dir}"><body style="margin:0">${body}`);

const SOUND = `
	<style>button { min-width: 44px; min-height: 44px } button:focus { outline: 2px solid }</style>
	<p>Some words</p><button>Go</button>`;

const all = async (): Promise<string[]> => [
	...(await tooWide(page)),
	...(await smallTargets(page)),
	...(await cutWords(page)),
	...(await motions(page)),
	...(await unseenFocus(page)),
];

describe.each(['ltr', 'rtl'])('from %s', (dir) => {
	it('nothing is wrong with a sound page', async () => {
		await show(SOUND, dir);
		expect(await all()).toEqual([]);
	});

	it('a word that leaves its box by a few pixels is named', async () => {
		const word = `<b style="display:inline-block;width:363px">word</b>`;
		await show(`<div style="width:360px;white-space:nowrap" id="narrow">${word}</div>`, dir);
		expect(await tooWide(page)).toEqual([
			'3 px wider than the window',
			expect.stringMatching(/^3 px out: <b/),
		]);
	});
});

it('words that stand out of a box that does not are named by it', async () => {
	await show(`<p style="width:340px;white-space:nowrap">${'m'.repeat(60)}</p>`);
	const [wider, box] = await tooWide(page);
	expect(wider).toMatch(/^\d+ px wider than the window$/);
	expect(box).toMatch(/px out: <p/);
});

it('a sheet is measured by itself', async () => {
	await show(`<dialog style="width:200px;padding:0"><div style="width:240px">.</div></dialog>`);
	await page.evaluate(() => document.querySelector('dialog')?.showModal());
	expect((await tooWide(page))[0]).toBe('40 px wider than the window');
});

it('what is too small, cut off, or on something else is named', async () => {
	await show(`<button style="width:30px;height:30px;padding:0">x</button>
		<div style="width:40px;overflow:hidden;white-space:nowrap">a long sentence</div>
		<p style="margin:0">below</p><p style="margin:-20px 0 0">above</p>`);
	expect(await smallTargets(page)).toEqual([expect.stringMatching(/^30×30 <button/)]);
	expect(await cutWords(page)).toEqual([
		'cut off: a long sentence',
		'on each other: below | above',
	]);
});

it('what moves is named: by the style sheet, and by a script', async () => {
	await show(`<style>@keyframes go { to { translate: 9px } } i { animation: go 2s infinite }</style>
		<i>style</i><b>script</b><u>once</u>`);
	await page.evaluate(() => {
		let at = 0;
		const go = () => {
			document.querySelector('b')?.style.setProperty('top', `${(at += 1)}px`);
			requestAnimationFrame(go);
		};
		go();
		document.querySelector('u')?.style.setProperty('top', '1px');
	});
	expect(await motions(page)).toEqual([
		expect.stringMatching(/^<i>/),
		expect.stringMatching(/^<b /),
	]);
});

it('a focus that is not drawn, or lies under something, is named', async () => {
	await show(`<style>:focus { outline: none }</style><button>bare</button>`);
	expect(await unseenFocus(page)).toEqual([expect.stringMatching(/^not drawn: <button/)]);
	await show(`<style>:focus { outline: 3px solid }</style><button>under</button>
		<div style="position:fixed;inset:0">over</div>`);
	expect(await unseenFocus(page)).toEqual([expect.stringMatching(/^covered: <button/)]);
});

describe.each(['ltr', 'rtl'])('of what shifts from %s', (dir) => {
	const ROW = `<div style="display:flex"><span id="meter">Meter</span>
		<span style="margin-inline-start:auto;text-align:end"><b id="age">1 minute ago</b></span></div>`;

	/** What is told to have moved when a script has its way with the page. */
	async function movedBy(script: string): Promise<readonly string[]> {
		const tab = await phone.tab();
		const watch = await ShiftWatch.on(tab);
		const html = `<!doctype html><body dir="${dir}" style="margin:0">${ROW}`;
		await tab.goto(`data:text/html,${encodeURIComponent(html)}`);
		await watch.during('nothing', () => tab.getByText('Meter').waitFor());
		await watch.during('the script', () => tab.evaluate(script));
		await tab.close();
		return watch.shifts.flatMap(({ moved }) => moved);
	}

	it('an age that is another one a minute later is not named', async () => {
		expect(await movedBy(`age.firstChild.data = '12 minutes ago'`)).toEqual([]);
	});

	it('words that are pushed aside or down are', async () => {
		expect(await movedBy(`meter.style.paddingInlineStart = '30px'`)).toEqual([
			expect.stringContaining('“Meter”'),
		]);
		expect(await movedBy(`age.parentElement.style.marginInlineEnd = '30px'`)).not.toEqual([]);
		expect(await movedBy(`document.body.style.paddingTop = '30px'`)).not.toEqual([]);
	});
});
