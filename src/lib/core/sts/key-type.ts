/**
 * Key types and the changes between them that a meter may make (IEC 62055-41 6.5.3, sts.md §10.2 and
 * §12.10). Sources disagree on the table, so the default is the narrow one they all agree on, and an
 * operator may widen it: it is an argument of every decision.
 */

/** The four types of decoder key by their code. */
export const KEY_TYPES = {
	0: { name: 'DITK', meaning: 'initialisation: the maker’s own, before delivery' },
	1: { name: 'DDTK', meaning: 'default: one per supply group, takes no credit' },
	2: { name: 'DUTK', meaning: 'unique: one per meter' },
	3: { name: 'DCTK', meaning: 'common: one for many meters, on magnetic cards only' },
} as const;

/** KeyType code. */
export type KeyType = keyof typeof KEY_TYPES;

/** From each key type, the types that a key change may lead to. */
export type KeyTypeChanges = Readonly<Record<KeyType, readonly KeyType[]>>;

/** The changes all sources agree on: never back to the maker's key, never to or from a common key. */
export const PERMITTED_KEY_TYPE_CHANGES: KeyTypeChanges = {
	0: [1, 2],
	1: [1, 2],
	2: [1, 2],
	3: [],
};

/** Whether a number is the code of a key type. */
export function isKeyType(code: number): code is KeyType {
	return Number.isInteger(code) && code >= 0 && code <= 3;
}

/** Whether a key change may lead from one type to another. */
export function isKeyTypeChangePermitted(
	from: KeyType,
	to: KeyType,
	changes: KeyTypeChanges = PERMITTED_KEY_TYPE_CHANGES,
): boolean {
	return changes[from].includes(to);
}

/** Why a token may not be issued under a key of some type, in order of precedence. */
export type KeyTypeRefusal = 'no-credit-under-default-key' | 'common-key-needs-card';

const MAGNETIC_CARD = '01';

/**
 * Whether a token of a class may be issued under a key type for a token carrier (sts.md §14.3): a default
 * key takes no credit, a common key serves magnetic cards only.
 * @param tct token carrier type, 2 digits
 */
export function judgeKeyTypeForIssue(
	kt: KeyType,
	classNumber: number,
	tct: string,
): KeyTypeRefusal | undefined {
	if (kt === 1 && classNumber === 0) return 'no-credit-under-default-key';
	return kt === 3 && tct !== MAGNETIC_CARD ? 'common-key-needs-card' : undefined;
}
