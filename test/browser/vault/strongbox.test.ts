import { beforeEach, describe, expect, it } from 'vitest';
import { RECALL_GRACE_MS, Strongbox } from '#lib/browser/vault/strongbox.ts';
import { FakeClocks, FakeTimer, HOUR, NOW } from './bench.ts';

interface Secret {
	readonly key: Uint8Array;
}
let timer: FakeTimer;
let box: Strongbox<Secret>;
beforeEach(() => {
	timer = new FakeTimer(new FakeClocks());
	box = new Strongbox(timer);
});

function keep(name: string, expiresAtMs: number | null = null): Uint8Array {
	const key = Uint8Array.of(1, 2, 3);
	box.keep(name, { key }, [key], expiresAtMs);
	return key;
}
const isZero = (octets: Uint8Array) => octets.every((octet) => octet === 0);

describe('the strongbox', () => {
	it('lends what is in it, and overwrites what nobody has on loan at once', () => {
		const key = keep('a');
		const loan = box.lend('a');
		expect(loan?.secrets.key).toBe(key);
		expect(box.lent()).toEqual(['a']);
		loan?.giveBack();
		expect(box.lent()).toEqual([]);
		expect(isZero(key)).toBe(false);
		box.empty();
		expect(isZero(key)).toBe(true);
		expect(box.lend('a')).toBeUndefined();
		expect(box.names()).toEqual([]);
	});

	it('calls back what is on loan, and overwrites it when the last one gives it back', () => {
		const key = keep('a');
		const [one, two] = [box.lend('a')!, box.lend('a')!];
		box.empty();
		expect(one.recalled.aborted).toBe(true);
		one.giveBack();
		one.giveBack();
		expect(isZero(key)).toBe(false);
		two.giveBack();
		expect(isZero(key)).toBe(true);
	});

	it('does not wait for ever for what is not given back', () => {
		const key = keep('a');
		box.lend('a');
		box.empty();
		timer.pass(RECALL_GRACE_MS - 1);
		expect(isZero(key)).toBe(false);
		timer.pass(1);
		expect(isZero(key)).toBe(true);
	});

	it('drops what has expired, and only that', () => {
		const [early, late, always] = [keep('a', NOW + HOUR), keep('b', NOW + 2 * HOUR), keep('c')];
		const loan = box.lend('a')!;
		loan.giveBack();
		box.dropExpired(NOW + HOUR - 1);
		expect(box.names()).toEqual(['a', 'b', 'c']);
		box.dropExpired(NOW + HOUR);
		expect(box.names()).toEqual(['b', 'c']);
		expect(loan.recalled.aborted).toBe(true);
		expect([early, late, always].map(isZero)).toEqual([true, false, false]);
	});

	it('overwrites what was there under a name before', () => {
		const [before, after] = [keep('a'), keep('a')];
		expect([before, after].map(isZero)).toEqual([true, false]);
		expect(box.lend('a')?.secrets.key).toBe(after);
	});
});
