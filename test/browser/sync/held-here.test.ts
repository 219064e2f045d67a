import { describe, expect, it } from 'vitest';
import { holdTask, readHeld, watchHeld, type Held } from '#lib/browser/sync/held-here.ts';
import { holdMeter } from '#lib/browser/sync/meter-hold.ts';
import { soon } from '../../harness/soon.ts';

const { locks } = navigator;
const NOTHING: Held = { meters: 0, tasks: 0 };

describe('what the tabs of a device hold on to', () => {
	it('is a meter that is worked on, and nothing of any other lock', async () => {
		const held = [{ name: 'tokenline-meter-37204100004' }, { name: 'tokenline-outbox' }, {}];
		const query = async () => ({ held, pending: [] });
		expect(await readHeld({ query })).toEqual({ meters: 1, tasks: 0 });
		expect(await readHeld({ query: async () => ({}) })).toEqual(NOTHING);
	});

	it('is a task from the moment it begins to the moment it ends, beside others', async () => {
		const one = holdTask(locks);
		expect(await readHeld(locks)).toEqual({ meters: 0, tasks: 1 });
		const other = holdTask(locks);
		expect(await readHeld(locks)).toEqual({ meters: 0, tasks: 2 });
		one();
		await soon(async () => expect((await readHeld(locks)).tasks).toBe(1));
		other();
		await soon(async () => expect(await readHeld(locks)).toEqual(NOTHING));
	});

	it('is a task that ended before it had its lock no longer than that', async () => {
		holdTask(locks)();
		await soon(async () => expect(await readHeld(locks)).toEqual(NOTHING));
	});

	it('counts a task that waits for its lock', async () => {
		const pending = [{ name: 'tokenline-task', mode: 'shared' }] as const;
		expect(await readHeld({ query: async () => ({ held: [], pending: [...pending] }) })).toEqual({
			meters: 0,
			tasks: 1,
		});
	});
});

describe('a watch of it', () => {
	it('tells what is held at first, and whenever that changes', async () => {
		const told: Held[] = [];
		const stop = watchHeld(locks, (held) => told.push(held));
		await soon(() => expect(told.at(-1)).toEqual(NOTHING));
		const end = holdTask(locks);
		await soon(() => expect(told.at(-1)).toEqual({ meters: 0, tasks: 1 }));
		const letGo = await holdMeter(locks, '37204100004');
		await soon(() => expect(told.at(-1)).toEqual({ meters: 1, tasks: 1 }));
		end();
		await soon(() => expect(told.at(-1)).toEqual({ meters: 1, tasks: 0 }));
		letGo?.();
		await soon(() => expect(told.at(-1)).toEqual(NOTHING));
		stop();
		const times = told.length;
		const late = holdTask(locks);
		await soon(async () => expect((await readHeld(locks)).tasks).toBe(1));
		late();
		await soon(async () => expect(await readHeld(locks)).toEqual(NOTHING));
		expect(told).toHaveLength(times);
	});

	it('never tells what is older than what it has told', async () => {
		const answers: ((snapshot: LockManagerSnapshot) => void)[] = [];
		const query = () =>
			new Promise<LockManagerSnapshot>((resolve) => {
				answers.push(resolve);
			});
		const told: Held[] = [];
		const stop = watchHeld({ query }, (held) => told.push(held));
		const end = holdTask(locks);
		await soon(() => expect(answers.length).toBeGreaterThan(1));
		answers.at(-1)?.({ held: [{ name: 'tokenline-task' }] });
		answers[0]?.({ held: [] });
		await soon(() => expect(told).toEqual([{ meters: 0, tasks: 1 }]));
		stop();
		end();
	});
});
