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
