/** What a meter answers instead of, or beside, a value (IEC 62056-5-3, 9.5), as tables. */

export const DATA_ACCESS_RESULTS = [
	{ code: 0, name: 'success' },
	{ code: 1, name: 'hardware-fault' },
	{ code: 2, name: 'temporary-failure' },
	{ code: 3, name: 'read-write-denied' },
	{ code: 4, name: 'object-undefined' },
	{ code: 9, name: 'object-class-inconsistent' },
	{ code: 11, name: 'object-unavailable' },
	{ code: 12, name: 'type-unmatched' },
	{ code: 13, name: 'scope-of-access-violated' },
	{ code: 14, name: 'data-block-unavailable' },
	{ code: 15, name: 'long-get-aborted' },
	{ code: 16, name: 'no-long-get-in-progress' },
	{ code: 17, name: 'long-set-aborted' },
	{ code: 18, name: 'no-long-set-in-progress' },
	{ code: 19, name: 'data-block-number-invalid' },
	{ code: 250, name: 'other-reason' },
] as const;
export type DataAccessResult = (typeof DATA_ACCESS_RESULTS)[number]['name'];

export const ACTION_RESULTS = [
	{ code: 0, name: 'success' },
	{ code: 1, name: 'hardware-fault' },
	{ code: 2, name: 'temporary-failure' },
	{ code: 3, name: 'read-write-denied' },
	{ code: 4, name: 'object-undefined' },
	{ code: 9, name: 'object-class-inconsistent' },
	{ code: 11, name: 'object-unavailable' },
	{ code: 12, name: 'type-unmatched' },
	{ code: 13, name: 'scope-of-access-violated' },
	{ code: 14, name: 'data-block-unavailable' },
	{ code: 15, name: 'long-action-aborted' },
	{ code: 16, name: 'no-long-action-in-progress' },
	{ code: 250, name: 'other-reason' },
] as const;
export type ActionResult = (typeof ACTION_RESULTS)[number]['name'];

/** The first octet of an exception-response. */
export const EXCEPTION_STATES = [
	{ code: 1, name: 'service-not-allowed' },
	{ code: 2, name: 'service-unknown' },
] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number]['name'];

/** The second octet of an exception-response. */
export const EXCEPTION_SERVICES = [
	{ code: 1, name: 'operation-not-possible' },
	{ code: 2, name: 'service-not-supported' },
	{ code: 3, name: 'other-reason' },
	{ code: 4, name: 'pdu-too-long' },
	{ code: 5, name: 'deciphering-error' },
	{ code: 6, name: 'invocation-counter-error' },
] as const;
export type ExceptionService = (typeof EXCEPTION_SERVICES)[number]['name'];

/** The service a confirmed-service-error answers. */
export const ERROR_SERVICES = [
	{ code: 1, name: 'initiate' },
	{ code: 5, name: 'read' },
	{ code: 6, name: 'write' },
] as const;

/** The class of a confirmed-service-error, and the values of the classes that name theirs. */
export const ERROR_CLASSES = [
	{ code: 0, name: 'application-reference', values: { 6: 'deciphering-error' } },
	{ code: 1, name: 'hardware-resource', values: {} },
	{ code: 2, name: 'vde-state', values: {} },
	{ code: 3, name: 'service', values: { 1: 'pdu-size', 2: 'service-unsupported' } },
	{ code: 4, name: 'definition', values: {} },
	{ code: 5, name: 'access', values: {} },
	{
		code: 6,
		name: 'initiate',
		values: {
			1: 'dlms-version-too-low',
			2: 'incompatible-conformance',
			3: 'pdu-size-too-short',
			4: 'refused-by-the-vde-handler',
		},
	},
] as const;

interface Coded {
	readonly code: number;
	readonly name: string;
}

/** The name of a code in one of the tables here, or the code itself as text. */
export function codeName(rows: readonly Coded[], code: number): string {
	return rows.find((row) => row.code === code)?.name ?? String(code);
}

/** The code of a name in one of the tables here. */
export function codeOf<Row extends Coded>(rows: readonly Row[], name: Row['name']): number {
	return (rows.find((row) => row.name === name) as Row).code;
}
