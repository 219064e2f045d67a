/** Which runner a vector belongs to: `kind` is STS, `layer` is DLMS. */
import { runVector as runDlms } from './dlms.ts';
import { runVector as runSts } from './sts.ts';
import { failed, type Vector, type Verdict } from './verdict.ts';

type Runner = (vector: Vector) => Verdict;

/** One runner per family. */
const RUNNERS: Readonly<Record<'kind' | 'layer', Runner>> = {
	kind: runSts,
	layer: runDlms,
};

/** Runs a vector of either family. */
export function runVector(vector: Vector | null): Verdict {
	if (typeof vector !== 'object' || vector === null) return failed('a vector', String(vector));
	const family = vector.kind !== undefined ? 'kind' : 'layer';
	if (vector[family] === undefined) return failed('a kind or a layer', 'neither');
	return RUNNERS[family](vector);
}
