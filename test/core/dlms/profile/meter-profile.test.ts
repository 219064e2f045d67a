import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { MAX_EVENT_CODES } from '#lib/core/dlms/profile/event-names.ts';
import {
	decodeTokenParameter,
	encodeTokenParameter,
	parseMeterProfile,
	TOKEN_ENCODINGS,
} from '#lib/core/dlms/profile/meter-profile.ts';

const folder = new URL('../../../../src/lib/core/dlms/profile/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

describe('meter profiles', () => {
	it.each(files)('%s can be read', (name) => {
		expect(parseMeterProfile(read(name))).not.toHaveProperty('faults');
	});

	it('name every fault by its field', () => {
		const good = read('generic.json') as Record<string, unknown>;
		const wrong = {
			...good,
			suite: 3,
			quirks: ['sings'],
			tokenGateway: 'here',
			device: -1,
			name: '',
		};
		const parsed = parseMeterProfile(wrong);
		expect('faults' in parsed && parsed.faults.map(({ field }) => field)).toEqual([
			'name',
			'device',
			'suite',
			'tokenGateway',
			'quirks',
		]);
		expect(parseMeterProfile(null)).toHaveProperty('faults');
	});

	it('may say what the codes of event logs mean', () => {
		const good = read('generic.json') as Record<string, unknown>;
		expect(parseMeterProfile(good)).not.toHaveProperty('eventCodes');
		const eventCodes = { '11': 'relay-opened', '65535': 'power-up' };
		expect(parseMeterProfile({ ...good, eventCodes })).toHaveProperty('eventCodes', eventCodes);
		for (const wrong of [
			{ '11': 'sings' },
			{ '65536': 'power-up' },
			{ '011': 'power-up' },
			{ x: 'power-up' },
			['power-up'],
			'power-up',
			null,
			Object.fromEntries(
				Array.from({ length: MAX_EVENT_CODES + 1 }, (_, code) => [code, 'power-up']),
			),
		]) {
			const parsed = parseMeterProfile({ ...good, eventCodes: wrong });
			expect('faults' in parsed && parsed.faults.map(({ field }) => field)).toEqual(['eventCodes']);
		}
	});

	it('name fields that contradict one another', () => {
		const good = read('generic.json') as Record<string, unknown>;
		const fieldsOf = (changes: Record<string, unknown>) => {
			const parsed = parseMeterProfile({ ...good, ...changes });
			return 'faults' in parsed ? parsed.faults.map(({ field }) => field) : [];
		};
		expect(fieldsOf({ device: 163, physical: undefined })).toEqual(['physical']);
		expect(fieldsOf({ device: 163, physical: undefined, openings: ['wrapper'] })).toEqual([]);
		for (const [device, physical, addressLength] of [
			[1, undefined, 2],
			[1, 17, 1],
			[163, 17, 2],
			[1, 9903, 2],
		])
			expect(fieldsOf({ device, physical, addressLength })).toEqual(['addressLength']);
		for (const [device, physical, addressLength] of [
			[1, undefined, 1],
			[1, 17, 2],
			[1, 17, 4],
			[163, 9903, 4],
		])
			expect(fieldsOf({ device, physical, addressLength })).toEqual([]);
		expect(fieldsOf({ addressLength: 3 })).toContain('addressLength');
		expect(fieldsOf({ mechanism: 'high-ecdsa' })).toEqual(['suite']);
		expect(fieldsOf({ mechanism: 'high-ecdsa', suite: 2 })).toEqual([]);
		expect(fieldsOf({ baud: 0 })).toEqual(['baud']);
		expect(fieldsOf({ tokenStatusBits: 'moods' })).toEqual(['tokenStatusBits']);
		expect(fieldsOf({ tokenStatusBits: 'result-register' })).toEqual([]);
	});
});

describe('tokens on the way into a meter', () => {
	const token = '00112233445566778899';

	it('take exactly the form the profile says', () => {
		const octets = TOKEN_ENCODINGS.map((encoding) => {
			const data = encodeTokenParameter(token, encoding);
			return data.type === 'octet-string' ? formatHex(data.value) : '';
		});
		expect(octets).toEqual([
			'3030313132323333343435353636373738383939',
			'00112233445566778899',
			'00018ebbb95eed0e13',
		]);
	});

	it('come out of each form as the same digits', () => {
		for (const encoding of TOKEN_ENCODINGS)
			for (const digits of [token, '00000000000000000000', '73786976294838206463']) {
				const data = encodeTokenParameter(digits, encoding);
				expect(data.type === 'octet-string' && decodeTokenParameter(data.value)).toBe(digits);
			}
	});

	it('are nothing else', () => {
		for (const octets of [
			new Uint8Array(8),
			new Uint8Array(20),
			new Uint8Array(10).fill(0xaa),
			new Uint8Array(9).fill(0xff),
		])
			expect(decodeTokenParameter(octets)).toBeUndefined();
		expect(() => encodeTokenParameter('123', 'ascii-20')).toThrow(TypeError);
		expect(() => encodeTokenParameter('99999999999999999999', 'binary-9')).toThrow(TypeError);
	});
});
