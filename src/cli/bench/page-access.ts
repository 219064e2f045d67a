/**
 * What counts for accessibility: the rules of axe that Lighthouse takes, each with its weight there (critical 10,
 * serious 7, moderate 3, minor 1). What axe finds beyond them is the business of the end-to-end tests.
 */
import { weigh } from './page-scores.ts';

const RULES: Readonly<Record<string, readonly string[]>> = {
	10: [
		...['aria-allowed-attr', 'aria-hidden-body', 'aria-required-attr', 'aria-required-children'],
		...['aria-required-parent', 'aria-valid-attr', 'aria-valid-attr-value', 'button-name'],
		...['duplicate-id-aria', 'image-alt', 'input-button-name', 'input-image-alt'],
		...['meta-refresh', 'meta-viewport', 'video-caption'],
	],
	7: [
		...['accesskeys', 'aria-command-name', 'aria-conditional-attr', 'aria-dialog-name'],
		...['aria-hidden-focus', 'aria-input-field-name', 'aria-meter-name', 'aria-progressbar-name'],
		...['aria-prohibited-attr', 'aria-roles', 'aria-text', 'aria-toggle-field-name'],
		...['aria-tooltip-name', 'aria-treeitem-name', 'bypass', 'color-contrast', 'definition-list'],
		...['dlitem', 'document-title', 'frame-title', 'html-has-lang', 'html-lang-valid', 'label'],
		...['link-in-text-block', 'link-name', 'list', 'listitem', 'object-alt', 'select-name'],
		...['tabindex', 'target-size', 'td-headers-attr', 'th-has-data-cells', 'valid-lang'],
	],
	3: ['form-field-multiple-labels', 'heading-order', 'html-xml-lang-mismatch', 'skip-link'],
	1: ['aria-allowed-role', 'aria-deprecated-role', 'image-redundant-alt', 'table-duplicate-name'],
};

const WEIGHTS: ReadonlyMap<string, number> = new Map(
	Object.entries(RULES).flatMap(([weight, rules]) =>
		rules.map((rule): [string, number] => [rule, Number(weight)]),
	),
);

/** Those that axe is to try. */
export const ACCESS_RULES: readonly string[] = [...WEIGHTS.keys()];

/** Rules by what came of them; a rule that had nothing to look at is in neither. */
export interface AxeVerdict {
	readonly passed: readonly string[];
	/** Each with the first place where it failed. */
	readonly failed: readonly { readonly rule: string; readonly where: string }[];
}

/** From 0 to 100. */
export function accessScore({ passed, failed }: AxeVerdict): number {
	const lost = new Set(failed.map(({ rule }) => rule));
	const won = passed.filter((rule) => !lost.has(rule));
	const parts = (rules: Iterable<string>, score: number) =>
		[...rules].map((rule) => ({ weight: WEIGHTS.get(rule) ?? 0, score }));
	return weigh([...parts(lost, 0), ...parts(won, 1)]);
}
