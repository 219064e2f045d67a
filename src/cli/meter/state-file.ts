/** A virtual meter in a file, written whole or not at all. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import {
	parseCosemMeter,
	storedCosemMeter,
	type StoredCosemMeter,
} from '#lib/core/meter/cosem/cosem-json.ts';

/** The meter in `path`; undefined where there is no such file. @throws {Error} a sentence */
export function readState(path: string): StoredCosemMeter | undefined {
	if (!existsSync(path)) return undefined;
	let content: unknown;
	try {
		content = JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		throw new Error(`${path} is not JSON; move it away to start with a new meter`);
	}
	const parsed = parseCosemMeter(content);
	if ('meter' in parsed) return parsed;
	const place = parsed.place ? ` at ${parsed.place}` : '';
	throw new Error(`${path} is not a stored meter (${parsed.refusal}${place}); move it away`);
}

/** Only its owner may read it: it holds the decoder key. */
const MODE = 0o600;

/** Writes the meter; it is on the disk when this returns. */
export function writeState(path: string, state: StoredCosemMeter): void {
	const beside = `${path}.new`;
	writeFileSync(beside, JSON.stringify(storedCosemMeter(state)), { mode: MODE, flush: true });
	renameSync(beside, path);
}
