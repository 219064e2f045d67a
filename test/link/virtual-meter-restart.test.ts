/** A virtual meter that starts anew with another firmware, and hands on it, while clients are connected. */
import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { makeImage } from '#lib/core/meter/cosem/image-file.ts';
import {
	IMAGE_BLOCK_OCTETS,
	RESTART_MS,
	VERIFICATION_MS,
} from '#lib/core/meter/cosem/image-transfer.ts';
import { enterOnKeypad } from '#lib/core/meter/cosem/token-entry.ts';
import { advance } from '#lib/core/meter/virtual-meter.ts';
import { creditToken, MADE_TID } from '../core/meter/bench-meter.ts';
import { Bench } from './meter-on-stream.ts';
import type { TestClient } from './test-client.ts';

const IMAGE = obis('0.0.44.0.0');
const FILE = makeImage('Two', new Uint8Array(700).fill(3));

async function step(client: TestClient, method: number, parameter: Data): Promise<number> {
	const target = { classId: 18, logicalName: IMAGE, method };
	const answer = await client.ask({ kind: 'action', target, parameter });
	if (answer.kind !== 'action') throw new Error(answer.kind);
	return answer.outcome.result;
}

describe.each(['wrapper', 'hdlc'] as const)('a meter on %s', (framing) => {
	it('with a new firmware has forgotten every association', async () => {
		const bench = new Bench();
		const client = bench.client(1, framing);
		await client.associate();
		const target = { classId: 18, logicalName: IMAGE, attribute: 5 };
		await client.ask({ kind: 'set', target, data: build.boolean(true) });
		const id = build.octetString(build.asciiOctets('two'));
		await step(client, 1, build.structure(id, build.doubleLongUnsigned(FILE.length)));
		for (let at = 0; at * IMAGE_BLOCK_OCTETS < FILE.length; at += 1) {
			const block = FILE.subarray(at * IMAGE_BLOCK_OCTETS, (at + 1) * IMAGE_BLOCK_OCTETS);
			const parameter = build.structure(build.doubleLongUnsigned(at), build.octetString(block));
			expect(await step(client, 2, parameter)).toBe(0);
		}
		const before = bench.device.changes;
		expect(await step(client, 3, build.integer(0))).toBe(2);
		expect(bench.device.changes).toBeGreaterThan(before);
		bench.nowMs += VERIFICATION_MS;
		expect(await step(client, 4, build.integer(0))).toBe(0);
		expect(await client.get(1, '1.0.0.2.0', 2)).toBe(2);
		bench.nowMs += RESTART_MS;
		await expect(client.get(1, '1.0.0.2.0', 2)).rejects.toThrow();
		const again = bench.client(16, framing);
		await again.associate();
		expect(await again.get(1, '1.0.0.2.0', 2)).toEqual(build.octetString(build.asciiOctets('Two')));
	});
});

describe('hands on the meter', () => {
	it('change what the next answer says, and are kept', async () => {
		const bench = new Bench();
		const client = bench.client(1);
		await client.associate();
		const before = bench.device.changes;
		bench.device.changeMeter((meter, instantMs) => advance(meter, { loadW: 500, instantMs }));
		bench.device.change((meter, instantMs) => {
			return enterOnKeypad(meter, creditToken(10, MADE_TID + 60), instantMs).value;
		});
		expect(bench.device.changes).toBe(before + 2);
		expect(await client.get(3, '1.0.1.7.0', 2)).toMatchObject({ value: 500 });
		expect(await client.get(112, '0.0.19.10.0', 2)).toMatchObject({ value: 600 });
		expect(await client.get(115, '0.0.19.40.0', 5)).toMatchObject({ value: 2 });
	});
});
