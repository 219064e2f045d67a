/**
 * Around the project `postgres`, in which the tests of the backend run a second time: one server for all of
 * them, with a seeded database that each shop gets a copy of.
 */
import { migrate } from '#lib/server/database/migrate.ts';
import { openDatabase } from '#lib/server/database/open.ts';
import { seedDemo } from '#lib/server/seed/seed-demo.ts';
import type { TestProject } from 'vitest/node';
import { MORNING } from '../server/harness/morning.ts';
import { TEST_SEAL } from '../server/harness/test-seal.ts';
import { PostgresServer } from './postgres.ts';

/** Names of the databases that are copied. */
export const TEMPLATES = { bare: 'template1', empty: 'shop_empty', seeded: 'shop_seeded' } as const;

declare module 'vitest' {
	interface ProvidedContext {
		/** URL of the server's own database; absent outside the project `postgres`. */
		postgres: string;
	}
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
	const server = await PostgresServer.start();
	try {
		await prepare(await server.createDatabase(TEMPLATES.empty), migrate);
		await prepare(await server.createDatabase(TEMPLATES.seeded, TEMPLATES.empty), (database) =>
			seedDemo(database, MORNING, TEST_SEAL),
		);
		project.provide('postgres', server.url());
	} catch (error) {
		await server.stop();
		throw error;
	}
	return () => server.stop();
}

type Step = (database: ReturnType<typeof openDatabase>) => Promise<unknown>;

async function prepare(url: string, step: Step): Promise<void> {
	const database = openDatabase(url);
	try {
		await step(database);
	} finally {
		await database.destroy();
	}
}
