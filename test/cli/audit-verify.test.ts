/** The verifier as a third party runs it: a file, a root, a verdict. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { AuditEntry, AuditEvent } from '#lib/core/sync/wire-audit.ts';
import { chainHash, NO_HASH } from '#lib/server/audit/chain.ts';
import { makeKey, signerOf } from '#lib/server/audit/root-signature.ts';

const folder = mkdtempSync(join(tmpdir(), 'tokenline-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

function chainOf(length: number): AuditEntry[] {
	const entries: AuditEntry[] = [];
	for (let sequence = 1; sequence <= length; sequence += 1) {
		const event: AuditEvent = {
			id: `01930000-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
			...{ utilityId: 'lakeside', atMs: sequence, actor: 'system', origin: 'system' },
			...{ action: 'tested', subjectKind: 'test', subjectId: 'x', facts: { sequence } },
		};
		const hash = chainHash(entries.at(-1)?.hash ?? NO_HASH, event);
		entries.push({ sequence, hash, event });
	}
	return entries;
}

function verdict(entries: readonly AuditEntry[], root?: object): [number | null, string] {
	const file = join(folder, 'events.ndjson');
	writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
	const rootFile = join(folder, 'root.json');
	if (root) writeFileSync(rootFile, JSON.stringify(root));
	const args = ['src/cli/audit-verify.ts', file, ...(root ? [rootFile] : [])];
	const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
	return [done.status, done.stdout.replace(`${file}: `, '').trim() + done.stderr];
}

it('follows an export, and its signed root', () => {
	const entries = chainOf(4);
	const [, , third] = entries;
	const said = { utilityId: 'lakeside', date: '2026-11-20', signedAtMs: 5, sequence: 3 };
	const root = signerOf(makeKey())({ ...said, hash: third?.hash ?? '' });
	expect(verdict(entries)).toEqual([0, expect.stringMatching(/^4 entries, sound/)]);
	expect(verdict(entries, root)).toEqual([0, expect.stringMatching(/^4 entries, sound/)]);
	expect(verdict(entries, { ...root, hash: entries[0]?.hash })).toEqual([
		1,
		'broken at entry 3: rewritten',
	]);
	expect(verdict(entries.slice(0, 2), root)).toEqual([1, 'broken at entry 3: removed']);
	const [one, two, ...more] = entries;
	if (one === undefined || two === undefined) throw new Error('no entry');
	const swapped = [
		{ ...one, event: two.event },
		{ ...two, event: one.event },
	];
	expect(verdict([...swapped, ...more])).toEqual([1, 'broken at entry 1: reordered']);
	const [first, ...others] = entries;
	if (first === undefined) throw new Error('no entry');
	const changed = { ...first, event: { ...first.event, actor: 'guest' } };
	expect(verdict([changed, ...others])).toEqual([1, 'broken at entry 1: changed']);
	expect(verdict(others)).toEqual([1, 'broken at entry 1: removed']);
});
