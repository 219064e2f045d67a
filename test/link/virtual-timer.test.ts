import { describe, expect, it } from 'vitest';
import { VirtualTimer } from './virtual-timer.ts';

describe('the virtual clock', () => {
	it('jumps to what is due next, in order of time and of asking', async () => {
		const timer = new VirtualTimer(1000);
		const heard: string[] = [];
		timer.wakeAt(1500, () => heard.push(`a ${timer.nowMs()}`));
		timer.wakeAt(1200, () => heard.push(`b ${timer.nowMs()}`));
		timer.wakeAt(1500, () => heard.push(`c ${timer.nowMs()}`));
		timer.wakeAt(10, () => heard.push(`late ${timer.nowMs()}`));
		expect(heard).toEqual([]);
		await timer.pass(600);
		expect(heard).toEqual(['late 1000', 'b 1200', 'a 1500', 'c 1500']);
		expect(timer.nowMs()).toBe(1600);
	});

	it('stands while promises still have something to do', async () => {
		const timer = new VirtualTimer();
		const work = async (): Promise<number> => {
			for (let turn = 0; turn < 1000; turn += 1) await Promise.resolve();
			const before = timer.nowMs();
			await timer.sleep(250);
			return before;
		};
		expect(await timer.run(work())).toBe(0);
		expect(timer.nowMs()).toBe(250);
	});

	it('does not wake who called it off', async () => {
		const timer = new VirtualTimer();
		const heard: number[] = [];
		const callOff = timer.wakeAt(10, () => heard.push(10));
		timer.wakeAt(20, () => heard.push(20));
		callOff();
		callOff();
		await timer.pass(30);
		expect(heard).toEqual([20]);
	});

	it('says so where nothing can end the waiting, and where it takes too long', async () => {
		const timer = new VirtualTimer();
		await expect(timer.run(new Promise(() => undefined))).rejects.toThrow(/nobody is to be woken/);
		await expect(timer.run(timer.sleep(500), 499)).rejects.toThrow(/within 499 ms/);
		const again = (): void => void timer.wakeAt(timer.nowMs(), again);
		again();
		await expect(timer.run(timer.sleep(500))).rejects.toThrow(/again and again/);
		await expect(timer.run(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
	});
});
