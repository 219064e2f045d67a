/** What belongs to an operator is that operator's own affair, and the administrator's. */
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { decideAuthority } from './roles.ts';

/** Refusal: those of `operator.manage`, for who is not that operator. */
export function decideOwnOrManaged(caller: Caller, operatorId: string | null): Refusal | undefined {
	const own = operatorId !== null && caller.operatorId === operatorId;
	return own ? undefined : decideAuthority(caller, 'operator.manage');
}
