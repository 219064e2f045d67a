import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { classRow } from '#lib/core/dlms/cosem/classes.ts';
import { isOfType } from '#lib/core/dlms/cosem/class-row.ts';
import { objectListOf } from '#lib/core/dlms/cosem/object-list.ts';
import { volatileCounters } from '#lib/core/dlms/security/counter.ts';
import { encodeWrapper } from '#lib/core/dlms/wrapper/header.ts';
import { CLIENT_SETUPS, TEST_KEY_SETS } from '#lib/core/meter/cosem/client-setups.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { creditToken, MADE_TID } from '../core/meter/bench-meter.ts';
import { Bench } from './meter-on-stream.ts';
import { associationOf, linkOfClient, setupOf, TestClient } from './test-client.ts';

const ENTER = { classId: 115, logicalName: obis('0.0.19.40.0'), method: 1 };

/** Enters octets; the status code that came back, or the action result where it was refused. */
async function enter(client: TestClient, octets: Uint8Array): Promise<number> {
	const answer = await client.ask({
		kind: 'action',
		target: ENTER,
		parameter: octetString(octets),
	});
	if (answer.kind !== 'action') throw new Error(answer.kind);
	const { result, returned } = answer.outcome;
	if (result !== 0 || !returned || !('data' in returned)) return -result;
	return statusOf(returned.data);
}

function statusOf(data: Data | number): number {
	if (typeof data === 'number' || data.type !== 'structure') throw new Error('no status');
	const [code] = data.value;
	return code?.type === 'enum' ? code.value : NaN;
}

const FRAMINGS = ['wrapper', 'hdlc'] as const;
const ALL = CLIENT_SETUPS.flatMap(({ client }) =>
	FRAMINGS.map((framing) => [client, framing] as const),
);

describe('any client that the meter knows', () => {
	it.each(ALL)('%i reads every attribute it is shown over %s', async (sap, framing) => {
		const client = new Bench().client(sap, framing);
		expect(await client.associate()).toMatchObject({ kind: 'associated' });
		const list = await client.get(15, '0.0.40.0.0', 2);
		const entries = typeof list === 'number' ? [] : objectListOf(list);
		expect(entries.length).toBe(sap === 16 ? 7 : entries.length);
		expect(entries.length).toBeGreaterThan(6);
		let values = 0;
		for (const { classId, version, logicalName, attributes } of entries) {
			const row = classRow(classId);
			expect(row, `class ${classId}`).toBeDefined();
			expect(version).toBeLessThanOrEqual(row?.version ?? 0);
			for (const { attribute, mayRead } of attributes) {
				const place = `${logicalName}/${attribute}`;
				expect(mayRead, place).toBe(true);
				const data = await client.get(classId, logicalName, attribute);
				if (typeof data === 'number') throw new Error(`${place} is refused with ${data}`);
				const type = row?.attributes.find(({ index }) => index === attribute)?.type;
				expect(isOfType(type ?? 'octet-string', data), `${place}: ${data.type}`).toBe(true);
				values += 1;
			}
		}
		expect(values).toBeGreaterThan(20);
		expect(await client.release()).toMatchObject({ kind: 'released' });
	});
});

describe('a token through the gateway', () => {
	const first = creditToken(500, MADE_TID + 60);
	const foreign = creditToken(500, MADE_TID + 61, prepareCipher(7, parseHex('0011223344556677')));

	it.each(FRAMINGS)('is judged by the decoder over %s', async (framing) => {
		const bench = new Bench();
		const client = bench.client(1, framing);
		await client.associate();
		const before = await client.get(112, '0.0.19.10.0', 2);
		expect(before).toEqual({ type: 'double-long', value: 500 });
		expect(await enter(client, asciiOctets(first))).toBe(3);
		expect(await client.get(112, '0.0.19.10.0', 2)).toEqual({ type: 'double-long', value: 5500 });
		expect(await client.get(115, '0.0.19.40.0', 2)).toEqual(octetString(asciiOctets(first)));
		expect(await enter(client, asciiOctets(first))).toBe(6);
		expect(await enter(client, asciiOctets(foreign))).toBe(5);
		expect(statusOf(await client.get(115, '0.0.19.40.0', 6))).toBe(5);
		expect(bench.device.state.meter.meter.supply.creditWh).toBe(55_000);
		const history = await client.get(7, '0.0.99.15.0', 7);
		expect(history).toMatchObject({ value: 1 });
		expect(await client.get(7, '0.0.99.17.0', 7)).toMatchObject({ value: 3 });
	});

	it('comes in three forms, and in no other', async () => {
		const client = new Bench().client(1);
		await client.associate();
		const [bcd, binary] = [creditToken(10, MADE_TID + 70), creditToken(10, MADE_TID + 71)];
		expect(await enter(client, parseHex(bcd))).toBe(3);
		const hex = BigInt(binary).toString(16).padStart(18, '0');
		expect(await enter(client, parseHex(hex))).toBe(3);
		for (const octets of [
			new Uint8Array(),
			asciiOctets(first.slice(1)),
			asciiOctets(`${first}0`),
			asciiOctets('9'.repeat(20)),
			asciiOctets('1234 5678 9012 3456 '),
			new Uint8Array(10).fill(0xaa),
			new Uint8Array(9).fill(0xff),
			new Uint8Array(3000),
		])
			expect(await enter(client, octets)).toBe(4);
		expect(await client.get(115, '0.0.19.40.0', 2)).toEqual(octetString(new Uint8Array(32)));
	});

	it('is not taken from the public client', async () => {
		const client = new Bench().client(16);
		await client.associate();
		expect(await enter(client, asciiOctets(first))).toBe(-3);
	});

	it('is taken from a consumer, who has no secret and sees what it did', async () => {
		const client = new Bench().client(48);
		await client.associate();
		const before = await client.get(112, '0.0.19.10.0', 2);
		expect(await enter(client, asciiOctets(first))).toBe(3);
		expect(await client.get(112, '0.0.19.10.0', 2)).not.toEqual(before);
		expect(await client.get(115, '0.0.19.40.0', 2)).toEqual(octetString(asciiOctets(first)));
	});
});

describe('what is wrong is refused with its diagnostic', () => {
	it('a wrong password', async () => {
		const client = new Bench().client(17, 'wrapper', { secret: asciiOctets('87654321') });
		expect(await client.associate()).toMatchObject({
			kind: 'refused',
			diagnostic: 'authentication-failure',
		});
	});

	it('a wrong shared secret', async () => {
		const client = new Bench().client(19, 'wrapper', { secret: asciiOctets('another') });
		expect(await client.associate()).toMatchObject({ kind: 'refused' });
	});

	it('a wrong key', async () => {
		const [keys] = TEST_KEY_SETS;
		if (!keys) throw new Error('no keys');
		const wrong = { ...keys, unicastHex: 'ff'.repeat(16) };
		const client = new Bench().client(1, 'wrapper', { keys: wrong });
		expect(await client.associate()).toMatchObject({
			kind: 'failed',
			failure: { why: 'exception', service: 'deciphering-error' },
		});
	});

	it('a counter that has been used, and says which one it wants', async () => {
		const bench = new Bench();
		const counters = volatileCounters({ send: 100 });
		await bench.client(1, 'wrapper', { counters }).associate();
		const used = counters.read('send') - 1;
		const stale = associationOf(setupOf(1), { counters: volatileCounters({ send: used }) });
		const [asked] = stale.associate();
		if (asked?.kind !== 'send') throw new Error('no request');
		const stream = bench.stream('wrapper');
		await stream.send(encodeWrapper({ source: 1, destination: 1, apdu: asked.octets }));
		const answer = await stream.receive();
		const wanted = (used + 1).toString(16).padStart(8, '0');
		expect(formatHex(answer?.subarray(8) ?? new Uint8Array())).toBe(`d80106${wanted}`);
		const open = bench.client(16);
		await open.associate();
		expect(await open.get(1, '0.0.43.1.0', 2)).toMatchObject({ value: used });
	});

	it('a SAP that nobody set up', async () => {
		const bench = new Bench();
		const client = new TestClient(
			bench.stream('wrapper'),
			linkOfClient('wrapper', 99),
			associationOf(setupOf(16)),
		);
		expect(await client.associate()).toMatchObject({ kind: 'refused' });
	});
});
