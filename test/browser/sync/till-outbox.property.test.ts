import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { drainTill } from '#lib/browser/sync/till-drain.ts';
import { checkOwnTillJournal } from '#lib/browser/sync/till-journal.ts';
import {
	closeTillTabs,
	sell,
	tillBench,
	tillTab,
	type TillBench,
	type Weather,
} from './till-bench.ts';

afterEach(closeTillTabs);

/** What may happen to a till, in any order. */
type Step =
	| { readonly do: 'sell'; readonly tab: number }
	/** Both tabs at the same moment. */
	| { readonly do: 'sell-twice' }
	| { readonly do: 'drain'; readonly tab: number; readonly weather: Weather; readonly ask: boolean }
	| { readonly do: 'sell-while-draining'; readonly weather: Weather }
	/** The page is killed while an answer is on its way. */
	| { readonly do: 'crash'; readonly tab: number }
	| { readonly do: 'pass'; readonly ms: number }
	| { readonly do: 'clock-back' }
	/** The backend is put back to what it had some entries ago. */
	| { readonly do: 'restore'; readonly less: number }
	/** Some of a request is not reached in time. */
	| { readonly do: 'slow'; readonly rows: number };

const tab = fc.nat({ max: 1 });
const weather = fc.constantFrom<Weather>('fine', 'request-lost', 'answer-lost');
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constant('sell' as const), tab }),
	fc.record({ do: fc.constant('sell-twice' as const) }),
	fc.record({ do: fc.constant('drain' as const), tab, weather, ask: fc.boolean() }),
	fc.record({ do: fc.constant('sell-while-draining' as const), weather }),
	fc.record({ do: fc.constant('crash' as const), tab }),
	fc.record({ do: fc.constant('pass' as const), ms: fc.nat({ max: 400_000 }) }),
	fc.record({ do: fc.constant('clock-back' as const) }),
	fc.record({ do: fc.constant('restore' as const), less: fc.integer({ min: 1, max: 4 }) }),
	fc.record({ do: fc.constant('slow' as const), rows: fc.nat({ max: 3 }) }),
);

class Killed extends Error {}

async function take(tabs: TillBench[], step: Step): Promise<void> {
	const one = tabs[0]!;
	const { backend, clocks } = one;
	backend.weather = () => 'fine';
	switch (step.do) {
		case 'sell':
			return void (await sell(tabs[step.tab]!));
		case 'sell-twice':
			return void (await Promise.all(tabs.map((each) => sell(each))));
		case 'drain':
			backend.weather = () => step.weather;
			return void (await drainTill(tabs[step.tab]!, { ask: step.ask }));
		case 'sell-while-draining':
			backend.weather = () => step.weather;
			return void (await Promise.all([drainTill(tabs[0]!), sell(tabs[1]!), drainTill(tabs[1]!)]));
		case 'crash': {
			const dying = tabs[step.tab]!;
			const postJournal: TillBench['api']['postJournal'] = async (request) => {
				await backend.take(request);
				throw new Killed();
			};
			const dead = drainTill({ ...dying, api: { ...dying.api, postJournal } });
			await dead.catch((cause: unknown) => expect(cause).toBeInstanceOf(Killed));
			dying.store.close();
			tabs[step.tab] = { ...dying, store: tillTab(dying.store.name) };
			return;
		}
		case 'pass':
			return clocks.pass(step.ms);
		case 'clock-back':
			clocks.wallMs -= 86_400_000;
			return;
		case 'restore':
			return backend.restore(Math.max(0, backend.kept.length - step.less));
		case 'slow': {
			backend.bend = (answer) => ({
				...answer,
				rows: answer.rows.map((row, at) => (at < step.rows ? row : { ...row, sequence: -1 })),
			});
			await drainTill(one);
			backend.bend = (answer) => answer;
		}
	}
}

describe('whatever happens to a till', () => {
	it('every entry is taken once and in order, and every sale ends', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
				const first = await tillBench();
				const tabs = [first, { ...first, store: tillTab(first.store.name) }];
				for (const each of steps) await take(tabs, each);
				const { backend, clocks } = first;
				backend.weather = () => 'fine';
				const [last] = tabs;
				let drained = await drainTill(last!, { ask: true });
				for (let each = 0; drained.pending > 0 && each < 20; each += 1) {
					clocks.pass(400_000);
					drained = await drainTill(last!, { ask: true });
				}
				expect(drained).toEqual({ dueMs: null, stop: null, pending: 0 });
				const { store, keys } = last!;
				const written = (await store.entries.toArray()).map(({ entry }) => entry);
				expect(backend.kept.map(({ entry }) => entry)).toEqual(written);
				expect(written.map(({ sequence }) => sequence)).toEqual(written.map((_, at) => at + 1));
				expect(await checkOwnTillJournal(store, keys)).toEqual(backend.head);
				for (const { state } of await store.progress.toArray()) expect(state).toBe('done');
				for (const { state } of await store.sales.toArray()) expect(state).toBe('issued');
				await closeTillTabs();
			}),
			{ numRuns: 150 },
		);
	});
});
