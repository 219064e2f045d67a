import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Breach } from '#lib/core/bytes/breach.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { decodeApduLeniently, encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { ClientAssociation } from '#lib/core/dlms/association/client.ts';
import { MeterAssociation } from '#lib/core/dlms/association/meter.ts';
import { decodeData } from '#lib/core/dlms/axdr/decode.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { decodeFrame, encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import { WrapperSplitter } from '#lib/core/dlms/wrapper/splitter.ts';
import { APDU_EXAMPLES } from './apdu/examples.ts';
import { seeded } from './line.ts';
import { clientSettings, meterSettings, PLAIN, type Way } from './test-meter.ts';

/** How many mutations; fewer while looking for one. */
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 1_000_000);

interface Vector {
	layer: string;
	expected?: string;
	steps?: { bytes: string }[];
}
const { vectors } = JSON.parse(
	readFileSync(new URL('../../vectors/dlms-vectors.json', import.meta.url), 'utf8'),
) as { vectors: Vector[] };
const hexOf = (...layers: string[]) =>
	vectors.flatMap(({ layer, expected }) =>
		expected && layers.includes(layer) ? [parseHex(expected)] : [],
	);

/** Flips, cuts, repeats, overwrites with the numbers that hurt. */
function mutate(octets: Uint8Array, random: () => number): Uint8Array {
	const below = (limit: number) => Math.floor(random() * limit);
	const hurting = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff];
	let mutated = octets.slice();
	for (let count = 1 + below(4); count > 0 && mutated.length > 0; count -= 1) {
		const at = below(mutated.length);
		switch (below(5)) {
			case 0:
				mutated[at] = (mutated[at] as number) ^ (1 << below(8));
				break;
			case 1:
				mutated[at] = hurting[below(hurting.length)] as number;
				break;
			case 2:
				mutated = mutated.slice(0, at);
				break;
			case 3:
				mutated = Uint8Array.of(...mutated.subarray(0, at), ...mutated.subarray(at >> 1));
				break;
			default:
				mutated = Uint8Array.of(...mutated.subarray(0, at), below(256), ...mutated.subarray(at));
		}
	}
	return mutated;
}

/** Runs `take` over mutations of `seeds`; how many were taken without a breach. */
function fuzz(
	seeds: readonly Uint8Array[],
	rounds: number,
	take: (octets: Uint8Array) => void,
): number {
	const random = seeded(20_26);
	let taken = 0;
	for (let round = 0; round < rounds; round += 1) {
		const seed = seeds[Math.floor(random() * seeds.length)] as Uint8Array;
		const octets = mutate(seed, random);
		try {
			take(octets);
			taken += 1;
		} catch (error) {
			if (!(error instanceof Breach)) throw error;
		}
	}
	return taken;
}

describe('mutated octets', () => {
	it('end in an APDU or a breach, and an APDU is written to the end', () => {
		const seeds = [...APDU_EXAMPLES.map(encodeApdu), ...hexOf('apdu', 'acse', 'apdu-glo')].filter(
			({ length }) => length < 400,
		);
		const taken = fuzz(seeds, ROUNDS * 0.5, (octets) => {
			const { apdu } = decodeApduLeniently(octets);
			encodeApdu(apdu);
		});
		expect(taken).toBeGreaterThan(ROUNDS / 100);
	}, 300_000);

	it('end in Data or a breach', () => {
		const taken = fuzz(
			hexOf('axdr'),
			ROUNDS * 0.2,
			(octets) => void encodeData(decodeData(octets)),
		);
		expect(taken).toBeGreaterThan(ROUNDS / 100);
	}, 300_000);

	it('end in a frame or a breach, and are never kept beyond one frame', () => {
		const seeds = hexOf('hdlc');
		fuzz(seeds, ROUNDS * 0.1, (octets) => void encodeFrame(decodeFrame(octets)));
		const splitter = new FrameSplitter();
		const wrapper = new WrapperSplitter();
		fuzz(seeds, ROUNDS * 0.05, (octets) => {
			for (const frame of splitter.push(octets)) encodeFrame(frame);
			wrapper.push(octets);
		});
		expect(splitter.spoiled).toBeGreaterThan(ROUNDS / 100);
	}, 300_000);

	it('never bring down a client, a meter or a link', () => {
		const SECURE: Way = { mechanism: 'high-gmac', protection: 'authenticated-encrypted' };
		const seeds = APDU_EXAMPLES.map(encodeApdu).filter(({ length }) => length < 400);
		for (const way of [PLAIN, SECURE]) {
			const client = new ClientAssociation(clientSettings(way));
			const meter = new MeterAssociation(meterSettings(way), { client: 16, device: 1 });
			const connect = () => {
				let waiting = client.associate();
				while (waiting.length > 0)
					waiting = waiting.flatMap((event) =>
						event.kind === 'send'
							? meter.receive(event.octets).flatMap((answer) => client.receive(answer))
							: [],
					);
			};
			const rounds = way === PLAIN ? ROUNDS * 0.1 : ROUNDS * 0.01;
			fuzz(seeds, rounds, (octets) => {
				if (client.state !== 'associated' || meter.state !== 'associated') connect();
				client.request({
					kind: 'get',
					target: { classId: 3, logicalName: '1.0.1.8.0.255' as never, attribute: 2 },
				});
				client.receive(octets);
				meter.receive(octets);
			});
		}
		const frames = vectors
			.flatMap(({ steps }) => steps?.map(({ bytes }) => parseHex(bytes)) ?? [])
			.filter((octets) => octets[0] === 0x7e && octets.length < 300);
		const client = new HdlcLink({ role: 'client', own: clientAddress(16), peer: meterAddress(1) });
		const meter = new HdlcLink({ role: 'meter', own: meterAddress(1) });
		let nowMs = 0;
		fuzz(frames, ROUNDS * 0.05, (octets) => {
			nowMs += 10;
			if (client.state === 'disconnected') client.connect(nowMs);
			for (const link of [client, meter]) {
				// A spoiled frame with a right check is rare: sealing it again reaches deeper.
				for (const event of link.receive(octets, nowMs))
					if (event.kind === 'message' && link === meter) meter.send(event.octets, nowMs);
				link.wake(nowMs);
				link.takeOutput();
			}
		});
		expect(client.counters.ignored + meter.counters.ignored).toBeGreaterThan(0);
	}, 300_000);
});
