/**
 * The tag of every APDU (IEC 62056-5-3, 9.5) with its ciphered twins: glo = under a global key,
 * ded = under the dedicated key of the association.
 */
export const APDU_TAGS = [
	{ tag: 0x01, name: 'initiate-request', glo: 0x21, ded: 0x41 },
	{ tag: 0x08, name: 'initiate-response', glo: 0x28, ded: 0x48 },
	{ tag: 0x0e, name: 'confirmed-service-error', glo: 0x2e, ded: 0x4e },
	{ tag: 0x0f, name: 'data-notification', glo: undefined, ded: undefined },
	{ tag: 0x10, name: 'data-notification-confirm', glo: undefined, ded: undefined },
	{ tag: 0xc0, name: 'get-request', glo: 0xc8, ded: 0xd0 },
	{ tag: 0xc1, name: 'set-request', glo: 0xc9, ded: 0xd1 },
	{ tag: 0xc2, name: 'event-notification', glo: 0xca, ded: 0xd2 },
	{ tag: 0xc3, name: 'action-request', glo: 0xcb, ded: 0xd3 },
	{ tag: 0xc4, name: 'get-response', glo: 0xcc, ded: 0xd4 },
	{ tag: 0xc5, name: 'set-response', glo: 0xcd, ded: 0xd5 },
	{ tag: 0xc7, name: 'action-response', glo: 0xcf, ded: 0xd7 },
	{ tag: 0xd8, name: 'exception-response', glo: undefined, ded: undefined },
	{ tag: 0xd9, name: 'access-request', glo: undefined, ded: undefined },
	{ tag: 0xda, name: 'access-response', glo: undefined, ded: undefined },
	{ tag: 0xdb, name: 'general-glo-ciphering', glo: undefined, ded: undefined },
	{ tag: 0xdc, name: 'general-ded-ciphering', glo: undefined, ded: undefined },
	{ tag: 0xdd, name: 'general-ciphering', glo: undefined, ded: undefined },
	{ tag: 0xdf, name: 'general-signing', glo: undefined, ded: undefined },
	{ tag: 0xe0, name: 'general-block-transfer', glo: undefined, ded: undefined },
] as const;

export type ApduName = (typeof APDU_TAGS)[number]['name'];
/** The key a ciphered APDU is under. */
export type KeyScope = 'glo' | 'ded';

/** Where breaches of this layer point. */
export const APDU_CLAUSE = 'IEC 62056-5-3, 9.5';

/** The tag of an APDU by name. */
export function tagOf(name: ApduName): number {
	return (APDU_TAGS.find((row) => row.name === name) as (typeof APDU_TAGS)[number]).tag;
}

/** The name of an APDU by tag; undefined for an unassigned or ciphered one. */
export function nameOfTag(tag: number): ApduName | undefined {
	return APDU_TAGS.find((row) => row.tag === tag)?.name;
}

/** The ciphered tag of a plain one; undefined where the service has none of its own. */
export function cipheredTag(plain: number, scope: KeyScope): number | undefined {
	return APDU_TAGS.find((row) => row.tag === plain)?.[scope];
}

const SCOPES: readonly ({ scope: KeyScope; plain: number } | undefined)[] = Array.from(
	{ length: 256 },
	(_, tag) => {
		for (const row of APDU_TAGS) {
			if (row.glo === tag) return { scope: 'glo', plain: row.tag };
			if (row.ded === tag) return { scope: 'ded', plain: row.tag };
		}
		return undefined;
	},
);

/** Which key a service-specific ciphered tag is under, and the plain tag it stands for. */
export function cipheredScope(
	tag: number,
): { readonly scope: KeyScope; readonly plain: number } | undefined {
	return SCOPES[tag];
}
