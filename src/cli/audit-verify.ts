/**
 * `npm run audit-verify -- events.ndjson [root.json …]`: whether an export of the audit is as it was sealed, by
 * somebody who has nothing of ours but the export: one entry or one page of `/api/v1/audit/events` a line.
 * Without a file: whether this home's own database is.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { AuditEntry, AuditPage, AuditRoot } from '#lib/core/sync/wire-audit.ts';
import {
	CHAIN_START,
	followChain,
	isBreak,
	type Break,
	type ChainEnd,
} from '#lib/server/audit/chain.ts';
import { isRootSigned } from '#lib/server/audit/root-signature.ts';
import { verifyAudit } from '#lib/server/audit/verify.ts';
import { openDatabase } from '#lib/server/database/open.ts';
import { readSettings } from '#lib/server/environment.ts';

const Line = v.union([
	v.pipe(
		AuditEntry,
		v.transform((entry) => [entry]),
	),
	v.pipe(
		AuditPage,
		v.transform(({ entries }) => entries),
	),
]);

const BATCH = 1_000;

const [file, ...rootFiles] = process.argv.slice(2);

async function main(): Promise<void> {
	process.exitCode = file === undefined ? await checkHome() : await checkExport(file);
}

/** A long export is read line by line. */
async function checkExport(path: string): Promise<0 | 1> {
	const roots = rootFiles.map((name) => v.parse(AuditRoot, JSON.parse(readFileSync(name, 'utf8'))));
	const unsigned = roots.find((root) => !isRootSigned(root));
	if (unsigned !== undefined) return tell(path, { sequence: unsigned.sequence, what: 'rewritten' });
	let end: ChainEnd = CHAIN_START;
	for await (const entries of batches(path)) {
		const followed = followChain(end, entries);
		if (isBreak(followed)) return tell(path, followed);
		const rewritten = roots.find(({ sequence, hash }) =>
			entries.some((entry) => entry.sequence === sequence && entry.hash !== hash),
		);
		if (rewritten) return tell(path, { sequence: rewritten.sequence, what: 'rewritten' });
		end = followed;
	}
	const isShort = roots.some(({ sequence }) => sequence > end.sequence);
	return tell(path, isShort ? { sequence: end.sequence + 1, what: 'removed' } : end);
}

/** Enough at a time to see what stands in the wrong place. */
async function* batches(path: string): AsyncGenerator<AuditEntry[]> {
	let batch: AuditEntry[] = [];
	for await (const line of createInterface({ input: createReadStream(path) })) {
		if (line.trim() !== '') batch.push(...v.parse(Line, JSON.parse(line)));
		if (batch.length < BATCH) continue;
		yield batch;
		batch = [];
	}
	yield batch;
}

async function checkHome(): Promise<0 | 1> {
	const database = openDatabase(readSettings(process.env, process.cwd()).database);
	try {
		let worst: 0 | 1 = 0;
		for (const { id } of await database.selectFrom('utility').select('id').execute())
			worst = tell(id, await verifyAudit(database, id)) === 1 ? 1 : worst;
		return worst;
	} finally {
		await database.destroy();
	}
}

function tell(name: string, result: ChainEnd | Break): 0 | 1 {
	if (isBreak(result)) {
		console.log(`${name}: broken at entry ${result.sequence}: ${result.what}`);
		return 1;
	}
	console.log(`${name}: ${result.sequence} entries, sound; the last hash is ${result.hash}`);
	return 0;
}

main().catch((error: unknown) => {
	console.error(`Not verified: ${error instanceof Error ? error.message : 'it failed'}.`);
	process.exitCode = 2;
});
