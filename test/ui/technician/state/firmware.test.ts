import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { firmwareTrouble } from '#lib/ui/technician/engineering/firmware-view.ts';
import { FirmwareDesk } from '#lib/ui/technician/state/firmware.svelte.ts';
import { words } from '#lib/ui/technician/words.ts';
import { closeTabs } from '../../../browser/vault/bench.ts';
import { DeliveryBench } from './delivery-bench.ts';

afterEach(closeTabs);

const IMAGE = Uint8Array.of(1, 2, 3);
const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex');

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
