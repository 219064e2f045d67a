import { afterEach, describe, expect, it, vi } from 'vitest';
import { scryptSync } from 'node:crypto';
import { STRETCH_COST, stretchHere } from '#lib/browser/vault/stretch.ts';
import { stretchInWorker } from '#lib/browser/vault/stretch-in-worker.ts';
import { octets } from './bench.ts';

afterEach(() => vi.unstubAllGlobals());

describe('stretching', () => {
	it('is scrypt, as another library has it', () => {
		const cost = { N: 1024, r: 8, p: 2 };
		const key = stretchHere(octets('482917'), octets('sixteen octets!!'), cost);
		expect(Buffer.from(key)).toEqual(scryptSync('482917', 'sixteen octets!!', 32, cost));
	});

	it('overwrites the PIN', () => {
		const pin = octets('482917');
		stretchHere(pin, octets('salt'), { N: 2, r: 1, p: 1 });
		expect(pin).toEqual(new Uint8Array(6));
	});

	it('takes 64 MiB: what is guessed at by the thousand takes as many times that', () => {
		const { N, r } = STRETCH_COST;
		expect(128 * N * r).toBe(64 * 1024 * 1024);
	});
});

/** A worker that runs in this thread; what is transferred is gone here, as in a browser. */
class FakeWorker {
	static alive = 0;
	static answer: (data: unknown) => unknown = () => undefined;
	onmessage: ((event: { data: unknown }) => void) | null = null;
	onerror: ((cause: unknown) => void) | null = null;
	constructor() {
		FakeWorker.alive += 1;
	}
	postMessage(data: unknown, transfer: Transferable[]): void {
		const here = structuredClone(data, { transfer });
		queueMicrotask(() => {
			try {
				this.onmessage?.({ data: FakeWorker.answer(here) });
			} catch (cause) {
				this.onerror?.(cause);
			}
		});
	}
	terminate(): void {
		FakeWorker.alive -= 1;
	}
}

describe('stretching in a worker', () => {
	const cost = { N: 2, r: 1, p: 1 };

	it('gives the same key, takes the PIN from the page, and ends the worker', async () => {
		FakeWorker.answer = (data) => {
			const { pin, salt } = data as { pin: Uint8Array<ArrayBuffer>; salt: Uint8Array<ArrayBuffer> };
			return stretchHere(pin, salt, cost);
		};
		vi.stubGlobal('Worker', FakeWorker);
		const pin = octets('482917');
		const key = await stretchInWorker(pin, octets('salt'), cost);
		expect(key).toEqual(stretchHere(octets('482917'), octets('salt'), cost));
		expect(pin).toHaveLength(0);
		expect(FakeWorker.alive).toBe(0);
	});

	it('that breaks has a name, and is ended', async () => {
		FakeWorker.answer = () => {
			throw new RangeError('Array buffer allocation failed');
		};
		vi.stubGlobal('Worker', FakeWorker);
		const broken = stretchInWorker(octets('482917'), octets('salt'), cost);
		await expect(broken).rejects.toMatchObject({ name: 'VaultFault', kind: 'no-worker' });
		expect(FakeWorker.alive).toBe(0);
	});

	it('that the browser does not make has the same name', async () => {
		vi.stubGlobal('Worker', undefined);
		const none = stretchInWorker(octets('482917'), octets('salt'), cost);
		await expect(none).rejects.toMatchObject({ kind: 'no-worker' });
	});
});
