/** Which enrolled terminal signed a request (RFC 9421). */
import type { Backend } from '../backend.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import type { Arrival } from './identify.ts';

export type SigningTerminal = Required<Pick<Caller, 'utilityId' | 'terminalId' | 'vendorId'>>;

/** Undefined: the request carries no signature. Refusals: those of a signature that does not hold. */
export async function terminalOfSignature(
	_backend: Backend,
	_arrival: Arrival,
): Promise<SigningTerminal | Refusal | undefined> {
	return await Promise.resolve(undefined);
}
