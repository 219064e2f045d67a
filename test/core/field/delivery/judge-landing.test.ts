import { describe, expect, it } from 'vitest';
import { formatHex } from '#lib/core/bytes/hex.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { encodeTokenParameter, TOKEN_ENCODINGS } from '#lib/core/dlms/profile/meter-profile.ts';
import {
	type GatewayReading,
	gatewayReadingOf,
	gatewayTargets,
	holdsToken,
	MAX_TOKEN_OCTETS,
} from '#lib/core/field/delivery/gateway-reading.ts';
import { judgeLanding, type Landing } from '#lib/core/field/delivery/judge-landing.ts';

const OURS = '12345678901234567890';
const ANOTHER = formatHex(build.asciiOctets('11112222333344445555'));
const THIRD = formatHex(build.asciiOctets('55554444333322221111'));
const hexOf = (digits: string): string => formatHex(build.asciiOctets(digits));

const reading = (changes: Partial<GatewayReading> = {}): GatewayReading => ({
	token: ANOTHER,
	time: '07e8010101170628ff000000',
	method: 0,
	status: { code: 3, bits: '01' },
	credit: 500,
	available: 500,
	...changes,
});
const LATER = '07e8010101170700ff000000';

describe('whether a token has landed', () => {
	const landed = { kind: 'landed' };
	const absent = { kind: 'not-landed' };
	const untold = { kind: 'unclear', why: 'token-not-told' };
	const since = { kind: 'unclear', why: 'another-token-since' };

	it.each<[string, Partial<GatewayReading>, Partial<GatewayReading>, unknown]>([
		['it is there and was not', {}, { token: hexOf(OURS), time: LATER }, landed],
		[
			'it is there, in a meter without a clock',
			{ time: null },
			{ token: hexOf(OURS), time: null },
			landed,
		],
		['it is the first one ever', { token: '', time: null }, { token: hexOf(OURS) }, landed],
		['nothing has changed', {}, {}, absent],
		['nothing has changed, and nothing was there', { token: '' }, { token: '' }, absent],
		['only the credit has changed', {}, { credit: 1 }, absent],
		['only the status has changed', {}, { status: { code: 8, bits: '' } }, absent],
		['the same one came again', {}, { time: LATER }, since],
		['a third one is there', {}, { token: THIRD, time: LATER }, since],
		['a third one is there, at the same time', {}, { token: THIRD }, since],
		[
			'it stood there before and came again',
			{ token: hexOf(OURS) },
			{ token: hexOf(OURS), time: LATER },
			landed,
		],
		[
			'it stood there before and nothing came',
			{ token: hexOf(OURS) },
			{ token: hexOf(OURS) },
			absent,
		],
		[
			'it stood there before, and there is no clock',
			{ token: hexOf(OURS), time: null },
			{ token: hexOf(OURS), time: null },
			untold,
		],
		[
			'nobody knows what stood there before',
			{ token: null },
			{ token: hexOf(OURS), time: LATER },
			landed,
		],
		[
			'nobody knows what stood there before, nor when',
			{ token: null, time: null },
			{ token: hexOf(OURS) },
			untold,
		],
		['nobody knew before, and another one is there', { token: null }, {}, untold],
		['the meter does not tell', {}, { token: null }, untold],
	])('%s', (_, before, now, expected) => {
		expect(judgeLanding(OURS, reading(before), reading(now))).toEqual(expected as Landing);
	});

	it('is seen in whichever form the meter keeps it', () => {
		for (const encoding of TOKEN_ENCODINGS) {
			const data = encodeTokenParameter(OURS, encoding);
			if (data.type !== 'octet-string') throw new Error(data.type);
			const now = reading({ token: formatHex(data.value), time: LATER });
			expect(holdsToken(now, OURS)).toBe(true);
			expect(judgeLanding(OURS, reading(), now)).toEqual({ kind: 'landed' });
		}
	});
});

describe('a reading of the gateway', () => {
	const place = {
		gateway: obis('0.0.19.40.0.255'),
		credit: obis('0.0.19.10.0.255'),
		account: obis('0.0.19.0.0.255'),
	};

	it('asks for six attributes, and takes each or none', () => {
		expect(gatewayTargets(place).map(({ classId, attribute }) => [classId, attribute])).toEqual([
			[115, 2],
			[115, 3],
			[115, 5],
			[115, 6],
			[112, 2],
			[111, 5],
		]);
		const none = {
			token: null,
			time: null,
			method: null,
			status: null,
			credit: null,
			available: null,
		};
		expect(gatewayReadingOf(Array.from({ length: 6 }, () => ({ error: 4 })))).toEqual(none);
		const rubbish = Array.from({ length: 6 }, () => ({ data: build.boolean(true) }));
		expect(gatewayReadingOf(rubbish)).toEqual(none);
		const [time] = [build.octetString(new Uint8Array(12).fill(7))];
		expect(
			gatewayReadingOf(
				[
					build.octetString(build.asciiOctets(OURS)),
					time as never,
					build.enumerated(2),
					build.structure(build.enumerated(3), build.bitString(Uint8Array.of(1))),
					build.doubleLong(-7),
					build.doubleLong(9),
				].map((data) => ({ data })),
			),
		).toEqual({
			token: hexOf(OURS),
			time: '07'.repeat(12),
			method: 2,
			status: { code: 3, bits: '01' },
			credit: -7,
			available: 9,
		});
	});

	it('takes no token that is none, and no time that tells nothing', () => {
		const [first, second] = [
			build.octetString(new Uint8Array(MAX_TOKEN_OCTETS + 1)),
			build.octetString(new Uint8Array(12).fill(0xff)),
		];
		expect(gatewayReadingOf([{ data: first }, { data: second }])).toMatchObject({
			token: null,
			time: null,
		});
	});
});
