import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { makeOperatorKeys, OperatorKeys } from '#lib/browser/vault/operator-keys.ts';
import { sealTo } from '#lib/server/till/sale-key.ts';
import { bench, closeTabs, octets, openBench, PIN, reload, text } from './bench.ts';

afterEach(closeTabs);

async function made() {
	const device = await openBench();
	const inbox = await makeOperatorKeys(device.vault);
	if (!inbox) throw new TypeError('locked');
	return { device, vault: device.vault, inbox, keys: new OperatorKeys(device.vault) };
}

describe('an operator’s keys', () => {
	it('seal and open at one place only, and never twice alike', async () => {
		const { keys } = await made();
		const sealed = (await keys.seal('sale/1', { drn: '37204100004' }))!;
		expect(text(sealed.octets)).not.toContain('37204100004');
		expect(await keys.open('sale/1', sealed)).toEqual({ drn: '37204100004' });
		expect(await keys.open('sale/2', sealed)).toBeUndefined();
		expect(await keys.open('sale/1', { ...sealed, version: 2 })).toBeUndefined();
		expect((await keys.seal('sale/1', { drn: '37204100004' }))!.iv).not.toEqual(sealed.iv);
		sealed.octets[0]! ^= 1;
		expect(await keys.open('sale/1', sealed)).toBeUndefined();
	});

	it('tell a meter by a tag that says nothing of it, the same after a reload', async () => {
		const { device, keys } = await made();
		const tag = await keys.tag('37204100004');
		expect(tag).toMatch(/^[\w-]{43}$/);
		expect(await keys.tag('37204100012')).not.toBe(tag);
		const again = await reload(device);
		await again.vault.unlock(PIN);
		expect(await new OperatorKeys(again.vault).tag('37204100004')).toBe(tag);
		// Another operator's tag of it is another.
		const other = await made();
		expect(await other.keys.tag('37204100004')).not.toBe(tag);
	});

	it('open what the backend sealed to the inbox, and nothing else', async () => {
		const { keys, inbox } = await made();
		const other = await made();
		expect(await keys.openAnswer(await sealTo(inbox, 'a token'))).toBe('a token');
		expect(await keys.openAnswer(await sealTo(other.inbox, 'a token'))).toBeUndefined();
		expect(await keys.openAnswer('rubbish')).toBeUndefined();
	});

	it('are gone with the lock, and back with the PIN', async () => {
		const { keys, vault } = await made();
		const sealed = (await keys.seal('sale/1', 1))!;
		vault.lock();
		expect(await keys.refusal()).toBe('locked');
		expect(await keys.seal('sale/1', 1)).toBeUndefined();
		expect(await keys.open('sale/1', sealed)).toBeUndefined();
		expect(await keys.tag('37204100004')).toBeUndefined();
		expect(await keys.openAnswer('rubbish')).toBeUndefined();
		await vault.unlock(PIN);
		expect(await keys.refusal()).toBeUndefined();
		expect(await keys.open('sale/1', sealed)).toBe(1);
	});

	it('are not there before they are made, nor when their record is of another making', async () => {
		const { vault } = await openBench();
		const keys = new OperatorKeys(vault);
		expect(await keys.refusal()).toBe('absent');
		await vault.seal('till-keys', 1, octets('{"inbox":1}'), null);
		expect(await keys.refusal()).toBe('damaged');
		await vault.seal('till-keys', 2, octets('{}'), null);
		expect(await keys.refusal()).toBe('newer-version');
	});

	it('are not made in a locked vault', async () => {
		const { vault } = await bench();
		expect(await makeOperatorKeys(vault)).toBeUndefined();
	});
});
