/** Whether the meter that was met is the one somebody came for. */
import { drnOf } from '#lib/core/field/identity/told-number.ts';
import type { ConnectFailure, PublicIdentity } from './connect-order.ts';

/** Why the meter that was met is not the one of this number; undefined where it is. */
export function notTheMeter(identity: PublicIdentity, drn: string): ConnectFailure | undefined {
	const found = drnOf(identity);
	if (found === drn) return undefined;
	if (found === undefined) return { kind: 'failed', why: 'identity-untold' };
	return { kind: 'failed', why: 'other-meter', fact: 'serialNumber', expected: drn, found };
}
