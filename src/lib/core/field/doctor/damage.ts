/**
 * How an answer was damaged on its way, where it can be known: every octet has one bit the same, or
 * octets are missing. Judged only against what was certain to be said, or against the parity that every
 * octet of an opening carries.
 */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { HdlcAddress } from '#lib/core/dlms/hdlc/address.ts';
import { clientAddress } from '#lib/core/dlms/hdlc/address.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { identificationIn, parityOf } from './hearing.ts';
import { LEAST_OCTETS } from './trial.ts';

export type Damage =
	| { readonly kind: 'stuck-bit'; readonly bit: number; readonly value: 0 | 1 }
	| { readonly kind: 'octets-lost' }
	/** Damaged in no way that is known. */
	| { readonly kind: 'garbled' };

const GARBLED: Damage = { kind: 'garbled' };
const OCTETS_LOST: Damage = { kind: 'octets-lost' };
/** Octets of right parity that noise is not taken for: one time in 256. */
const LEAST_TEXT = 8;

interface StuckBit {
	readonly bit: number;
	readonly value: 0 | 1;
}

const STUCK_BITS: readonly StuckBit[] = Array.from({ length: 8 }, (_, bit) => bit).flatMap(
	(bit) => [{ bit, value: 0 } as const, { bit, value: 1 } as const],
);

/** What every octet is with that bit stuck. */
const stick = (octets: Uint8Array, { bit, value }: StuckBit): Uint8Array =>
	octets.map((octet) => (value === 1 ? octet | (1 << bit) : octet & ~(1 << bit)));

const same = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((octet, at) => octet === b[at]);

/** Whether `octets` are some of `whole`, in order. */
function someOf(octets: Uint8Array, whole: Uint8Array): boolean {
	let at = 0;
	for (const octet of whole) if (at < octets.length && octet === octets[at]) at += 1;
	return at === octets.length;
}

/** What a meter may answer to DISC: UA or DM, to the octet. */
function answersToDisc(address: HdlcAddress, client: number): Uint8Array[] {
	return (['UA', 'DM'] as const).map((type) =>
		encodeFrame({
			segmented: false,
			destination: clientAddress(client),
			source: address,
			control: { type, pollFinal: true },
			information: new Uint8Array(),
		}),
	);
}

/**
 * How the answer to DISC was damaged; undefined where hardly anything came. `heard` holds no whole frame
 * and no whole echo of `disc`, which may have been damaged as well.
 */
export function damageOfAnswer(
	heard: Uint8Array,
	disc: Uint8Array,
	address: HdlcAddress,
	client: number,
): Damage | undefined {
	if (heard.length < LEAST_OCTETS) return undefined;
	const answers = answersToDisc(address, client);
	const whole = [...answers, disc, ...answers.map((answer) => concatBytes(disc, answer))];
	for (const octets of whole) {
		const stuck = STUCK_BITS.find((each) => same(stick(octets, each), heard));
		if (stuck) return { kind: 'stuck-bit', ...stuck };
	}
	const isPart = whole.some((octets) => heard.length < octets.length && someOf(heard, octets));
	return isPart ? OCTETS_LOST : GARBLED;
}

/**
 * How an identification was damaged, told by the parity of its octets; undefined where hardly anything
 * came. `heard` holds no whole identification and no echo, on a port of eight data bits.
 */
export function damageOfIdentification(heard: Uint8Array): Damage | undefined {
	if (heard.length < LEAST_OCTETS) return undefined;
	const stuck = STUCK_BITS.find((each) => same(stick(heard, each), heard) && mends(heard, each));
	if (stuck) return { kind: 'stuck-bit', ...stuck };
	const text = heard.every((octet) => isText(octet & 0x7f));
	if (heard.length >= LEAST_TEXT && text && parityOf(heard) === 'even') return OCTETS_LOST;
	return GARBLED;
}

/** Whether the octets are an identification once the stuck bit is what their parity says. */
function mends(heard: Uint8Array, { bit }: StuckBit): boolean {
	if (bit === 7) return identificationIn(heard) !== undefined;
	const mended = heard.map((octet) =>
		parityOf(Uint8Array.of(octet)) === 'even' ? octet : octet ^ (1 << bit),
	);
	return identificationIn(mended) !== undefined;
}

const isText = (code: number): boolean =>
	code === 0x0d || code === 0x0a || (code >= 0x20 && code < 0x7f);
