/** All rounds of background work, in one list. */
import type { Backend } from './backend.ts';
import type { Round } from './background.ts';
import type { Settings } from './environment.ts';
import { recover } from './vend/recovery.ts';

export function roundsOf(backend: Backend, settings: Settings): Round[] {
	return [
		{
			name: 'recovery',
			everyMs: settings.recoverEveryMs,
			run: ({ first }) => recover(backend, first ? 0 : settings.recoverEveryMs),
		},
	];
}
