/** The background rounds that keep the permission to issue, and watch whether it still holds. */
import type { Backend } from '../backend.ts';
import type { Round } from '../background.ts';
import { lookForLostVends } from './lost-vends.ts';
import type { Marks } from './marks.ts';
import { BEAT_MS } from './permit.ts';

const LOOK_MS = 60_000;

export function continuityRounds(backend: Backend, marks: Marks): Round[] {
	return [
		{ name: 'permit', everyMs: BEAT_MS, run: () => backend.permit.beat() },
		{ name: 'lost-vends', everyMs: LOOK_MS, run: () => lookForLostVends({ ...backend, marks }) },
	];
}
