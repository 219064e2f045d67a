import { describe, expect, it } from 'vitest';
import { bundleOf, firstVisitGroups } from '../../src/cli/first-visit.ts';

const ROUTES = '/app/src/routes';
/** Who imports whom. */
const IMPORTERS: Readonly<Record<string, readonly string[]>> = {
	runtime: ['/app/node_modules/kit/runtime/client/entry.js', 'button'],
	button: ['field', 'list', 'receipt', `${ROUTES}/office/+page.svelte`],
	field: [`${ROUTES}/(consumer)/+page.svelte`, `${ROUTES}/(consumer)/claim/+page.svelte`],
	picture: [`${ROUTES}/(consumer)/+page.svelte`],
	header: [`${ROUTES}/+layout.svelte`],
	waterfall: [`${ROUTES}/(consumer)/meter/[drn]/+page.svelte`, 'receipt'],
	receipt: [`${ROUTES}/(consumer)/purchases/[id]/+page.svelte`],
	list: [`${ROUTES}/(consumer)/purchases/+page.svelte`, 'circle'],
	circle: ['list'],
	frames: [`${ROUTES}/technician/frames/+page.svelte`],
};
const bundle = (id: string) => bundleOf(id, (one) => IMPORTERS[one] ?? []);

describe('the files of a first visit', () => {
	it.each([
		['runtime', 'start'],
		['header', 'frame'],
		['button', 'frame'],
		['field', 'home+claim'],
		['picture', 'home'],
		['waterfall', 'meter+purchase'],
		['receipt', 'purchase'],
		['list', 'purchases'],
		['circle', 'purchases'],
		['frames', null],
	])('%s stands in %s', (id, expected) => {
		expect(bundle(id)).toBe(expected);
	});

	it('keep a page of a route in a file of its own, which is loaded by its name', () => {
		expect(bundle(`${ROUTES}/(consumer)/claim/+page.svelte`)).toBeNull();
		expect(bundle(`${ROUTES}/+layout.svelte`)).toBe('frame');
	});

	it('are taken by the first group that wants them, the one with what others import before these', () => {
		const graph = { getModuleInfo: (id: string) => ({ importers: IMPORTERS[id] ?? [] }) };
		for (const id of Object.keys(IMPORTERS)) {
			const names = firstVisitGroups.map(({ name }) => name(id, graph)).filter(Boolean);
			expect(names[0] ?? null).toBe(bundle(id));
		}
		const order = [...firstVisitGroups].sort((one, other) => other.priority - one.priority);
		expect(order).toEqual(firstVisitGroups);
		const groupOf = (id: string) =>
			firstVisitGroups.findIndex(({ name }) => name(id, graph) !== null);
		expect(['runtime', 'button', 'field', 'picture'].map(groupOf)).toEqual([0, 1, 2, 3]);
	});
});
