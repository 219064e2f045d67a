/**
 * Application contexts, authentication mechanisms, results and diagnostics by name (IEC 62056-5-3,
 * 7.2.2 and 7.3). Object identifiers are 2.16.756.5.8.x.n.
 */
import { equalBytes } from '#lib/core/bytes/equal.ts';

const CONTEXT_PREFIX = [0x60, 0x85, 0x74, 0x05, 0x08, 0x01];
const MECHANISM_PREFIX = [0x60, 0x85, 0x74, 0x05, 0x08, 0x02];

/** Application contexts; short-name referencing is known by name only. */
export const CONTEXTS = [
	{ id: 1, name: 'logical-name' },
	{ id: 2, name: 'short-name' },
	{ id: 3, name: 'logical-name-ciphered' },
	{ id: 4, name: 'short-name-ciphered' },
] as const;
export type ContextName = (typeof CONTEXTS)[number]['name'];

/** Authentication mechanisms. */
export const MECHANISMS = [
	{ id: 0, name: 'none' },
	{ id: 1, name: 'low' },
	{ id: 2, name: 'high-manufacturer' },
	{ id: 3, name: 'high-md5' },
	{ id: 4, name: 'high-sha1' },
	{ id: 5, name: 'high-gmac' },
	{ id: 6, name: 'high-sha256' },
	{ id: 7, name: 'high-ecdsa' },
] as const;
export type MechanismName = (typeof MECHANISMS)[number]['name'];
/** Mechanisms with a challenge from each side. */
export type HighMechanism = Exclude<MechanismName, 'none' | 'low'>;

export const ASSOCIATION_RESULTS = [
	{ id: 0, name: 'accepted' },
	{ id: 1, name: 'rejected-permanent' },
	{ id: 2, name: 'rejected-transient' },
] as const;
export type AssociationResult = (typeof ASSOCIATION_RESULTS)[number]['name'];

/** What the meter's application says to an AARQ. */
export const USER_DIAGNOSTICS = [
	{ id: 0, name: 'null' },
	{ id: 1, name: 'no-reason-given' },
	{ id: 2, name: 'application-context-name-not-supported' },
	{ id: 3, name: 'calling-ap-title-not-recognized' },
	{ id: 4, name: 'calling-ap-invocation-identifier-not-recognized' },
	{ id: 5, name: 'calling-ae-qualifier-not-recognized' },
	{ id: 6, name: 'calling-ae-invocation-identifier-not-recognized' },
	{ id: 7, name: 'called-ap-title-not-recognized' },
	{ id: 8, name: 'called-ap-invocation-identifier-not-recognized' },
	{ id: 9, name: 'called-ae-qualifier-not-recognized' },
	{ id: 10, name: 'called-ae-invocation-identifier-not-recognized' },
	{ id: 11, name: 'authentication-mechanism-name-not-recognized' },
	{ id: 12, name: 'authentication-mechanism-name-required' },
	{ id: 13, name: 'authentication-failure' },
	{ id: 14, name: 'authentication-required' },
] as const;
export type UserDiagnostic = (typeof USER_DIAGNOSTICS)[number]['name'];

/** What the meter's ACSE says to an AARQ. */
export const PROVIDER_DIAGNOSTICS = [
	{ id: 0, name: 'null' },
	{ id: 1, name: 'no-reason-given' },
	{ id: 2, name: 'no-common-acse-version' },
] as const;

/** Reasons of a release request and of its response. */
export const RELEASE_REASONS = [
	{ id: 0, name: 'normal' },
	{ id: 1, name: 'urgent-or-not-finished' },
	{ id: 30, name: 'user-defined' },
] as const;

interface Named {
	readonly id: number;
	readonly name: string;
}

/** The name of a number in one of the tables here, or the number itself as text. */
export function nameOf(rows: readonly Named[], id: number): string {
	return rows.find((row) => row.id === id)?.name ?? String(id);
}

/** The number of a name in one of the tables here. */
export function idOf<Row extends Named>(rows: readonly Row[], name: Row['name']): number {
	return (rows.find((row) => row.name === name) as Row).id;
}

/** The application context an object identifier names; undefined for an unknown one. */
export function contextOf(oid: Uint8Array | undefined): ContextName | undefined {
	return nameIn(CONTEXTS, CONTEXT_PREFIX, oid);
}

/** The mechanism an object identifier names; undefined for an unknown one. */
export function mechanismOf(oid: Uint8Array): MechanismName | undefined {
	return nameIn(MECHANISMS, MECHANISM_PREFIX, oid);
}

export function contextOid(name: ContextName): Uint8Array {
	return Uint8Array.of(...CONTEXT_PREFIX, idOf(CONTEXTS, name));
}

export function mechanismOid(name: MechanismName): Uint8Array {
	return Uint8Array.of(...MECHANISM_PREFIX, idOf(MECHANISMS, name));
}

function nameIn<Row extends Named>(
	rows: readonly Row[],
	prefix: readonly number[],
	oid: Uint8Array | undefined,
): Row['name'] | undefined {
	if (!oid || !equalBytes(oid.subarray(0, -1), Uint8Array.from(prefix))) return undefined;
	return rows.find((row) => row.id === oid.at(-1))?.name;
}
