import { expect, it } from 'vitest';
import { OctetWindow } from '#lib/link/octet-window.ts';

it('lets so much go and no more, until some of it is taken', async () => {
	const window = new OctetWindow(10);
	await window.room(10);
	window.sent(10);
	let gone = false;
	const waiting = window.room(4).then(() => {
		gone = true;
	});
	expect(window.taken(3)).toBe(true);
	await Promise.resolve();
	await Promise.resolve();
	expect(gone).toBe(false);
	expect(window.taken(1)).toBe(true);
	await waiting;
	expect(window.under).toBe(6);
	expect(window.taken(7)).toBe(false);
});

it('tells when nothing is on its way', async () => {
	const window = new OctetWindow(10);
	await window.empty();
	window.sent(2);
	const empty = window.empty();
	window.taken(1);
	window.taken(1);
	await empty;
});

it('keeps nobody waiting once it has ended', async () => {
	const window = new OctetWindow(10);
	window.sent(10);
	const waiting = Promise.all([window.room(10), window.empty()]);
	window.end();
	await waiting;
});
