/** The security policy of class 64 (IEC 62056-6-2, 4.4.7): what messages must have at least. */
import { decodeSecurityControl, type Protection } from './suite.ts';

/** What one direction asks for. */
export interface Demand {
	readonly authenticated: boolean;
	readonly encrypted: boolean;
	readonly signed: boolean;
}

export interface SecurityPolicy {
	readonly request: Demand;
	readonly response: Demand;
}

const NOTHING: Demand = { authenticated: false, encrypted: false, signed: false };

/** Nothing is asked for. */
export const OPEN_POLICY: SecurityPolicy = { request: NOTHING, response: NOTHING };

/** A policy of version 0: bit 0 authentication, bit 1 encryption, both directions alike. */
export function policyOfVersion0(value: number): SecurityPolicy {
	const demand = { authenticated: (value & 1) !== 0, encrypted: (value & 2) !== 0, signed: false };
	return { request: demand, response: demand };
}

/** A policy of version 1: bits 2, 3, 4 for requests and 5, 6, 7 for responses. */
export function policyOfVersion1(value: number): SecurityPolicy {
	const at = (bit: number): boolean => (value & (1 << bit)) !== 0;
	return {
		request: { authenticated: at(2), encrypted: at(3), signed: at(4) },
		response: { authenticated: at(5), encrypted: at(6), signed: at(7) },
	};
}

/** Whether a message with this security control (undefined: plain) has what a direction asks for. */
export function satisfies(demand: Demand, control: number | undefined, signed = false): boolean {
	const has = decodeSecurityControl(control ?? 0);
	return (
		(!demand.authenticated || has.authenticated) &&
		(!demand.encrypted || has.encrypted) &&
		(!demand.signed || signed)
	);
}

/** The least protection that satisfies a demand; undefined where none is asked for. */
export function protectionFor(demand: Demand): Protection | undefined {
	if (demand.authenticated && demand.encrypted) return 'authenticated-encrypted';
	if (demand.authenticated) return 'authenticated';
	return demand.encrypted ? 'encrypted' : undefined;
}
