/** A readable tree of what was on a line: the shape every view shows (screen, terminal, log). */
import type { Hidden } from './hidden-values.ts';

/** One thing with its value in words, and what it is made of. */
export interface TreeNode {
	readonly name: string;
	/** Absent where the parts say it all. */
	readonly value?: string;
	readonly parts?: readonly TreeNode[];
	/** Something stood here that is not shown. */
	readonly hidden?: Hidden;
	/** What is below was enciphered on the line. */
	readonly enciphered?: true;
}

/** What stands where a key, a password or a proof was. */
export const REDACTED = '(not shown)';
/** What stands where the digits of a token were. */
export const TOKEN_REDACTED = '(token, not shown)';

/** A leaf, or a branch with its parts; parts that are absent are left out. */
export function node(
	name: string,
	value?: string | number | boolean,
	parts: readonly (TreeNode | undefined)[] = [],
): TreeNode {
	const there = parts.filter((part) => part !== undefined);
	return {
		name,
		...(value !== undefined && { value: String(value) }),
		...(there.length > 0 && { parts: there }),
	};
}

/** A leaf in whose place something stood that is not shown. */
export function hiddenNode(name: string, hidden: Hidden): TreeNode {
	return { ...node(name, hidden === 'token' ? TOKEN_REDACTED : REDACTED), hidden };
}

/**
 * What of the octets behind a tree must not be shown, because it stood on the line in the open: the
 * graver of what is hidden and was not enciphered.
 */
export function exposedBy(tree: TreeNode): Hidden | undefined {
	if (tree.enciphered) return undefined;
	let exposed = tree.hidden;
	for (const part of tree.parts ?? []) {
		if (exposed === 'secret') break;
		exposed = exposedBy(part) ?? exposed;
	}
	return exposed;
}

/** The tree as indented lines, two spaces a level. */
export function formatTree(tree: TreeNode, depth = 0): string {
	const line = `${'  '.repeat(depth)}${tree.name}${tree.value === undefined ? '' : `: ${tree.value}`}`;
	return [line, ...(tree.parts ?? []).map((part) => formatTree(part, depth + 1))].join('\n');
}
