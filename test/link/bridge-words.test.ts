import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	type BridgeWish,
	type BridgeWord,
	MAX_WORD_LENGTH,
	parseBridgeWish,
	parseBridgeWord,
	WINDOW_OCTETS,
} from '#lib/link/bridge-words.ts';
import { eightN1 } from '#lib/link/line.ts';
import { LINK_FAULT_KINDS } from '#lib/link/link-fault.ts';

const WISHES: readonly BridgeWish[] = [
	{ do: 'list' },
	{ do: 'list', bearer: 'b' },
	{ do: 'open', target: 'meter-1', settings: eightN1(9600) },
	{ do: 'configure', settings: { baud: 300, dataBits: 7, parity: 'even' } },
	{ do: 'taken', octets: 1 },
	{ do: 'close' },
];

const WORDS: readonly BridgeWord[] = [
	{ is: 'targets', targets: [{ name: 'cellar', medium: 'serial' }] },
	{ is: 'opened', medium: 'stream' },
	{ is: 'configured' },
	{ is: 'refused' },
	{ is: 'taken', octets: WINDOW_OCTETS },
	{ is: 'closed' },
	...LINK_FAULT_KINDS.map((fault) => ({ is: 'fault' as const, fault })),
];

describe('what a bridge and a browser say', () => {
	it.each(WISHES)('knows the wish $do', (wish) => {
		expect(parseBridgeWish(JSON.stringify(wish))).toEqual(wish);
	});

	it.each(WORDS)('knows the word $is', (word) => {
		expect(parseBridgeWord(JSON.stringify(word))).toEqual(word);
	});

	it.each([
		[
			'an address in place of a name',
			{ do: 'open', target: 'tcp:10.0.0.1:22', settings: eightN1(9600) },
		],
		['a path in place of a name', { do: 'open', target: '/dev/ttyS0', settings: eightN1(9600) }],
		['an endless name', { do: 'open', target: 'a'.repeat(41), settings: eightN1(9600) }],
		['no settings', { do: 'open', target: 'meter-1' }],
		['half a baud', { do: 'configure', settings: eightN1(0.5) }],
		['nine bits', { do: 'configure', settings: { baud: 300, dataBits: 9, parity: 'none' } }],
		['nothing taken', { do: 'taken', octets: 0 }],
		['more taken than can be under way', { do: 'taken', octets: WINDOW_OCTETS + 1 }],
		['an endless bearer', { do: 'list', bearer: 'b'.repeat(201) }],
		['another wish', { do: 'exec' }],
	])('refuses %s', (_name, wish) => {
		expect(parseBridgeWish(JSON.stringify(wish))).toBeUndefined();
	});

	it('refuses a fault nobody knows, and too many targets', () => {
		expect(parseBridgeWord('{"is":"fault","fault":"on-fire"}')).toBeUndefined();
		const targets = Array.from({ length: 65 }, (_, at) => ({ name: `m${at}`, medium: 'stream' }));
		expect(parseBridgeWord(JSON.stringify({ is: 'targets', targets }))).toBeUndefined();
	});

	it('refuses what is longer than any word', () => {
		const long = `{"do":"list"${' '.repeat(MAX_WORD_LENGTH)}}`;
		expect(parseBridgeWish(long)).toBeUndefined();
	});

	it('takes any text for a word or for nonsense, and never throws', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
				const [wish, word] = [parseBridgeWish(text), parseBridgeWord(text)];
				expect(wish === undefined || 'do' in wish).toBe(true);
				expect(word === undefined || 'is' in word).toBe(true);
			}),
		);
	});
});
