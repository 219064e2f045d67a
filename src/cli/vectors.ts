/**
 * `npm run vectors -- FILE…`: runs published examples over the product's own code. A line per failure,
 * then `N passed, N failed, N skipped`; exit status 1 when anything failed.
 */
import { readFileSync } from 'node:fs';
import { runVector } from './vectors/registry.ts';
import type { Vector } from './vectors/verdict.ts';

/** The vectors of a file. @throws {Error} a sentence when the file is not one of vectors */
function readVectors(path: string): readonly (Vector | null)[] {
	const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
	const vectors = (content as { vectors?: unknown } | null)?.vectors;
	if (!Array.isArray(vectors)) throw new Error('no list of vectors in it');
	return vectors as (Vector | null)[];
}

const paths = process.argv.slice(2);
if (paths.length === 0) {
	console.error('Usage: npm run vectors -- FILE…');
	process.exit(2);
}

const tally = { passed: 0, failed: 0, skipped: 0 };
for (const path of paths) {
	try {
		for (const vector of readVectors(path)) {
			const verdict = runVector(vector);
			tally[verdict.outcome] += 1;
			if (verdict.outcome === 'failed')
				console.log(
					`${vector?.id ?? '(no id)'}: expected ${verdict.expected}, came ${verdict.came}`,
				);
		}
	} catch (error) {
		tally.failed += 1;
		console.log(`${path}: ${(error as Error).message}`);
	}
}
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed > 0 ? 1 : 0;
