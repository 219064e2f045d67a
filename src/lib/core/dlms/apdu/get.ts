/** GET: asking for attributes (IEC 62056-5-3, 9.3.6 and 9.5). */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import type { Data } from '../axdr/data-type.ts';
import { readData } from '../axdr/decode.ts';
import { writeData } from '../axdr/encode.ts';
import { readOctets, writeOctets } from '../axdr/length.ts';
import {
	type AttributeTarget,
	readAttribute,
	readList,
	writeAttribute,
	writeList,
} from './target.ts';

const REQUEST = 0xc0;
const RESPONSE = 0xc4;

/** `invoke` is the invoke-id-and-priority octet in every APDU. */
export type GetRequest =
	| {
			readonly apdu: 'get-request';
			readonly kind: 'normal';
			readonly invoke: number;
			readonly target: AttributeTarget;
	  }
	| {
			readonly apdu: 'get-request';
			readonly kind: 'next';
			readonly invoke: number;
			/** The number of the block that came; the one after it is asked for. */
			readonly block: number;
	  }
	| {
			readonly apdu: 'get-request';
			readonly kind: 'with-list';
			readonly invoke: number;
			readonly targets: readonly AttributeTarget[];
	  };

/** A value, or a code of `DATA_ACCESS_RESULTS`. */
export type GetResult = { readonly data: Data } | { readonly error: number };

export type GetResponse =
	| {
			readonly apdu: 'get-response';
			readonly kind: 'normal';
			readonly invoke: number;
			readonly result: GetResult;
	  }
	| {
			readonly apdu: 'get-response';
			readonly kind: 'block';
			readonly invoke: number;
			readonly last: boolean;
			readonly block: number;
			/** A part of the Data (or of the list of results), or an error code instead. */
			readonly part: { readonly raw: Uint8Array } | { readonly error: number };
	  }
	| {
			readonly apdu: 'get-response';
			readonly kind: 'with-list';
			readonly invoke: number;
			readonly results: readonly GetResult[];
	  };

/** Reads what follows the tag. @throws {Breach} `unknown-kind`, and those of targets */
export function readGetRequest(reader: Reader): GetRequest {
	const apdu = 'get-request';
	const kind = reader.u8();
	const invoke = reader.u8();
	switch (kind) {
		case 1:
			return { apdu, kind: 'normal', invoke, target: readAttribute(reader) };
		case 2:
			return { apdu, kind: 'next', invoke, block: reader.u32() };
		case 3:
			return { apdu, kind: 'with-list', invoke, targets: readList(reader, readAttribute) };
		default:
			return reader.fail('unknown-kind', reader.offset - 2);
	}
}

/** Reads what follows the tag. @throws {Breach} `unknown-kind`, `bad-choice`, and those of Data */
export function readGetResponse(reader: Reader): GetResponse {
	const apdu = 'get-response';
	const kind = reader.u8();
	const invoke = reader.u8();
	switch (kind) {
		case 1:
			return { apdu, kind: 'normal', invoke, result: readGetResult(reader) };
		case 2:
			return {
				apdu,
				kind: 'block',
				invoke,
				last: reader.u8() !== 0,
				block: reader.u32(),
				part: readPart(reader),
			};
		case 3:
			return { apdu, kind: 'with-list', invoke, results: readGetResults(reader) };
		default:
			return reader.fail('unknown-kind', reader.offset - 2);
	}
}

/** 0 and Data, or 1 and an error code. @throws {Breach} `bad-choice`, those of Data */
export function readGetResult(reader: Reader): GetResult {
	return readChoice(reader) ? { error: reader.u8() } : { data: readData(reader) };
}

/** A count and results, as the response with a list and its blocks carry them. */
export function readGetResults(reader: Reader): GetResult[] {
	return readList(reader, readGetResult);
}

function readPart(reader: Reader): { raw: Uint8Array } | { error: number } {
	return readChoice(reader) ? { error: reader.u8() } : { raw: readOctets(reader) };
}

/** Whether the choice octet says "error". */
function readChoice(reader: Reader): boolean {
	const choice = reader.u8();
	if (choice > 1) reader.fail('bad-choice', reader.offset - 1);
	return choice === 1;
}

export function encodeGetRequest(request: GetRequest): Uint8Array {
	const writer = new Writer(32).u8(REQUEST);
	if (request.kind === 'normal') writeAttribute(writer.u8(1).u8(request.invoke), request.target);
	else if (request.kind === 'next') writer.u8(2).u8(request.invoke).u32(request.block);
	else writeList(writer.u8(3).u8(request.invoke), request.targets, writeAttribute);
	return writer.finish();
}

export function encodeGetResponse(response: GetResponse): Uint8Array {
	const writer = new Writer().u8(RESPONSE);
	if (response.kind === 'normal') writeGetResult(writer.u8(1).u8(response.invoke), response.result);
	else if (response.kind === 'block') {
		writer
			.u8(2)
			.u8(response.invoke)
			.u8(response.last ? 1 : 0)
			.u32(response.block);
		if ('error' in response.part) writer.u8(1).u8(response.part.error);
		else writeOctets(writer.u8(0), response.part.raw);
	} else writeGetResults(writer.u8(3).u8(response.invoke), response.results);
	return writer.finish();
}

export function writeGetResult(writer: Writer, result: GetResult): void {
	if ('error' in result) writer.u8(1).u8(result.error);
	else writeData(writer.u8(0), result.data);
}

export function writeGetResults(writer: Writer, results: readonly GetResult[]): void {
	writeList(writer, results, writeGetResult);
}
