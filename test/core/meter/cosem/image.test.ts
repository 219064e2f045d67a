import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiOctets, boolean, integer } from '#lib/core/dlms/axdr/build.ts';
import { doubleLongUnsigned, octetString, structure } from '#lib/core/dlms/axdr/build.ts';
import { parseCosemMeter, storedCosemMeter } from '#lib/core/meter/cosem/cosem-json.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { makeImage, readImage } from '#lib/core/meter/cosem/image-file.ts';
import {
	IMAGE_BLOCK_OCTETS,
	MAX_IMAGE_OCTETS,
	RESTART_MS,
	VERIFICATION_MS,
} from '#lib/core/meter/cosem/image-transfer.ts';
import { METER_SOFTWARE } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, meterOnBench } from '../bench-meter.ts';
import { Asker, READING } from './asking.ts';

const IMAGE = [18, '0.0.44.0.0'] as const;
const FILE = makeImage('Tokenline virtual meter 2', new Uint8Array(2000).fill(0x5a));
const ID = asciiOctets('image-2');
const GO = integer(0);

const asker = () => new Asker(createCosemMeter(meterOnBench(), MADE_MS), MADE_MS + 1000);

const initiate = (client: Asker, size = FILE.length, id = ID) =>
	client.call(...IMAGE, 1, structure(octetString(id), doubleLongUnsigned(size))).result;

const blockOf = (file: Uint8Array, number: number): Uint8Array =>
	file.subarray(number * IMAGE_BLOCK_OCTETS, (number + 1) * IMAGE_BLOCK_OCTETS);

const send = (client: Asker, number: number, octets = blockOf(FILE, number)) =>
	client.call(...IMAGE, 2, structure(doubleLongUnsigned(number), octetString(octets))).result;

const status = (client: Asker) => client.value(...IMAGE, 6);
const verify = (client: Asker) => client.call(...IMAGE, 3, GO).result;
const activate = (client: Asker) => client.call(...IMAGE, 4, GO).result;
const software = (client: Asker) => client.value(1, '1.0.0.2.0', 2);

const BLOCKS = Math.ceil(FILE.length / IMAGE_BLOCK_OCTETS);

function transferred(file = FILE): Asker {
	const client = asker();
	client.set(...IMAGE, 5, boolean(true));
	expect(initiate(client, file.length)).toBe('success');
	for (let number = 0; number < Math.ceil(file.length / IMAGE_BLOCK_OCTETS); number += 1)
		expect(send(client, number, blockOf(file, number))).toBe('success');
	return client;
}

describe('a firmware image', () => {
	it('is transferred, checked, and runs after a restart', () => {
		const client = transferred();
		expect(client.value(...IMAGE, 4)).toBe(BLOCKS);
		expect(verify(client)).toBe('temporary-failure');
		expect(status(client)).toBe(2);
		expect(verify(client)).toBe('temporary-failure');
		client.instantMs += VERIFICATION_MS - 1;
		expect(status(client)).toBe(2);
		client.instantMs += 1;
		expect(status(client)).toBe(3);
		expect(verify(client)).toBe('success');
		expect(client.get(...IMAGE, 7)).toMatchObject({
			value: [
				{
					value: [{ value: FILE.length }, { value: ID }, { value: readImage(FILE)?.digest }],
				},
			],
		});
		expect(activate(client)).toBe('success');
		expect(status(client)).toBe(5);
		expect(software(client)).toEqual(asciiOctets(METER_SOFTWARE));
		client.instantMs += RESTART_MS;
		expect(status(client)).toBe(6);
		expect(software(client)).toEqual(asciiOctets('Tokenline virtual meter 2'));
		expect(client.meter.restarts).toBe(1);
		expect(client.meter.meter.events.slice(-2)).toEqual([
			{ kind: 'firmware-ready', atMs: MADE_MS + 1000 + VERIFICATION_MS },
			{ kind: 'firmware-activated', atMs: MADE_MS + 1000 + VERIFICATION_MS + RESTART_MS },
		]);
		expect(client.meter.image.blocks).toEqual([]);
	});

	it('may come in any order, any number of times, and goes on after a pause', () => {
		const order = fc.shuffledSubarray([...Array(BLOCKS).keys()], { minLength: 0 });
		fc.assert(
			fc.property(order, order, (first, second) => {
				const client = asker();
				client.set(...IMAGE, 5, boolean(true));
				initiate(client);
				for (const number of [...first, ...second]) expect(send(client, number)).toBe('success');
				const came = new Set([...first, ...second]);
				const bits = client.get(...IMAGE, 3);
				if (typeof bits === 'string' || bits.type !== 'bit-string') throw new Error('no bits');
				expect(bits.bits).toBe(BLOCKS);
				for (let number = 0; number < BLOCKS; number += 1)
					expect(((bits.value[number >> 3] as number) >> (7 - (number & 7))) & 1).toBe(
						Number(came.has(number)),
					);
				const missing = [...Array(BLOCKS).keys()].find((number) => !came.has(number));
				expect(client.value(...IMAGE, 4)).toBe(missing ?? BLOCKS);
				const stored = parseCosemMeter(
					JSON.parse(JSON.stringify(storedCosemMeter({ meter: client.meter, counters: {} }))),
				);
				if ('refusal' in stored) throw new Error(stored.refusal);
				const later = new Asker(stored.meter, client.instantMs);
				for (let number = 0; number < BLOCKS; number += 1)
					if (!came.has(number)) send(later, number);
				verify(later);
				later.instantMs += VERIFICATION_MS;
				expect(status(later)).toBe(3);
			}),
			{ numRuns: 30 },
		);
	});

	it('that was hurt is refused, and can be mended block by block', () => {
		const hurt = FILE.slice();
		hurt[600] = (hurt[600] as number) ^ 1;
		const client = transferred(hurt);
		verify(client);
		client.instantMs += VERIFICATION_MS;
		expect(status(client)).toBe(4);
		expect(client.meter.meter.events.at(-1)?.kind).toBe('firmware-refused');
		expect(verify(client)).toBe('other-reason');
		expect(activate(client)).toBe('other-reason');
		expect(send(client, 2)).toBe('success');
		expect(verify(client)).toBe('temporary-failure');
		client.instantMs += VERIFICATION_MS;
		expect(status(client)).toBe(3);
	});

	it('goes step by step', () => {
		const client = asker();
		expect(initiate(client)).toBe('other-reason');
		client.set(...IMAGE, 5, boolean(true));
		expect(send(client, 0)).toBe('other-reason');
		expect(verify(client)).toBe('other-reason');
		expect(activate(client)).toBe('other-reason');
		initiate(client);
		send(client, 0);
		expect(verify(client)).toBe('other-reason');
		const whole = transferred();
		verify(whole);
		expect(initiate(whole)).toBe('temporary-failure');
		expect(send(whole, 0)).toBe('temporary-failure');
		expect(activate(whole)).toBe('temporary-failure');
	});

	it.each([
		['of nothing', 0, ID],
		['of too much', MAX_IMAGE_OCTETS + 1, ID],
		['with a name too long', 100, new Uint8Array(65)],
	])('%s is not begun', (_, size, id) => {
		const client = asker();
		client.set(...IMAGE, 5, boolean(true));
		expect(initiate(client, size, id)).toBe('other-reason');
		expect(status(client)).toBe(0);
	});

	it('takes blocks of the right size only', () => {
		const client = transferred();
		for (const [number, octets] of [
			[0, FILE.subarray(0, IMAGE_BLOCK_OCTETS - 1)],
			[0, FILE.subarray(0, IMAGE_BLOCK_OCTETS + 1)],
			[BLOCKS - 1, FILE.subarray(0, IMAGE_BLOCK_OCTETS)],
			[BLOCKS, new Uint8Array()],
			[0xffff_ffff, FILE.subarray(0, IMAGE_BLOCK_OCTETS)],
		] as const)
			expect(send(client, number, octets)).toBe('other-reason');
		expect(client.call(...IMAGE, 2, octetString(ID)).result).toBe('type-unmatched');
		expect(client.call(...IMAGE, 1, structure(octetString(ID))).result).toBe('type-unmatched');
	});

	it('is nothing for who may only read', () => {
		const client = new Asker(createCosemMeter(meterOnBench(), MADE_MS), MADE_MS, READING);
		expect(client.set(...IMAGE, 5, boolean(true))).toBe('read-write-denied');
		expect(initiate(client)).toBe('read-write-denied');
	});
});

describe('an image file', () => {
	it('says its version, and knows when it was hurt', () => {
		expect(readImage(FILE)?.version).toBe('Tokenline virtual meter 2');
		fc.assert(
			fc.property(fc.nat(FILE.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
				expect(readImage(FILE.with(at, (FILE[at] as number) ^ flip))).toBeUndefined();
			}),
		);
		fc.assert(
			fc.property(fc.nat(FILE.length - 1), (length) => {
				expect(readImage(FILE.subarray(0, length))).toBeUndefined();
			}),
		);
	});

	it.each(['', 'ü', 'x'.repeat(65)])('has no version %j', (version) => {
		expect(() => makeImage(version, new Uint8Array())).toThrow(RangeError);
	});
});
