/** Sense in what was heard: our own echo, frames of the meter, an identification. */
import { Breach } from '#lib/core/bytes/breach.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { type Frame } from '#lib/core/dlms/hdlc/frame.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import {
	addParity,
	type Identification,
	parseIdentification,
	plainText,
} from '#lib/core/dlms/opening/identification.ts';

/** Parity that an opening is spoken with, made in software on a port of eight data bits. */
export type OpeningParity = 'even' | 'odd' | 'none';

/** What was heard without our own words. */
export interface WithoutEcho {
	readonly octets: Uint8Array;
	/** Whether words of ours came back whole. */
	readonly echoed: boolean;
}

/** Takes out what we said, each word once and in order, and a word of which only the beginning came. */
export function withoutEcho(heard: Uint8Array, said: readonly Uint8Array[]): WithoutEcho {
	const kept: Uint8Array[] = [];
	let rest = heard;
	let echoed = false;
	for (const word of said) {
		const at = indexOf(rest, word);
		if (at < 0) {
			if (begins(word, rest)) rest = rest.subarray(rest.length);
			continue;
		}
		kept.push(rest.subarray(0, at));
		rest = rest.subarray(at + word.length);
		echoed = true;
	}
	return { octets: concatBytes(...kept, rest), echoed };
}

function indexOf(octets: Uint8Array, word: Uint8Array): number {
	for (let at = 0; at + word.length <= octets.length; at += 1)
		if (word.every((octet, index) => octets[at + index] === octet)) return at;
	return -1;
}

const begins = (word: Uint8Array, octets: Uint8Array): boolean =>
	octets.every((octet, index) => octet === word[index]);

/** Whole frames to `client`, in order. */
export function framesTo(client: number, octets: Uint8Array): Frame[] {
	return new FrameSplitter()
		.push(octets)
		.filter(({ destination }) => destination.length === 1 && destination.upper === client);
}

/** An identification that was heard, and the octets it came in. */
export interface HeardIdentification {
	readonly identification: Identification;
	readonly octets: Uint8Array;
}

/** The first identification in what was heard, whatever stands around it. */
export function identificationIn(octets: Uint8Array): HeardIdentification | undefined {
	const text = plainText(octets);
	for (const match of text.matchAll(/\/(?!\?)[^/\n]*\n/g)) {
		try {
			const identification = parseIdentification(match[0]);
			return { identification, octets: octets.slice(match.index, match.index + match[0].length) };
		} catch (error) {
			if (!(error instanceof Breach)) throw error;
		}
	}
	return undefined;
}

/** The parity of octets on a port of eight data bits; undefined where it is not the same for all. */
export function parityOf(octets: Uint8Array): OpeningParity | undefined {
	const even = addParity(octets);
	if (octets.every((octet, at) => octet === even[at])) return 'even';
	if (octets.every((octet) => octet < 0x80)) return 'none';
	return octets.every((octet, at) => octet !== even[at]) ? 'odd' : undefined;
}

/** Octets with the parity of an opening. */
export function withParity(octets: Uint8Array, parity: OpeningParity): Uint8Array {
	if (parity === 'none') return octets;
	const even = addParity(octets);
	return parity === 'even' ? even : even.map((octet) => octet ^ 0x80);
}
