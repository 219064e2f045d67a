import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import {
	ClientOpening,
	type ClientOpeningSettings,
} from '#lib/core/dlms/opening/client-opening.ts';
import {
	addParity,
	optionSelect,
	parseIdentification,
	requestMessage,
} from '#lib/core/dlms/opening/identification.ts';
import { MeterOpening } from '#lib/core/dlms/opening/meter-opening.ts';

const octetsOf = (output: readonly { kind: string; octets?: Uint8Array }[]) =>
	output.flatMap((entry) => (entry.octets ? [formatHex(entry.octets)] : []));

describe('mode E messages', () => {
	it('are as the standard and the field have them', () => {
		expect(formatHex(requestMessage())).toBe('2f3f210d0a');
		expect(formatHex(addParity(requestMessage()))).toBe('af3f218d0a');
		expect(formatHex(addParity(optionSelect(9600)))).toBe('06b235b28d0a');
		expect(parseIdentification('/NIK5\\2 NIK 2104ARPx\r\n')).toEqual({
			maker: 'NIK',
			quick: false,
			baud: 9600,
			offersHdlc: true,
			text: ' NIK 2104ARPx',
		});
		expect(parseIdentification('/APA5\\2NORAX30\r\n')).toMatchObject({
			maker: 'APA',
			offersHdlc: true,
			text: 'NORAX30',
		});
		expect(parseIdentification('/abcA\\@x\r\n')).toMatchObject({
			quick: true,
			baud: undefined,
			offersHdlc: false,
		});
		for (const line of ['', '/NI5\r\n', '/NIK5\\2x', `/NIK5${'x'.repeat(80)}\r\n`])
			expect(() => parseIdentification(line)).toThrow(
				expect.objectContaining({ code: 'bad-identification' }),
			);
		expect(() => requestMessage('a/b')).toThrow(RangeError);
		expect(() => optionSelect(115_200)).toThrow(RangeError);
	});
});

describe('opening', () => {
	function open(settings: ClientOpeningSettings, answer: (request: Uint8Array) => Uint8Array) {
		const client = new ClientOpening(settings);
		client.start(0);
		const first = client.takeOutput();
		const request = first.find((entry) => entry.kind === 'octets')?.octets as Uint8Array;
		const events = [...answer(request)].flatMap((octet, index) =>
			client.receive(Uint8Array.of(octet), 200 + index),
		);
		return { client, events, first };
	}

	it.each([true, false])('goes from 300 baud to HDLC, software parity %s', (softwareParity) => {
		const meter = new MeterOpening({ identification: 'TKL5\\2TOKENLINE', softwareParity });
		const { client, events } = open({ softwareParity }, (request) => {
			expect(meter.receive(request, 1)).toEqual([]);
			return meter
				.takeOutput()
				.flatMap((entry) => (entry.kind === 'octets' ? [entry.octets] : []))[0] as Uint8Array;
		});
		expect(events).toMatchObject([
			{ kind: 'identified', identification: { maker: 'TKL', baud: 9600 } },
		]);
		const [option] = octetsOf(client.takeOutput());
		const ready = meter.receive(parseHex(option as string), 400);
		expect(ready).toMatchObject([{ kind: 'ready', baud: 9600 }]);
		expect(client.wake(client.wakeAtMs as number)).toEqual([]);
		expect(client.takeOutput()).toEqual([
			{ kind: 'port', baud: 9600, dataBits: softwareParity ? 8 : 7 },
		]);
		const confirmation = meter
			.takeOutput()
			.flatMap((entry) => (entry.kind === 'octets' ? [entry.octets] : []))[0] as Uint8Array;
		expect(client.receive(confirmation, 1000)).toEqual([{ kind: 'ready', baud: 9600 }]);
		expect(client.takeOutput()).toEqual([{ kind: 'port', baud: 9600, dataBits: 8 }]);
	});

	it('passes over echo and wake-up noise, and does without a confirmation', () => {
		const { client, events } = open({ maxBaud: 4800 }, (request) =>
			Uint8Array.of(0, 0, 0xff, ...request, ...asciiOctets('/NIK5\\2x\r\n')),
		);
		expect(events).toHaveLength(1);
		client.wake(client.wakeAtMs as number);
		expect(client.wake(client.wakeAtMs as number)).toEqual([{ kind: 'ready', baud: 4800 }]);
	});

	it('names why it did not open', () => {
		const silent = new ClientOpening({ attempts: 2 });
		silent.start(0);
		const events = [];
		while (silent.wakeAtMs !== undefined) events.push(...silent.wake(silent.wakeAtMs));
		expect(events).toEqual([{ kind: 'failed', why: 'no-answer' }]);
		expect(octetsOf(silent.takeOutput())).toHaveLength(2);
		const plain = open({}, () => asciiOctets('/XYZ5plain\r\n'));
		expect(plain.events.at(-1)).toEqual({ kind: 'failed', why: 'hdlc-not-offered' });
		expect(open({ force: true }, () => asciiOctets('/XYZ5plain\r\n')).events).toHaveLength(1);
		const garbled = open({ attempts: 1 }, () => asciiOctets('/!\r\n'));
		expect(garbled.client.wake(garbled.client.wakeAtMs as number)).toEqual([
			{ kind: 'failed', why: 'garbled' },
		]);
	});

	it('counts silence from when its own answer has left', () => {
		const meter = new MeterOpening({ identification: 'TKL5\\2TOKENLINE' });
		const option = parseHex('063235320d0a');
		meter.receive(requestMessage(), 0);
		meter.answered(1400);
		// Eighteen octets at 300 baud take 600 ms.
		expect(meter.receive(option, 3400)).toMatchObject([{ kind: 'ready', baud: 9600 }]);
		meter.receive(requestMessage(), 10_000);
		meter.answered(11_400);
		expect(meter.receive(option, 13_600)).toEqual([]);
	});

	it('lets a client through that speaks HDLC at once, and answers its own address only', () => {
		const meter = new MeterOpening({ identification: 'TKL5\\2X', address: '12345678' });
		expect(meter.receive(parseHex('7ea0'), 1)).toMatchObject([{ kind: 'ready', baud: 300 }]);
		const other = new MeterOpening({ identification: 'TKL5\\2X', address: '12345678' });
		other.receive(requestMessage('99'), 1);
		expect(other.takeOutput()).toEqual([]);
		other.receive(requestMessage('12345678'), 2000);
		expect(octetsOf(other.takeOutput())).toHaveLength(1);
		expect(other.receive(Uint8Array.of(6, 0x30, 0x35, 0x30, 0x0d, 0x0a), 2100)).toEqual([]);
	});
});
