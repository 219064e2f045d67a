import { afterEach, describe, expect, it } from 'vitest';
import { lockTogether, openTabChannel } from '#lib/browser/vault/lock-together.ts';
import { soon } from '../../harness/soon.ts';

const offs: (() => void)[] = [];
afterEach(() => {
	for (const off of offs.splice(0)) off();
});

function tabOf(owner: string, channel: string) {
	const tab = { owner, locks: 0, lock: () => (tab.locks += 1) };
	const together = lockTogether(tab, openTabChannel(channel));
	offs.push(together.stop);
	return { tab, together };
}

describe('locking in one tab', () => {
	it('locks the same person’s vault in the others, and nobody else’s', async () => {
		const [one, two] = [tabOf('thandi', 'together'), tabOf('thandi', 'together')];
		const other = tabOf('sipho', 'together');
		one.together.lock();
		expect(one.tab.locks).toBe(1);
		await soon(() => expect(two.tab.locks).toBe(1));
		expect(other.tab.locks).toBe(0);
		expect(one.tab.locks).toBe(1);
	});

	it('takes nothing for an order that is none', async () => {
		const one = tabOf('thandi', 'rubbish');
		const sender = new BroadcastChannel('rubbish');
		sender.postMessage({ lock: 'thandi' });
		sender.postMessage('thandi');
		await soon(() => expect(one.tab.locks).toBe(1));
		sender.close();
	});
});
