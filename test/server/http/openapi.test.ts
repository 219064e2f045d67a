/** The API's description: valid, complete, and of the routes that there are. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { REFUSALS } from '#lib/core/vending/refusals.ts';
import { openApiDocument } from '#lib/server/http/openapi/document.ts';
import { WIRE_FILES } from '#lib/server/http/openapi/schemas.ts';
import { OPERATIONS } from '#lib/server/http/operations.ts';
import type { OperationRow } from '#lib/server/http/operations/row.ts';

const document = JSON.parse(JSON.stringify(openApiDocument())) as {
	paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
	components: { schemas: Record<string, unknown> };
};
const rows = Object.entries(OPERATIONS) as [string, OperationRow][];

describe('the OpenAPI document', () => {
	it('is valid OpenAPI 3.1', async () => {
		const verdict = await new Validator().validate(structuredClone(document));
		expect(verdict.errors).toBeUndefined();
		expect(verdict.valid).toBe(true);
	});

	it('describes every operation and no other', () => {
		const described = Object.entries(document.paths).flatMap(([path, methods]) =>
			Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
		);
		expect(described.sort()).toEqual(rows.map(([, row]) => `${row.method} ${row.path}`).sort());
	});

	it('has every reference in it', () => {
		const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)];
		const known = Object.keys(document.components.schemas).map((n) => `#/components/schemas/${n}`);
		expect(references.length).toBeGreaterThan(20);
		for (const [, reference] of references) expect(known).toContain(reference);
	});

	it('knows every file of the wire', () => {
		const files = readdirSync('src/lib/core/sync').filter((file) => file.startsWith('wire'));
		expect(Object.keys(WIRE_FILES).sort()).toEqual(files.sort());
	});

	it('has one component for each name', () => {
		const names = Object.values(WIRE_FILES).flatMap((file) =>
			Object.entries(file)
				.filter(([, value]) => typeof value === 'object' && 'kind' in value)
				.map(([name]) => name.replace(/Shape$/, '')),
		);
		expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
	});

	it('says of every refusal whether trying again can help', () => {
		for (const [name, row] of rows)
			for (const code of row.refusals)
				expect(
					document.paths[row.path]?.[row.method.toLowerCase()]?.responses[REFUSALS[code].status],
					name,
				).toMatchObject({ 'x-again': { [code]: REFUSALS[code].again } });
	});
});

/** Each `+server.ts` under these, as `METHOD /path` → the operation it names. */
function routesUnder(folder: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		if (!file.endsWith('+server.ts')) continue;
		const path = join(folder, file)
			.replace('src/routes', '')
			.replace('/+server.ts', '')
			.replace(/\[(\w+)\]/g, '{$1}');
		const text = readFileSync(join(folder, file), 'utf8');
		for (const [, method = '', rest = ''] of text.matchAll(
			/export const (GET|PUT|POST|DELETE|PATCH)\b([^;]*?operation\(\s*'\w+')?/gs,
		))
			found.set(`${method} ${path}`, /'(\w+)'$/.exec(rest)?.[1] ?? 'no operation');
	}
	return found;
}

describe('routes and operations', () => {
	it('are the same: nothing answers that the table does not know, nothing is promised that does not answer', () => {
		const routes = new Map([
			...routesUnder('src/routes/api'),
			...['sandbox', 'healthz', 'readyz', 'metrics', 'openapi.json'].flatMap((name) => [
				...routesUnder(`src/routes/${name}`),
			]),
		]);
		const table = new Map(rows.map(([name, row]) => [`${row.method} ${row.path}`, name]));
		expect(Object.fromEntries(routes)).toEqual(Object.fromEntries(table));
	});
});
