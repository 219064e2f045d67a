/**
 * What a consumer reads comes from the catalogues: no component has a text, a label or a placeholder of its
 * own. Names of languages and units are no words of ours.
 */
import { globSync, readFileSync } from 'node:fs';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

const FILES = globSync([
	'src/lib/ui/components/**/*.svelte',
	'src/lib/ui/style/**/*.svelte',
	'src/lib/ui/virtual-meter/**/*.svelte',
	'src/routes/(consumer)/**/*.svelte',
	'src/routes/virtual-meter/**/*.svelte',
	'src/routes/+*.svelte',
]).sort();

/** Attributes that are read or heard. */
const SPOKEN = /^(aria-(label|description|roledescription|valuetext)|title|placeholder|alt|label)$/;
/** Units on a drawn display. */
const ALLOWED = new Set(['kWh', 's']);

interface Node {
	readonly type: string;
	readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const hasLetters = (text: unknown): text is string =>
	typeof text === 'string' && /\p{L}/u.test(text) && !ALLOWED.has(text.trim());

/** Literals that an expression may come out as; what it only compares with is nobody's reading. */
function outcomes(node: unknown): string[] {
	if (!isNode(node)) return [];
	switch (node.type) {
		case 'Literal':
			return hasLetters(node.value) ? [node.value] : [];
		case 'TemplateLiteral':
			return [
				...(node.quasis as { value: { cooked: string } }[])
					.map(({ value }) => value.cooked)
					.filter(hasLetters),
				...(node.expressions as unknown[]).flatMap(outcomes),
			];
		case 'ConditionalExpression':
			return [...outcomes(node.consequent), ...outcomes(node.alternate)];
		case 'LogicalExpression':
			return [...outcomes(node.left), ...outcomes(node.right)];
		case 'BinaryExpression':
			return node.operator === '+' ? [...outcomes(node.left), ...outcomes(node.right)] : [];
		default:
			return [];
	}
}

const written = (node: unknown): string[] =>
	isNode(node) && node.type === 'Text'
		? [node.data].filter(hasLetters)
		: isNode(node) && node.type === 'ExpressionTag'
			? outcomes(node.expression)
			: [];

/** Texts of a component's own, wherever they stand in its markup. */
function ownTexts(node: unknown): string[] {
	if (Array.isArray(node)) return node.flatMap(ownTexts);
	if (!isNode(node)) return [];
	if (node.type === 'Attribute') {
		if (!SPOKEN.test(String(node.name))) return [];
		return [node.value].flat().flatMap(written);
	}
	if (/^(Style|Class)Directive$/.test(node.type)) return [];
	if (node.type === 'Text' || node.type === 'ExpressionTag') return written(node);
	return Object.entries(node)
		.filter(([key]) => key !== 'metadata' && key !== 'parent')
		.flatMap(([, value]) => (Array.isArray(value) || isNode(value) ? ownTexts(value) : []));
}

const textsOf = (source: string): string[] =>
	ownTexts(parse(source, { modern: true }).fragment as unknown as Node);

describe('the search', () => {
	it.each([
		['<p>Pay now</p>', 'Pay now'],
		['{#if a}<b>Wait</b>{/if}', 'Wait'],
		['<button aria-label="Close"></button>', 'Close'],
		['<Sheet title="Language" />', 'Language'],
		["<p>{busy ? 'Wait' : words.pay}</p>", 'Wait'],
		['<p>{`Code ${code}`}</p>', 'Code '],
		['<input placeholder={"Amount " + unit} />', 'Amount '],
		['<svg><text>Credit</text></svg>', 'Credit'],
	])('finds what is written in %s', (source, text) => expect(textsOf(source)).toEqual([text]));

	it.each([
		'<p class="text-note" id="a">{words.pay}</p>',
		"<p>{state === 'issued' ? words.a : words.b} · 0</p>",
		'<!-- A comment --><p>—</p>',
		'<text>kWh</text>',
		"{#each list as each (each)}<a href='/x'>{each}</a>{/each}",
	])('leaves %s alone', (source) => expect(textsOf(source)).toEqual([]));
});

describe('a consumer’s component', () => {
	it('is found where they are', () => {
		expect(FILES.length).toBeGreaterThan(50);
	});
	it.each(FILES)('%s has no words of its own', (file) => {
		expect(textsOf(readFileSync(file, 'utf8'))).toEqual([]);
	});
});
