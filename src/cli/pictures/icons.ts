/** The app's icon as systems want it, each a PNG drawn from the one SVG. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** `any`: as it is. `maskable`: on a ground without corners. `monochrome`: its form alone, opaque on nothing. */
type Purpose = 'any' | 'maskable' | 'monochrome';

interface Icon {
	/** Below the folder of static files. */
	readonly path: string;
	readonly purpose: Purpose;
	/** Pixels. */
	readonly side: number;
}

const ICONS: readonly Icon[] = [
	{ path: 'icon-192.png', purpose: 'any', side: 192 },
	{ path: 'icon-512.png', purpose: 'any', side: 512 },
	{ path: 'icon-maskable-512.png', purpose: 'maskable', side: 512 },
	{ path: 'icon-monochrome-512.png', purpose: 'monochrome', side: 512 },
];

/** A mask may cut off what is farther from the middle than two fifths of a side. */
const WITHIN_MASK = 'translate(32 32) scale(0.8) translate(-32 -32)';
const GROUND = /<rect width="64" height="64" rx="14" fill="(#\w+)" \/>/;

/** @param source path of the SVG @throws {Error} where its ground is not drawn as it was */
export async function drawIcons(
	browser: Browser,
	source: string,
): Promise<{ path: string; octets: Buffer }[]> {
	const svg = readFileSync(source, 'utf8');
	const page = await browser.newPage();
	const drawn: { path: string; octets: Buffer }[] = [];
	for (const { path, purpose, side } of ICONS) {
		await page.setViewportSize({ width: side, height: side });
		await page.setContent(
			`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${variant(svg, purpose)}`,
		);
		drawn.push({ path, octets: await page.screenshot({ omitBackground: true }) });
	}
	await page.close();
	return drawn;
}

function variant(svg: string, purpose: Purpose): string {
	const colour = GROUND.exec(svg)?.[1];
	if (colour === undefined) throw new Error('the icon’s ground is drawn in another way now');
	if (purpose === 'any') return svg;
	const mark = svg.replace(GROUND, '').replace(/<svg[^>]*>|<\/svg>/g, '');
	const small = `<g transform="${WITHIN_MASK}">${mark}</g>`;
	const inside =
		purpose === 'maskable'
			? `<rect width="64" height="64" fill="${colour}" />${small}`
			: small.replaceAll(/fill="#\w+"/g, 'fill="#000"');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${inside}</svg>`;
}
