import { expect, it } from 'vitest';
import { claimPort, isClaimed } from '#lib/browser/serial/port-claim.ts';

const { locks } = navigator;

it('is one at a time, port by port', async () => {
	const first = await claimPort(locks, 'a', false);
	await expect(claimPort(locks, 'a', false)).rejects.toMatchObject({ kind: 'port-busy' });
	expect(await isClaimed(locks, 'a')).toBe(true);
	expect(await isClaimed(locks, 'b')).toBe(false);
	const other = await claimPort(locks, 'b', false);
	await first.release();
	await other.release();
	await (await claimPort(locks, 'a', false)).release();
});

it('waits until the other has really closed', async () => {
	const first = await claimPort(locks, 'c', false);
	let taken = false;
	const second = claimPort(locks, 'c', true).then((claim) => {
		taken = true;
		return claim;
	});
	await first.taken;
	expect(taken).toBe(false);
	await first.release();
	const claim = await second;
	await claim.release();
	await (await claimPort(locks, 'c', false)).release();
});

it('is busy where the other does not let go, and leaves no claim behind', async () => {
	const frozen = await claimPort(locks, 'd', false);
	await expect(claimPort(locks, 'd', true, 20)).rejects.toMatchObject({ kind: 'port-busy' });
	await frozen.taken;
	await frozen.release();
	await (await claimPort(locks, 'd', false)).release();
});

it('goes to the last of several that take it over', async () => {
	const first = await claimPort(locks, 'e', false);
	const second = claimPort(locks, 'e', true);
	const third = claimPort(locks, 'e', true);
	await first.taken;
	await first.release();
	const robbed = await second;
	await robbed.taken;
	await robbed.release();
	await (await third).release();
});
