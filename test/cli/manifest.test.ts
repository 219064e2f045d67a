/** What a browser is told when it installs the app, held to the files and routes that are there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEVICES } from '../../src/cli/pictures/screens.ts';
import { allRoutes, routeFor } from '../e2e/screens/routes.ts';
import { readPictureHead, readPixels, type Pixel } from '../harness/picture.ts';

interface Picture {
	readonly src: string;
	readonly sizes: string;
	readonly type: string;
	readonly purpose?: string;
}

interface Screenshot extends Picture {
	readonly form_factor: 'narrow' | 'wide';
	readonly label: string;
}

interface Manifest {
	readonly start_url: string;
	readonly icons: readonly Picture[];
	readonly screenshots: readonly Screenshot[];
	readonly shortcuts: readonly {
		readonly name: string;
		readonly url: string;
		readonly icons: readonly Picture[];
	}[];
	readonly share_target: { readonly action: string };
}

const manifest = JSON.parse(readFileSync('static/manifest.webmanifest', 'utf8')) as Manifest;
const { icons, screenshots, shortcuts } = manifest;
const pictures = [...icons, ...screenshots, ...shortcuts.flatMap((shortcut) => shortcut.icons)];
const read = ({ src }: Picture) => readFileSync(`static${src}`);
const iconFor = (purpose: string, sizes: string): Picture => {
	const found = icons.find((icon) => icon.purpose === purpose && icon.sizes === sizes);
	if (!found) throw new Error(`no icon is ${purpose} ${sizes}`);
	return found;
};

describe('the pictures', () => {
	it.each([...new Map(pictures.map((picture) => [picture.src, picture])).values()])(
		'$src is there, and is what it is called',
		(picture) => {
			if (picture.type === 'image/svg+xml') {
				expect(picture.sizes).toBe('any');
				expect(read(picture).toString()).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
				return;
			}
			const { type, width, height } = readPictureHead(read(picture)) ?? {};
			expect({ type, sizes: `${width}x${height}` }).toEqual({
				type: picture.type,
				sizes: picture.sizes,
			});
		},
	);

	it('of screens are all in the manifest, each once', () => {
		const there = readdirSync('static/screens').map((name) => `/screens/${name}`);
		expect(screenshots.map(({ src }) => src).sort()).toEqual(there.sort());
	});
});

describe('the screenshots', () => {
	it('are of a phone and of a laptop, as their script makes them', () => {
		const made = DEVICES.flatMap(({ name, viewport, deviceScaleFactor: scale, shots }) =>
			shots.map((shot) => ({
				src: `/screens/${name}-${shot}.webp`,
				sizes: `${viewport.width * scale}x${viewport.height * scale}`,
				form_factor: name === 'phone' ? 'narrow' : 'wide',
			})),
		);
		const named = screenshots.map(({ src, sizes, form_factor }) => ({ src, sizes, form_factor }));
		expect(named).toEqual(expect.arrayContaining(made));
		expect(named).toHaveLength(made.length);
		expect(new Set(named.map(({ form_factor }) => form_factor))).toEqual(
			new Set(['narrow', 'wide']),
		);
	});

	it.each(screenshots)('$src is one that browsers show, says what it is, and is small', (shot) => {
		const [width = 0, height = 0] = shot.sizes.split('x').map(Number);
		const [shorter = 0, longer = 0] = [width, height].sort((one, other) => one - other);
		// Chromium leaves out what is smaller, larger, or longer for its width.
		expect(shorter).toBeGreaterThanOrEqual(320);
		expect(longer).toBeLessThanOrEqual(3840);
		expect(longer / shorter).toBeLessThanOrEqual(2.3);
		expect(width < height).toBe(shot.form_factor === 'narrow');
		expect(shot.label).toMatch(/^\S.{10,}\S$/);
		expect(statSync(`static${shot.src}`).size).toBeLessThan(60_000);
	});
});

describe('the icons', () => {
	it('are of every purpose, and large enough to be installed with', () => {
		for (const [purpose, sizes] of [
			['any', 'any'],
			['any', '192x192'],
			['any', '512x512'],
			['maskable', '512x512'],
			['monochrome', '512x512'],
		] as const)
			expect(existsSync(`static${iconFor(purpose, sizes).src}`)).toBe(true);
	});

	/** Pixels that satisfy it, by their distance from the middle, as a share of a side. */
	function distances(pixels: readonly Pixel[][], isMark: (pixel: Pixel) => boolean): number[] {
		const middle = (pixels.length - 1) / 2;
		return pixels.flatMap((row, y) =>
			row.flatMap((pixel, x) =>
				isMark(pixel) ? [Math.hypot(x - middle, y - middle) / pixels.length] : [],
			),
		);
	}
	/** Too many to be arguments. */
	const most = (shares: readonly number[]): number =>
		shares.reduce((one, other) => Math.max(one, other), 0);
	/** A mask leaves at least the circle of so many shares of a side around the middle. */
	const SAFE = 0.4;

	it('for a mask fills its whole square, and its mark is where no mask cuts', () => {
		const pixels = readPixels(read(iconFor('maskable', '512x512')));
		const ground = pixels[0]![0]!;
		expect(distances(pixels, ([, , , opacity]) => opacity < 255)).toEqual([]);
		const mark = distances(pixels, (pixel) => String(pixel) !== String(ground));
		expect(mark.length).toBeGreaterThan(10_000);
		expect(most(mark)).toBeLessThan(SAFE);
	});

	it('in one colour has a form by its opacity alone, where no mask cuts', () => {
		const pixels = readPixels(read(iconFor('monochrome', '512x512')));
		expect(pixels[0]![0]![3]).toBe(0);
		const mark = distances(pixels, ([, , , opacity]) => opacity > 0);
		expect(mark.length).toBeGreaterThan(10_000);
		expect(mark.length).toBeLessThan(512 * 512 * 0.5);
		expect(most(mark)).toBeLessThan(SAFE);
	});
});

describe('the addresses', () => {
	const routes = allRoutes();
	const routeOf = (url: string) => routeFor(new URL(url, 'http://localhost').pathname, routes);

	it.each(shortcuts)('the shortcut $name leads to a screen of its own', ({ url, name }) => {
		expect(routeOf(url)).toBeDefined();
		expect(shortcuts.filter((other) => other.url === url || other.name === name)).toHaveLength(1);
	});

	it('of the start and of what is shared are screens', () => {
		expect(routeOf(manifest.start_url)).toBeDefined();
		expect(routeOf(manifest.share_target.action)).toBeDefined();
	});
});
