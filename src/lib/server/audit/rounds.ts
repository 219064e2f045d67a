/** The background rounds of the audit: sealing what was done, signing what is over. */
import type { Backend } from '../backend.ts';
import type { Round } from '../background.ts';
import type { RootSigner } from './root-signature.ts';
import { sealEvents } from './seal.ts';
import { signRoots } from './sign-roots.ts';

const SEAL_MS = 1_000;
const SIGN_MS = 60_000;

export function auditRounds(backend: Backend, sign: RootSigner): Round[] {
	return [
		{ name: 'audit-seal', everyMs: SEAL_MS, run: (turn) => sealEvents(backend, turn) },
		{ name: 'audit-root', everyMs: SIGN_MS, run: () => signRoots(backend, sign) },
	];
}
