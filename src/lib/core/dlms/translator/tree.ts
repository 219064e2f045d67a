/** A readable tree of what was on a line: the shape every view shows (screen, terminal, log). */

/** One thing with its value in words, and what it is made of. */
export interface TreeNode {
	readonly name: string;
	/** Absent where the parts say it all. */
	readonly value?: string;
	readonly parts?: readonly TreeNode[];
}

/** What stands where a key, a password or a proof was. */
export const REDACTED = '(not shown)';

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

/** The tree as indented lines, two spaces a level. */
export function formatTree(tree: TreeNode, depth = 0): string {
	const line = `${'  '.repeat(depth)}${tree.name}${tree.value === undefined ? '' : `: ${tree.value}`}`;
	return [line, ...(tree.parts ?? []).map((part) => formatTree(part, depth + 1))].join('\n');
}
