import { globSync, readFileSync } from 'node:fs';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';
import { audiencePlugin } from './src/cli/audience-plugin.ts';
import { chunkPlugin } from './src/cli/chunk-plugin.ts';
import { firstFilesPlugin } from './src/cli/first-files-plugin.ts';

/** What is about the embedded database's file, or about rights and numbers whatever keeps them. */
const SQLITE_ONLY = [
	'test/server/access/authority.test.ts',
	'test/server/continuity/restore.test.ts',
	'test/server/seed/seed-demo.test.ts',
];

/** Test files that work on a database of their own, by what they import. */
function shopTests(): string[] {
	return globSync('test/server/**/*.test.ts')
		.filter((file) => !SQLITE_ONLY.includes(file))
		.filter((file) => /harness\/(shop|test-database)\.ts/.test(readFileSync(file, 'utf8')));
}

/** A screen or a step that was waited for in vain. An expectation that fails says something else. */
const WAITED_IN_VAIN = /Timeout \d+ms exceeded/;

export default defineConfig({
	plugins: [tailwindcss(), sveltekit(), chunkPlugin(), audiencePlugin(), firstFilesPlugin()],
	// How long each plugin took is of no use to somebody who only wants to start the app.
	build: { rolldownOptions: { checks: { pluginTimings: false } } },
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					setupFiles: ['test/harness/seed.ts', 'test/harness/english.ts'],
					include: ['test/**/*.test.ts'],
					exclude: ['test/{e2e,contract,adversarial}/**'],
					// A test fails by what it finds, not by how busy the machine is.
					testTimeout: 120_000,
					hookTimeout: 120_000,
				},
			},
			{
				extends: true,
				test: {
					// Whatever opens a shop holds on a real PostgreSQL server too.
					name: 'postgres',
					environment: 'node',
					setupFiles: ['test/harness/seed.ts'],
					include: shopTests(),
					globalSetup: ['test/harness/postgres-setup.ts'],
					sequence: { groupOrder: 1 },
					testTimeout: 120_000,
					hookTimeout: 120_000,
				},
			},
			{
				extends: true,
				test: {
					// Each file starts and kills processes of its own: one after the other, when the rest is done.
					name: 'processes',
					environment: 'node',
					setupFiles: ['test/harness/seed.ts'],
					include: ['test/{contract,adversarial}/**/*.test.ts'],
					fileParallelism: false,
					sequence: { groupOrder: 2 },
					testTimeout: 240_000,
					hookTimeout: 120_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'e2e',
					environment: 'node',
					include: ['test/e2e/**/*.test.ts'],
					fileParallelism: false,
					sequence: { groupOrder: 3 },
					// What a screen shows is looked at until it is true: it is not drawn at once.
					expect: { poll: { timeout: 20_000 } },
					// A busy CI machine may be late: once more then, and told (`tally-reporter`). What was found wrong is
					// wrong the first time, and where late is lost (a sale, a token) the test says `retry: 0`.
					retry: process.env['CI'] ? { count: 1, condition: WAITED_IN_VAIN } : 0,
					testTimeout: 240_000,
					hookTimeout: 120_000,
				},
			},
		],
	},
});
