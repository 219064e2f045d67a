/** An artist whose letters are black blocks, half as wide as high: where a text stands can be seen in the dots. */
import type { Artist } from '#lib/browser/print/artist.ts';
import type { Measure } from '#lib/core/paper/picture.ts';

const UNSEEN = /\p{Cf}/gu;

export const measureBlocks: Measure = (text, { size }) =>
	([...text.replace(UNSEEN, '')].length * size) / 2;

export const BLOCKS: Artist = {
	measure: measureBlocks,
	draw: ({ width, height, inked }) => {
		const data = new Uint8ClampedArray(width * height * 4).fill(255);
		for (const { text, look, left, baseline } of inked)
			for (let y = baseline - look.size / 2; y < baseline; y += 1) {
				const right = left + measureBlocks(text, look);
				for (let x = left; x < right; x += 1)
					data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
			}
		return { data, width, height };
	},
};
