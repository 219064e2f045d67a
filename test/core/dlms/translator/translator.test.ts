import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { cipherApdu } from '#lib/core/dlms/security/apdu-cipher.ts';
import { Translator, type TranslatorView } from '#lib/core/dlms/translator/translator.ts';
import { exposedBy, formatTree, type TreeNode } from '#lib/core/dlms/translator/tree.ts';
import { APDU_EXAMPLES } from '../apdu/examples.ts';
import { seeded } from '../line.ts';
import { type Session, SESSIONS } from '../sessions.ts';

const named = (id: string) => SESSIONS.find((session) => session.id === id) as Session;

function translate(session: Session, keys = session.keys, view: TranslatorView = {}): string {
	const translator = new Translator(
		session.transport,
		keys && { keys: { unicast: parseHex(keys.EK), authentication: parseHex(keys.AK) } },
		view,
	);
	return session.steps
		.flatMap(({ bytes }) => translator.translateHex(bytes).map((tree) => formatTree(tree)))
		.join('\n');
}

describe('the translator', () => {
	it('reads frame, APDU, object and value', () => {
		const text = translate(named('live-hdlc-none'));
		expect(text).toContain('HDLC SNRM: 16 → 1 P/F');
		expect(text).toContain('parameters: 128/128, window 1/1');
		expect(text).toContain('attribute: Register 1.0.1.8.0.255 value');
		expect(text).toContain('value: 1234567');
		expect(text).toContain('result: object-undefined');
		expect(text).toContain('2026-11-21 00:12:07');
		expect(text).toContain('lengths are wrong');
	});

	it('opens what the keys open, by the titles the recording tells', () => {
		const session = named('live-wrapper-general-glo');
		const text = translate(session, session.keys, { tokens: true });
		expect(text).toContain('deciphered: sender 434c490000000001, counter 1003');
		expect(text).toContain('method: Token gateway 0.0.19.40.0.255 enter');
		expect(text).toContain('11112222333344445557');
		expect(text).toContain('conformance:');
	});

	it('says that it stays closed without keys or with wrong ones', () => {
		const session = named('live-wrapper-general-glo');
		const locked = { ...session, keys: undefined } as unknown as Session;
		expect(translate(locked)).not.toContain('deciphered');
		const wrong = { ...(session.keys as NonNullable<Session['keys']>), EK: '00'.repeat(16) };
		expect(translate(session, wrong)).toContain('stays closed: wrong-tag');
	});

	it('joins the blocks of each direction, acknowledgements between them, and opens what they hold', () => {
		const text = translate(named('live-hdlc-gbt-win3'));
		expect(text).toContain('joined: ');
		expect(text.slice(text.indexOf('joined: '))).toMatch(/get-response[^]*array of/);
	});

	it('joins no block twice and none after a gap', () => {
		const apdu = encodeApdu({
			apdu: 'get-response',
			kind: 'normal',
			invoke: 0xc1,
			result: { data: build.octetString(build.asciiOctets('twelve or so')) },
		});
		const block = (number: number, from: number, to: number, last = false) =>
			encodeApdu({
				apdu: 'general-block-transfer',
				last,
				streaming: !last,
				window: 1,
				block: number,
				acknowledged: 0,
				raw: apdu.subarray(from, to),
			});
		const acknowledgement = block(1, 0, 0, true);
		const first = block(1, 0, 6);
		const second = block(2, 6, 11);
		const third = block(3, 11, apdu.length, true);
		const read = (...octets: Uint8Array[]) => {
			const translator = new Translator('apdu');
			return octets.flatMap((each) =>
				translator.translate(each).map((tree) => formatTree(tree).includes('"twelve or so"')),
			);
		};
		expect(read(first, second, third)).toEqual([false, false, true]);
		expect(read(first, acknowledgement, second, second, third)[4]).toBe(true);
		expect(read(first, third, second, third)).toEqual([false, false, false, true]);
		expect(read(second, third)).toEqual([false, false]);
		expect(read(first, second, first, second, third)[4]).toBe(true);
		// Who acknowledged before may count on from there.
		expect(read(acknowledgement, block(2, 0, 6), block(3, 6, apdu.length, true))[2]).toBe(true);
	});

	it('opens general-ciphering by the sender and the key it names', () => {
		const keys = {
			unicast: parseHex('000102030405060708090a0b0c0d0e0f'),
			authentication: parseHex('d0d1d2d3d4d5d6d7d8d9dadbdcdddedf'),
		};
		const get = parseHex('c001c100080000010000ff0200');
		const ciphered = cipherApdu(get, {
			keys,
			scope: 'glo',
			form: 'identified',
			control: 0x30,
			counter: 7,
			systemTitle: parseHex('4d4d4d0000bc614e'),
			transactionId: Uint8Array.of(1, 2),
		});
		const read = (given: typeof keys | undefined) =>
			new Translator('apdu', given && { keys: given })
				.translate(ciphered)
				.map((tree) => formatTree(tree))
				.join();
		expect(read(keys)).toContain('deciphered: sender 4d4d4d0000bc614e, counter 7');
		expect(read(keys)).toContain('Clock 0.0.1.0.0.255 time');
		expect(read({ ...keys, unicast: keys.authentication })).toContain('stays closed: wrong-tag');
		expect(read(undefined)).not.toContain('Clock');
	});

	it('goes only so deep into APDUs inside one another', () => {
		let octets = parseHex('c001c100080000010000ff0200');
		for (let depth = 0; depth < 4000; depth += 1)
			octets = encodeApdu({
				apdu: 'general-block-transfer',
				last: true,
				streaming: false,
				window: 1,
				block: 1,
				acknowledged: 0,
				raw: octets,
			}) as typeof octets;
		const [tree] = new Translator('apdu').translate(octets);
		expect(formatTree(tree as NonNullable<typeof tree>)).toContain('too many inside one another');
	});

	it('shows no password, proof or key', () => {
		expect(translate(named('live-hdlc-lls'))).not.toContain('3132333435363738');
		expect(translate(named('live-hdlc-lls'))).toContain('password: (not shown)');
		expect(translate(named('live-hdlc-md5'))).not.toContain('88f48dd6e06645f491915d40bda97ca0');
		expect(translate(named('live-hdlc-md5'))).not.toContain('91a12f5f3aaa4e9691beac4ce675631a');
		const translator = new Translator('apdu');
		const secret = build.octetString(parseHex('feedfacefeedface'));
		const texts = [
			{ classId: 64, logicalName: obis('0.0.43.0.0.255'), method: 2 },
			{ classId: 15, logicalName: obis('0.0.40.0.0.255'), method: 2 },
		].map((target) =>
			translator.translate(
				encodeApdu({
					apdu: 'action-request',
					kind: 'normal',
					invoke: 0xc1,
					target,
					parameter: build.array(secret),
				}),
			),
		);
		const attribute = { classId: 15, logicalName: obis('0.0.40.0.0.255'), attribute: 7 };
		texts.push(
			translator.translate(
				encodeApdu({
					apdu: 'set-request',
					kind: 'normal',
					invoke: 0xc1,
					target: attribute,
					data: secret,
				}),
			),
		);
		texts.push(
			translator.translate(
				encodeApdu({ apdu: 'get-request', kind: 'normal', invoke: 0xc1, target: attribute }),
			),
		);
		texts.push(
			translator.translate(
				encodeApdu({
					apdu: 'get-response',
					kind: 'normal',
					invoke: 0xc1,
					result: { data: secret },
				}),
			),
		);
		texts.push(
			translator.translate(
				parseHex('01011000112233445566778899aabbccddeeff0000065f1f0400007e1f04b0'),
			),
		);
		const text = texts
			.flat()
			.map((tree) => formatTree(tree))
			.join('\n');
		expect(text).not.toContain('feedface');
		expect(text).not.toContain('00112233445566');
		expect(text.match(/not shown/g)?.length).toBeGreaterThanOrEqual(5);
	});

	describe('of a token', () => {
		const enter = encodeApdu({
			apdu: 'action-request',
			kind: 'normal',
			invoke: 0xc1,
			target: { classId: 115, logicalName: obis('0.0.19.40.0.255'), method: 1 },
			parameter: build.octetString(build.asciiOctets('11112222333344445557')),
		});
		const read = (view: TranslatorView): string =>
			new Translator('apdu', undefined, view)
				.translate(enter)
				.map((tree) => formatTree(tree))
				.join();

		it('shows the digits only to who asks for them', () => {
			expect(read({})).toContain('parameter: (token, not shown)');
			expect(read({})).not.toContain('1111');
			expect(read({ tokens: true })).toContain('"11112222333344445557"');
		});

		it('says that it was in the open, unless it was enciphered', () => {
			const [tree] = new Translator('apdu').translate(enter);
			expect(exposedBy(tree as TreeNode)).toBe('token');
			const keys = { unicast: new Uint8Array(16), authentication: new Uint8Array(16).fill(1) };
			const title = parseHex('4d4d4d0000bc614e');
			const exposed = (control: number, known: boolean) => {
				const octets = cipherApdu(enter, {
					keys,
					scope: 'glo',
					form: 'service',
					control,
					counter: 1,
					systemTitle: title,
				});
				const translator = new Translator('apdu', known ? { keys, clientTitle: title } : undefined);
				return translator.translate(octets).map(exposedBy);
			};
			for (const known of [true, false]) {
				expect(exposed(0x30, known)).toEqual([undefined]);
				expect(exposed(0x20, known)).toEqual([undefined]);
				expect(exposed(0x10, known)).toEqual(['token']);
			}
		});
	});

	it('puts a long value together, and tells where it cannot', () => {
		const profile = { classId: 7, logicalName: obis('1.0.99.1.0.255'), attribute: 2 };
		const block = (number: number, raw: Uint8Array, last: boolean) =>
			encodeApdu({
				apdu: 'get-response',
				kind: 'block',
				invoke: 0xc1,
				last,
				block: number,
				part: { raw },
			});
		const readAll = (parts: readonly Uint8Array[], targets = [profile]): string => {
			const translator = new Translator('apdu');
			const request =
				targets.length === 1
					? ({ kind: 'normal', target: profile } as const)
					: ({ kind: 'with-list', targets } as const);
			translator.translate(encodeApdu({ apdu: 'get-request', invoke: 0xc1, ...request }));
			return parts
				.flatMap((raw, index) =>
					translator.translate(block(index + 1, raw, index + 1 === parts.length)),
				)
				.map((tree) => formatTree(tree))
				.join('\n');
		};
		const value = encodeData(build.array(build.long(4711), build.long(4712)));
		const halves = [value.subarray(0, 3), value.subarray(3)];
		expect(readAll(halves)).toMatch(/joined[^]*long: 4711[^]*long: 4712/);
		expect(readAll(halves, [profile, profile])).toContain('not put together');
		const flood = Array.from({ length: 9 }, () => new Uint8Array(8000));
		expect(readAll(flood)).toContain('not put together');
		expect(readAll([value.subarray(0, 2)])).toContain('not put together');
	});

	it('shows no answer whose question it has not seen, where it is told so', () => {
		const answer = encodeApdu({
			apdu: 'get-response',
			kind: 'normal',
			invoke: 0xc1,
			result: { data: build.long(4711) },
		});
		const read = (view: TranslatorView) =>
			new Translator('apdu', undefined, view)
				.translate(answer)
				.map((tree) => formatTree(tree))
				.join();
		expect(read({})).toContain('4711');
		expect(read({ hideUnasked: true })).not.toContain('4711');
	});

	it('says what each frame is found by', () => {
		const session = named('live-hdlc-none');
		const translator = new Translator('hdlc');
		const facts = session.steps.flatMap(({ bytes }) =>
			translator.read(parseHex(bytes)).map((reading) => reading.facts),
		);
		expect(facts.map(({ level }) => level)).toEqual(
			expect.arrayContaining(['link', 'association', 'service']),
		);
		expect(facts[0]).toMatchObject({ level: 'link', what: 'HDLC SNRM', problem: false });
		expect(facts.filter(({ what }) => what === 'AARQ')).toHaveLength(1);
		const refused = facts.filter(({ problem }) => problem);
		expect(refused.length).toBeGreaterThan(0);
		for (const { what, targets } of facts)
			if (what.startsWith('get-')) expect(targets).toHaveLength(1);
	});

	it('has words for every APDU, and never throws on octets', () => {
		for (const apdu of APDU_EXAMPLES) {
			const [tree] = new Translator('apdu').translate(encodeApdu(apdu));
			expect(tree?.name.length).toBeGreaterThan(0);
		}
		const random = seeded(9);
		const translators = (['hdlc', 'wrapper', 'apdu'] as const).map(
			(input) => new Translator(input),
		);
		for (const session of SESSIONS)
			for (const { bytes } of session.steps) {
				const octets = parseHex(bytes);
				octets[Math.floor(random() * octets.length)] = Math.floor(random() * 256);
				for (const translator of translators)
					for (const tree of translator.translate(octets)) formatTree(tree);
			}
		expect(new Translator('hdlc').translateHex('7ea0070321930f027e')).toMatchObject([
			{ name: 'spoiled' },
		]);
		expect(() => new Translator('hdlc').translateHex('7e a')).toThrow(TypeError);
	});
});
