import { describe, expect, it } from 'vitest';
import { framedTooEarly } from '../../src/cli/chunk-plugin.ts';

const chunk = (facadeModuleId: string | null, imports: string[], moduleIds: string[] = []) => ({
	fileName: `${facadeModuleId ?? moduleIds[0]}.js`,
	...{ facadeModuleId, imports, moduleIds },
});

const LAYOUT = '/app/src/routes/+layout.svelte';
const frame = chunk(null, [], [LAYOUT, '/app/src/lib/core/vending/refusals.ts']);
const start = chunk(null, [], ['/app/src/hooks.client.ts']);

describe('the frame of the screens', () => {
	it.each([
		'/app/.svelte-kit/generated/client-optimized/app.js',
		'/app/src/lib/core/words/sw/first.ts',
	])('must not run with %s, which is there before the language', (early) => {
		expect(framedTooEarly([frame, start, chunk(early, [frame.fileName])])).toEqual([early]);
		expect(framedTooEarly([frame, start, chunk(early, [start.fileName])])).toEqual([]);
	});

	it('may run with a screen', () => {
		const screen = '/app/.svelte-kit/generated/client-optimized/nodes/8.js';
		expect(framedTooEarly([frame, chunk(screen, [frame.fileName])])).toEqual([]);
	});
});
