import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const NO_ENUM = {
	selector: 'TSEnumDeclaration',
	message: 'Use a table and a derived union type.',
};

/**
 * A screen is drawn some time after what changed it, so that one look finds by luck what it should. That nothing
 * is there may be looked at once: it must not have been there a moment ago either.
 */
const NO_SINGLE_LOOK = {
	selector: [
		'CallExpression',
		"[callee.object.callee.name='expect']",
		"[callee.object.arguments.0.type='AwaitExpression']",
		'[callee.object.arguments.0.argument.callee.property.name=/^(count|inputValue|innerText|textContent|allInnerTexts|allTextContents|getAttribute|boundingBox|is(Visible|Hidden|Enabled|Disabled|Checked))$/]',
		':not([arguments.0.value=0])',
	].join(''),
	message: 'Look until it is so: await expect.poll(() => …).',
};

export default ts.config(
	{ ignores: ['node_modules/', '.svelte-kit/', 'build/', 'var/', 'coverage/'] },
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			// TypeScript itself reports undefined names, and knows more globals than a list does.
			'no-undef': 'off',
			'no-restricted-syntax': ['error', NO_ENUM],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			eqeqeq: 'error',
			'no-console': 'error',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig,
			},
		},
		// Links are plain paths on one origin without a base path; resolve() would add nothing but noise.
		rules: { 'svelte/no-navigation-without-resolve': 'off' },
	},
	{
		files: ['src/cli/**', 'test/**'],
		rules: { 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
	},
	{
		files: ['test/e2e/**'],
		rules: { 'no-restricted-syntax': ['error', NO_ENUM, NO_SINGLE_LOOK] },
	},
);
