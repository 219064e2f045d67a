/** Who asks: found once per request, from its signature, its login session or neither, and handed to all that decide. */
import type { Role } from './roles.ts';

export interface Caller {
	/** The one utility in which this caller is anybody: of the terminal, the session, or the host name. */
	readonly utilityId: string;
	/** Never empty; a guest is `['guest']`. */
	readonly roles: readonly Role[];
	/** How many ways there are: an operator may be signed in on a terminal. */
	readonly operatorId?: string;
	readonly vendorId?: string;
	readonly terminalId?: string;
	/** The terminal's journal contradicts itself: there may be two of it, and neither sells. */
	readonly isSuspended?: true;
	readonly sessionId?: string;
	/** Of a consumer who proved it; E.164. */
	readonly phone?: string;
	/** Network address, for limits and the audit. */
	readonly address: string;
}

/** Where the backend's own work comes from; no network address looks like it. */
const SYSTEM = 'system';

/** A caller as the audit names it. */
export function actorOf({ operatorId, terminalId, phone, address }: Caller): string {
	if (operatorId !== undefined) return `operator:${operatorId}`;
	if (terminalId !== undefined) return `terminal:${terminalId}`;
	if (phone !== undefined) return 'consumer';
	return address === SYSTEM ? SYSTEM : 'guest';
}

/** As logs and metrics name it: what sort of caller, never which one. */
export function kindOf(caller: Caller): 'guest' | 'consumer' | 'terminal' | 'operator' {
	if (caller.operatorId !== undefined) return 'operator';
	if (caller.terminalId !== undefined) return 'terminal';
	return caller.phone === undefined ? 'guest' : 'consumer';
}

/** The backend's own work: recovery, closes, retention. */
export function systemCaller(utilityId: string): Caller {
	return { utilityId, roles: ['guest'], address: SYSTEM };
}
