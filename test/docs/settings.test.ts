/** Every setting that the code reads from its environment is named in the README. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DEFAULT_RATES, rateVariable } from '#lib/server/access/settings.ts';

const README = readFileSync('README.md', 'utf8');
/** What the project's own processes tell each other. */
const BETWEEN_OURSELVES = new Set([
	...['TOKENLINE_KEY_FILE', 'TOKENLINE_PASSPHRASE_FILE', 'TOKENLINE_USAGE_JOURNAL'],
	'TOKENLINE_TALLY',
]);

it('every variable is named', () => {
	const read = globSync('src/**/*.{ts,mjs,svelte}').flatMap((file) => [
		...readFileSync(file, 'utf8').matchAll(/TOKENLINE_[A-Z]+(?:_[A-Z]+)*(?![A-Z_<])/g),
	]);
	const names = new Set(read.map(([name]) => name));
	expect(names.size).toBeGreaterThan(20);
	const missing = [...names].filter(
		(name) => !BETWEEN_OURSELVES.has(name) && !README.includes(name),
	);
	expect(missing).toEqual([]);
});

it('the allowances of fetching again are named with what they are', () => {
	for (const scope of [
		'fetch',
		'fetch-meter',
		'fetch-code',
		'fetch-code-phone',
		'fetch-code-meter',
	] as const) {
		const { atOnce, everyMs } = DEFAULT_RATES[scope];
		expect(README).toContain(`\`${rateVariable(scope)}\` (${atOnce}/${everyMs})`);
	}
});
