import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeResume } from '#lib/browser/store/technician-deliveries.ts';
import { beginImage } from '#lib/core/field/engineering/image-run.ts';
import { firmwareTrouble } from '#lib/ui/technician/engineering/firmware-view.ts';
import { FIRMWARE, FirmwareDesk } from '#lib/ui/technician/state/firmware.svelte.ts';
import { words } from '#lib/ui/technician/words.ts';
import { closeTabs, NOW } from '../../../browser/vault/bench.ts';
import { IMAGE_OBJECT } from '../../../core/field/engineering/image-meter.ts';
import { DeliveryBench, DRN } from './delivery-bench.ts';

afterEach(closeTabs);

const IMAGE = Uint8Array.of(1, 2, 3);
const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex');

const SLIP = new TypeError('a slip');

function deskOf(bench = new DeliveryBench()) {
	const desk = new FirmwareDesk({
		...{ ports: () => bench.ports(), locks: bench.locks },
		tell: (error) => bench.told.push(error),
	});
	return { bench, desk };
}

describe('an image file', () => {
	it('that cannot be read is refused by name, and what was in hand before is not sent for it', async () => {
		const { bench, desk } = deskOf();
		await desk.choose('one.bin', async () => IMAGE);
		expect(desk.image).toEqual({ name: 'one.bin', octets: IMAGE, digest: sha256(IMAGE) });
		const gone = new DOMException('changed since', 'NotReadableError');
		await desk.choose('two.bin', () => Promise.reject(gone));
		expect(desk.image).toBeUndefined();
		expect(desk.digesting).toBe(false);
		expect(desk.refusal).toBe('unreadable-file');
		expect(firmwareTrouble(desk)).toBe(words.technicianEngineering.image.unreadableFile);
		expect(bench.told).toEqual([]);
		await desk.choose('two.bin', async () => IMAGE);
		expect(desk.refusal).toBeUndefined();
	});
});

describe('a transfer that is stored', () => {
	const store = async (bench: DeliveryBench) => {
		const { agreement } = bench.at().connected.conversation;
		const about = { size: IMAGE.length, digest: sha256(IMAGE), identifier: 'FW' };
		const begun = beginImage(agreement, IMAGE_OBJECT, about, { labFunction: true });
		if ('refusal' in begun) throw new Error(begun.refusal);
		const snapshot = JSON.stringify(begun.run);
		await writeResume(bench.store, { drn: DRN, subject: FIRMWARE, snapshot, updatedAtMs: NOW });
	};

	it('is shown until it is forgotten, and also where that cannot be done', async () => {
		const { bench, desk } = deskOf();
		await store(bench);
		await desk.look(DRN);
		const full = new DOMException('full', 'QuotaExceededError');
		const broken = vi.spyOn(bench.store.resumes, 'delete').mockRejectedValue(full);
		await desk.forget(DRN);
		expect(bench.told).toMatchObject([{ name: 'StoreFault', kind: 'no-space' }]);
		expect(desk.run).toBeDefined();
		broken.mockRestore();
		await desk.forget(DRN);
		expect(desk.run).toBeUndefined();
		await desk.look(DRN);
		expect(desk.run).toBeUndefined();
	});
});

describe('a slip of ours', () => {
	const deskThat = (bench: DeliveryBench, request: LockManager['request']) =>
		new FirmwareDesk({
			...{ ports: () => bench.ports(), locks: { request } },
			tell: (error) => {
				throw error;
			},
		});

	it('leaves no file in digestion for ever', async () => {
		const bench = new DeliveryBench();
		const desk = deskThat(bench, bench.locks.request);
		const noOctets = async () => undefined as unknown as Uint8Array;
		await expect(desk.choose('one.bin', noOctets)).rejects.toThrow(TypeError);
		expect(desk.digesting).toBe(false);
	});

	it('leaves no transfer on its way for ever', async () => {
		const bench = new DeliveryBench();
		const desk = deskThat(bench, () => Promise.reject(SLIP));
		await desk.choose('one.bin', async () => IMAGE);
		await expect(desk.send(bench.at(), 'FW', true, 'why')).rejects.toBe(SLIP);
		expect(desk.sending).toBe(false);
	});
});
