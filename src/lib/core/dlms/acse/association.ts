/** AARQ and AARE: asking for an association and the answer (IEC 62056-5-3, 7.3.2 and 7.3.3). */
import { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { ACSE_CLAUSE, readTagged, unwrap, writeTagged } from './ber.ts';
import { AARE_FIELDS, AARQ_FIELDS, encodeFields, type Fields, readFields } from './fields.ts';

export const AARQ_TAG = 0x60;
export const AARE_TAG = 0x61;

/** The ACSE requirement "authentication", as a BER bit string with its count of unused bits. */
export const AUTHENTICATION_REQUIRED = Uint8Array.of(0x07, 0x80);

export type Aarq = { readonly apdu: 'AARQ' } & Readonly<Fields<typeof AARQ_FIELDS>>;

export interface Diagnostic {
	/** Who says it: the application of the meter, or its ACSE. */
	readonly source: 'user' | 'provider';
	/** A number of `USER_DIAGNOSTICS` or `PROVIDER_DIAGNOSTICS`. */
	readonly value: number;
}

export type Aare = { readonly apdu: 'AARE' } & Readonly<
	Omit<Fields<typeof AARE_FIELDS>, 'result' | 'diagnostic'>
> & {
		/** A number of `ASSOCIATION_RESULTS`. */
		readonly result: number;
		readonly diagnostic: Diagnostic;
	};

const SOURCE_TAG = { user: 0xa1, provider: 0xa2 } as const;
const INTEGER = 0x02;

/** @throws {Breach} where a field is unknown, repeated, missing or does not fit */
export function decodeAarq(octets: Uint8Array): Aarq {
	return { apdu: 'AARQ', ...readFields(open(octets, AARQ_TAG), AARQ_FIELDS) };
}

export function encodeAarq(aarq: Aarq): Uint8Array {
	return encodeFields(AARQ_TAG, AARQ_FIELDS, aarq);
}

/** @throws {Breach} where a field is unknown, repeated, missing or does not fit */
export function decodeAare(octets: Uint8Array): Aare {
	const reader = open(octets, AARE_TAG);
	const { result, diagnostic, ...fields } = readFields(reader, AARE_FIELDS);
	if (!result || !diagnostic) return reader.fail('missing-field');
	return {
		apdu: 'AARE',
		...fields,
		result: smallInteger(result),
		diagnostic: readDiagnostic(diagnostic),
	};
}

export function encodeAare({ result, diagnostic, ...fields }: Aare): Uint8Array {
	const value = writeTagged(new Writer(8), INTEGER, Uint8Array.of(diagnostic.value)).finish();
	return encodeFields(AARE_TAG, AARE_FIELDS, {
		...fields,
		result: Uint8Array.of(result),
		diagnostic: writeTagged(new Writer(8), SOURCE_TAG[diagnostic.source], value).finish(),
	});
}

/** The contents of a whole APDU whose tag must be `tag`. */
function open(octets: Uint8Array, tag: number): Reader {
	const reader = new Reader(octets, ACSE_CLAUSE);
	const contents = readTagged(reader, tag);
	reader.expectEnd();
	return contents;
}

function readDiagnostic(octets: Uint8Array): Diagnostic {
	const reader = new Reader(octets, ACSE_CLAUSE);
	const source = reader.peek() === SOURCE_TAG.provider ? 'provider' : 'user';
	return { source, value: smallInteger(unwrap(reader, [SOURCE_TAG[source], INTEGER])) };
}

function smallInteger(octets: Uint8Array): number {
	const reader = new Reader(octets, ACSE_CLAUSE);
	const value = reader.u8();
	reader.expectEnd();
	return value;
}
