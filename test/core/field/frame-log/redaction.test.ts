import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { AUTHENTICATION_REQUIRED } from '#lib/core/dlms/acse/association.ts';
import { contextOid, mechanismOid } from '#lib/core/dlms/acse/names.ts';
import { type Apdu, encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { encodeInitiateRequest } from '#lib/core/dlms/apdu/initiate.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { encodeTokenParameter, TOKEN_ENCODINGS } from '#lib/core/dlms/profile/meter-profile.ts';
import { cipherApdu } from '#lib/core/dlms/security/apdu-cipher.ts';
import { FrameLog } from '#lib/core/field/frame-log/frame-log.ts';
import type { FramePiece } from '#lib/core/field/frame-log/frame-piece.ts';
import { logJson, logText } from '#lib/core/field/frame-log/log-export.ts';
import type { LogView } from '#lib/core/field/frame-log/log-view.ts';
import {
	AT_MS,
	hdlcCommand,
	hdlcPieces,
	heard,
	piece,
	receiveReady,
	sent,
	wrapperPiece,
} from './frames.ts';

const PASSWORD = build.asciiOctets('Q7w!zK2p');
const SECRET = parseHex('c3a5f00dfacade99aa77b1e5d00dbeef');
const TOKEN = '61803398874989484820';
const KEYS = {
	unicast: parseHex('9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d'),
	authentication: parseHex('7c9e6679f7424d1a83b7c5b1f4e8a2d3'),
};
const DEDICATED = parseHex('5f0e6b2a91c44d7f8e3a1b9c0d2f4e6a');
const CLIENT_TITLE = parseHex('434c490000000001');
const INVOKE = 0xc1;

const aarq = (
	mechanism: 'low' | 'high-md5',
	value: Uint8Array,
	userInformation: Uint8Array,
): Apdu => ({
	apdu: 'AARQ',
	applicationContext: contextOid('logical-name'),
	callingApTitle: CLIENT_TITLE,
	acseRequirements: AUTHENTICATION_REQUIRED,
	mechanismName: mechanismOid(mechanism),
	authenticationValue: value,
	userInformation,
});
const INITIATE = encodeInitiateRequest({
	apdu: 'initiate-request',
	version: 6,
	conformance: 0x1e1d,
	maxPdu: 1024,
});

const action = (classId: number, name: string, method: number, parameter: Data): Apdu => ({
	apdu: 'action-request',
	kind: 'normal',
	invoke: INVOKE,
	target: { classId, logicalName: obis(name), method },
	parameter,
});
const get = (classId: number, name: string, attribute: number): Apdu => ({
	apdu: 'get-request',
	kind: 'normal',
	invoke: INVOKE,
	target: { classId, logicalName: obis(name), attribute },
});
const got = (data: Data): Apdu => ({
	apdu: 'get-response',
	kind: 'normal',
	invoke: INVOKE,
	result: { data },
});
const set = (classId: number, name: string, attribute: number, data: Data): Apdu => ({
	apdu: 'set-request',
	kind: 'normal',
	invoke: INVOKE,
	target: { classId, logicalName: obis(name), attribute },
	data,
});

const cipher = (apdu: Apdu | Uint8Array, control: number, dedicated = false): Uint8Array =>
	cipherApdu(apdu instanceof Uint8Array ? apdu : encodeApdu(apdu), {
		keys: { ...KEYS, dedicated: DEDICATED },
		scope: dedicated ? 'ded' : 'glo',
		form: 'service',
		control,
		counter: 7,
		systemTitle: CLIENT_TITLE,
	});

/** The blocks of a long answer. */
const blocks = (whole: Uint8Array, size: number): FramePiece[] => {
	const pieces: FramePiece[] = [];
	for (let from = 0; from < whole.length; from += size)
		pieces.push(
			...heard({
				apdu: 'get-response',
				kind: 'block',
				invoke: INVOKE,
				last: from + size >= whole.length,
				block: from / size + 1,
				part: { raw: whole.subarray(from, from + size) },
			}),
		);
	return pieces;
};

const everyLength = (pieces: (most: number) => FramePiece[]): FramePiece[] =>
	[7, 16, 33, 2000].flatMap((most) => [hdlcCommand('out', 'SNRM'), ...pieces(most)]);

const secretOf = build.octetString(SECRET);
const token = (encoding: (typeof TOKEN_ENCODINGS)[number]): Data =>
	encodeTokenParameter(TOKEN, encoding);
const tokenLog = build.array(
	...[1, 2, 3].map(() => build.structure(build.unsigned(1), token('ascii-20'), token('bcd-10'))),
);

/** What is planted in a log, by what it is. */
const PLANTS: Readonly<Record<string, FramePiece[]>> = {
	'a password in an AARQ, however it is cut': everyLength((most) =>
		sent(aarq('low', PASSWORD, INITIATE), most),
	),
	'a password in an AARQ that never ends': sent(aarq('low', PASSWORD, INITIATE), 60).slice(0, -1),
	'a password over the wrapper': [wrapperPiece('out', encodeApdu(aarq('low', PASSWORD, INITIATE)))],
	'a password that an echoing probe gives back, whole': [
		...sent(aarq('low', PASSWORD, INITIATE)),
		...hdlcPieces('in', encodeApdu(aarq('low', PASSWORD, INITIATE))),
	],
	'a password that an echoing probe gives back, spoiled': sent(
		aarq('low', PASSWORD, INITIATE),
		40,
	).flatMap((each) => [each, piece('in', each.octets.with(3, 0xff), 'noise')]),
	'a proof': [
		...sent(aarq('high-md5', parseHex('0011223344556677'), INITIATE)),
		...sent(action(15, '0.0.40.0.0', 1, secretOf)),
		...heard({
			apdu: 'action-response',
			kind: 'normal',
			invoke: INVOKE,
			result: 0,
			returned: { data: secretOf },
		}),
	],
	'a secret that is changed': everyLength((most) => [
		...sent(action(15, '0.0.40.0.0', 2, secretOf), most),
		...sent(set(15, '0.0.40.0.0', 7, secretOf), most),
	]),
	'a secret that is read': everyLength((most) =>
		[7, 0].flatMap((attribute) => [
			...sent(get(15, '0.0.40.0.0', attribute)),
			...heard(got(build.structure(secretOf)), most),
		]),
	),
	'a secret that is read in blocks': [
		...sent(get(15, '0.0.40.0.0', 7)),
		...blocks(encodeData(secretOf), 5),
	],
	'a secret whose question nobody kept': heard(got(secretOf)),
	'a secret in an ACCESS': [
		...sent({
			apdu: 'access-request',
			longInvoke: 1,
			dateTime: new Uint8Array(),
			specifications: [
				{ kind: 'set', target: { classId: 19, logicalName: obis('0.0.20.0.0'), attribute: 7 } },
			],
			values: [secretOf],
		}),
	],
	'keys that are transferred': everyLength((most) =>
		sent(
			action(64, '0.0.43.0.0', 2, build.array(build.structure(build.enumerated(0), secretOf))),
			most,
		),
	),
	'keys that are transferred, enciphered': hdlcPieces(
		'out',
		cipher(action(64, '0.0.43.0.0', 2, build.array(secretOf)), 0x30),
	),
	'keys that are transferred, only authenticated': hdlcPieces(
		'out',
		cipher(action(64, '0.0.43.0.0', 2, build.array(secretOf)), 0x10),
	),
	'a dedicated key': [
		...sent(
			aarq(
				'high-md5',
				parseHex('0011223344556677'),
				cipher(
					encodeInitiateRequest({
						apdu: 'initiate-request',
						dedicatedKey: DEDICATED,
						version: 6,
						conformance: 0x1e1d,
						maxPdu: 1024,
					}),
					0x30,
				),
			),
		),
		...hdlcPieces('out', cipher(get(8, '0.0.1.0.0', 2), 0x30, true)),
	],
	...Object.fromEntries(
		TOKEN_ENCODINGS.flatMap((encoding) => {
			const enter = action(115, '0.0.19.40.0', 1, token(encoding));
			return [
				[`a token as ${encoding}`, everyLength((most) => sent(enter, most))],
				[`a token as ${encoding}, enciphered`, hdlcPieces('out', cipher(enter, 0x30))],
				[`a token as ${encoding}, authenticated`, hdlcPieces('out', cipher(enter, 0x10))],
				[
					`a token as ${encoding}, read back`,
					everyLength((most) => [
						...sent(get(115, '0.0.19.40.0', 2)),
						...heard(got(token(encoding)), most),
					]),
				],
			];
		}),
	),
	'a token anybody may have written': heard(got(build.visibleString(`no ${TOKEN} here`))),
	'tokens of a payment log': everyLength((most) => [
		...sent(get(7, '0.0.99.15.0', 2)),
		...heard(got(tokenLog), most),
	]),
	'tokens of a payment log, in blocks': [3, 11, 50].flatMap((size) => [
		...sent(get(7, '0.0.99.15.0', 2)),
		...blocks(encodeData(tokenLog), size),
	]),
	'tokens of a payment log whose blocks have a gap': [
		...sent(get(7, '0.0.99.15.0', 2)),
		...blocks(encodeData(tokenLog), 11).toSpliced(2, 1),
	],
	'tokens that a push carries': heard({
		apdu: 'data-notification',
		longInvoke: 1,
		dateTime: new Uint8Array(),
		body: build.structure(token('ascii-20'), token('bcd-10')),
	}),
};

const octetsOf = (data: Data): Uint8Array => {
	if (data.type !== 'octet-string') throw new Error(data.type);
	return data.value;
};
const BCD = octetsOf(encodeTokenParameter(TOKEN, 'bcd-10'));
const BINARY = octetsOf(encodeTokenParameter(TOKEN, 'binary-9'));
const HIDDEN: readonly Uint8Array[] = [
	PASSWORD,
	SECRET,
	DEDICATED,
	KEYS.unicast,
	KEYS.authentication,
	build.asciiOctets(TOKEN),
	BCD,
	BINARY,
];

/** Any four octets in a row of something hidden, as hex or as text. */
const WINDOW = 4;
const NEEDLES = HIDDEN.flatMap((octets) =>
	Array.from({ length: octets.length - WINDOW + 1 }, (_, from) =>
		octets.subarray(from, from + WINDOW),
	),
).flatMap((part) => [formatHex(part), build.asciiText(part)]);

const about = { madeAtMs: AT_MS, frames: 0, dropped: 0, tokens: false };

/** Both files of a view. */
const fileOf = (view: LogView, tokens: boolean): string =>
	[
		...logText(view.details(), { ...about, tokens }),
		...logJson(view.details(), { ...about, tokens }),
	].join('');

function exportsOf(pieces: readonly FramePiece[], keys = true): string {
	const log = new FrameLog();
	if (keys) log.useKeys({ keys: KEYS, clientTitle: CLIENT_TITLE });
	pieces.forEach(log.add);
	log.view.read();
	return fileOf(log.view, false);
}

describe('an export', () => {
	it.each(Object.entries(PLANTS))('does not give away %s', (_, pieces) => {
		for (const keys of [true, false]) {
			const text = exportsOf(pieces, keys);
			expect(NEEDLES.filter((needle) => text.includes(needle))).toEqual([]);
			expect(text.length).toBeGreaterThan(200);
		}
	});

	it('does not give away anything of all that together, whatever comes between', () => {
		const text = exportsOf(Object.values(PLANTS).flat());
		expect(NEEDLES.filter((needle) => text.includes(needle))).toEqual([]);
	});

	it('would be found out: what is hidden is in the frames, unless it is enciphered there', () => {
		for (const [name, pieces] of Object.entries(PLANTS)) {
			const text = pieces.map(({ octets }) => formatHex(octets)).join();
			const found = NEEDLES.some((needle) => text.includes(needle));
			expect(found, name).toBe(!/enciphered|dedicated/.test(name));
		}
	});

	it('has the digits of tokens where a person asks for them, and no secret more', () => {
		const log = new FrameLog();
		log.useKeys({ keys: KEYS, clientTitle: CLIENT_TITLE });
		Object.values(PLANTS).flat().forEach(log.add);
		const view = log.viewWithTokens();
		view.read();
		const text = fileOf(view, true);
		expect(text).toContain(TOKEN);
		expect(text).toContain(formatHex(build.asciiOctets(TOKEN)));
		expect(text).toContain(formatHex(BCD));
		const secrets = [PASSWORD, SECRET, DEDICATED, KEYS.unicast, KEYS.authentication].map(formatHex);
		expect(secrets.filter((secret) => text.includes(secret.slice(0, 8)))).toEqual([]);
	});

	it('shows everything that is none: whole frames, deciphered contents, what was refused', () => {
		const clock = cipher(get(8, '0.0.1.0.0', 2), 0x30);
		const text = exportsOf([
			hdlcCommand('out', 'SNRM'),
			...hdlcPieces('out', clock),
			receiveReady('in'),
			...heard(got(build.long(7)), 10),
			piece('in', Uint8Array.of(1, 2, 3), 'noise'),
			piece('out', build.asciiOctets('/?!\r\n'), 'opening'),
		]);
		expect(text).toContain(formatHex(clock));
		expect(text).toContain('attribute: Clock 0.0.1.0.0.255 time');
		expect(text).toContain('value: 7');
		expect(text).toContain('noise: 3 octets');
		expect(text).toContain('010203');
		expect(text).toContain('opening: "/?!"');
		expect(text).not.toContain('not shown');
	});
});
