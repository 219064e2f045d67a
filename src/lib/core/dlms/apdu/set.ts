/** SET: writing attributes (IEC 62056-5-3, 9.3.7 and 9.5). */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import type { Data } from '../axdr/data-type.ts';
import { readData } from '../axdr/decode.ts';
import { writeData } from '../axdr/encode.ts';
import { type Block, readBlock, writeBlock } from './block.ts';
import {
	type AttributeTarget,
	readAttribute,
	readList,
	writeAttribute,
	writeList,
} from './target.ts';

const REQUEST = 0xc1;
const RESPONSE = 0xc5;

interface Request {
	readonly apdu: 'set-request';
	readonly invoke: number;
}

export type SetRequest =
	| (Request & { readonly kind: 'normal'; readonly target: AttributeTarget; readonly data: Data })
	| (Request & { readonly kind: 'first-block'; readonly target: AttributeTarget } & Block)
	| (Request & { readonly kind: 'block' } & Block)
	| (Request & {
			readonly kind: 'with-list';
			readonly targets: readonly AttributeTarget[];
			readonly values: readonly Data[];
	  })
	| (Request & {
			readonly kind: 'list-first-block';
			readonly targets: readonly AttributeTarget[];
	  } & Block);

interface Response {
	readonly apdu: 'set-response';
	readonly invoke: number;
}

/** `result` and `results` are codes of `DATA_ACCESS_RESULTS`. */
export type SetResponse =
	| (Response & { readonly kind: 'normal'; readonly result: number })
	| (Response & { readonly kind: 'block'; readonly block: number })
	/** Some meters leave the block number out. */
	| (Response & { readonly kind: 'last-block'; readonly result: number; readonly block?: number })
	| (Response & {
			readonly kind: 'last-list-block';
			readonly results: readonly number[];
			readonly block: number;
	  })
	/** `misnumbered` where the peer said kind 4 and left the block number out. */
	| (Response & {
			readonly kind: 'with-list';
			readonly results: readonly number[];
			readonly misnumbered?: true;
	  });

/** Reads what follows the tag. @throws {Breach} `unknown-kind`, `list-mismatch`, those of targets and Data */
export function readSetRequest(reader: Reader): SetRequest {
	const apdu = 'set-request';
	const kind = reader.u8();
	const invoke = reader.u8();
	switch (kind) {
		case 1:
			return {
				apdu,
				kind: 'normal',
				invoke,
				target: readAttribute(reader),
				data: readData(reader),
			};
		case 2:
			return {
				apdu,
				kind: 'first-block',
				invoke,
				target: readAttribute(reader),
				...readBlock(reader),
			};
		case 3:
			return { apdu, kind: 'block', invoke, ...readBlock(reader) };
		case 4: {
			const targets = readList(reader, readAttribute);
			return { apdu, kind: 'with-list', invoke, targets, values: readValues(reader, targets) };
		}
		case 5: {
			const targets = readList(reader, readAttribute);
			return { apdu, kind: 'list-first-block', invoke, targets, ...readBlock(reader) };
		}
		default:
			return reader.fail('unknown-kind', reader.offset - 2);
	}
}

/** As many Data as there are targets. @throws {Breach} `list-mismatch` */
export function readValues(reader: Reader, targets: readonly unknown[]): Data[] {
	const at = reader.offset;
	const values = readList(reader, readData);
	if (values.length !== targets.length) reader.fail('list-mismatch', at);
	return values;
}

/** A count and Data, as a request with a list and its blocks carry them. */
export function writeValues(writer: Writer, values: readonly Data[]): void {
	writeList(writer, values, writeData);
}

export function encodeSetRequest(request: SetRequest): Uint8Array {
	const writer = new Writer().u8(REQUEST);
	switch (request.kind) {
		case 'normal':
			writeAttribute(writer.u8(1).u8(request.invoke), request.target);
			writeData(writer, request.data);
			break;
		case 'first-block':
			writeAttribute(writer.u8(2).u8(request.invoke), request.target);
			writeBlock(writer, request);
			break;
		case 'block':
			writeBlock(writer.u8(3).u8(request.invoke), request);
			break;
		case 'with-list':
			writeList(writer.u8(4).u8(request.invoke), request.targets, writeAttribute);
			writeValues(writer, request.values);
			break;
		case 'list-first-block':
			writeList(writer.u8(5).u8(request.invoke), request.targets, writeAttribute);
			writeBlock(writer, request);
	}
	return writer.finish();
}

/** Reads what follows the tag. @throws {Breach} `unknown-kind`, `too-many-entries`, `length-past-end` */
export function readSetResponse(reader: Reader): SetResponse {
	const apdu = 'set-response';
	const kind = reader.u8();
	const invoke = reader.u8();
	switch (kind) {
		case 1:
			return { apdu, kind: 'normal', invoke, result: reader.u8() };
		case 2:
			return { apdu, kind: 'block', invoke, block: reader.u32() };
		case 3: {
			const result = reader.u8();
			if (reader.remaining === 0) return { apdu, kind: 'last-block', invoke, result };
			return { apdu, kind: 'last-block', invoke, result, block: reader.u32() };
		}
		case 4: {
			const results = readList(reader, (from) => from.u8());
			// One widespread meter library answers a plain list with this kind and no block number.
			if (reader.remaining === 0)
				return { apdu, kind: 'with-list', invoke, results, misnumbered: true };
			return { apdu, kind: 'last-list-block', invoke, results, block: reader.u32() };
		}
		case 5:
			return { apdu, kind: 'with-list', invoke, results: readList(reader, (from) => from.u8()) };
		default:
			return reader.fail('unknown-kind', reader.offset - 2);
	}
}

export function encodeSetResponse(response: SetResponse): Uint8Array {
	const writer = new Writer(16).u8(RESPONSE);
	const code = (to: Writer, result: number): unknown => to.u8(result);
	switch (response.kind) {
		case 'normal':
			writer.u8(1).u8(response.invoke).u8(response.result);
			break;
		case 'block':
			writer.u8(2).u8(response.invoke).u32(response.block);
			break;
		case 'last-block':
			writer.u8(3).u8(response.invoke).u8(response.result);
			if (response.block !== undefined) writer.u32(response.block);
			break;
		case 'last-list-block':
			writeList(writer.u8(4).u8(response.invoke), response.results, code);
			writer.u32(response.block);
			break;
		case 'with-list':
			writeList(
				writer.u8(response.misnumbered ? 4 : 5).u8(response.invoke),
				response.results,
				code,
			);
	}
	return writer.finish();
}
