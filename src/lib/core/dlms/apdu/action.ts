/** ACTION: invoking methods (IEC 62056-5-3, 9.3.8 and 9.5). */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import type { Data } from '../axdr/data-type.ts';
import { readData } from '../axdr/decode.ts';
import { writeData } from '../axdr/encode.ts';
import { type Block, readBlock, writeBlock } from './block.ts';
import { type GetResult, readGetResult, writeGetResult } from './get.ts';
import { optional } from './initiate.ts';
import { readValues, writeValues } from './set.ts';
import { type MethodTarget, readList, readMethod, writeList, writeMethod } from './target.ts';

const REQUEST = 0xc3;
const RESPONSE = 0xc7;

interface Request {
	readonly apdu: 'action-request';
	readonly invoke: number;
}

export type ActionRequest =
	| (Request & {
			readonly kind: 'normal';
			readonly target: MethodTarget;
			readonly parameter?: Data;
	  })
	| (Request & { readonly kind: 'next'; readonly block: number })
	| (Request & {
			readonly kind: 'with-list';
			readonly targets: readonly MethodTarget[];
			/** One per target, null-data where a method takes none. */
			readonly parameters: readonly Data[];
	  })
	| (Request & { readonly kind: 'first-block'; readonly target: MethodTarget } & Block)
	| (Request & {
			readonly kind: 'list-first-block';
			readonly targets: readonly MethodTarget[];
	  } & Block)
	| (Request & { readonly kind: 'block' } & Block);

/** `result` is a code of `ACTION_RESULTS`; `returned` is what the method gives back. */
export interface ActionOutcome {
	readonly result: number;
	readonly returned?: GetResult;
}

interface Response {
	readonly apdu: 'action-response';
	readonly invoke: number;
}

export type ActionResponse =
	| (Response & { readonly kind: 'normal'; readonly bare?: true } & ActionOutcome)
	| (Response & { readonly kind: 'block' } & Block)
	| (Response & { readonly kind: 'with-list'; readonly results: readonly ActionOutcome[] })
	| (Response & { readonly kind: 'next'; readonly block: number });

/** Reads what follows the tag. @throws {Breach} `unknown-kind`, `list-mismatch`, those of Data */
export function readActionRequest(reader: Reader): ActionRequest {
	const apdu = 'action-request';
	const kind = reader.u8();
	const invoke = reader.u8();
	switch (kind) {
		case 1: {
			const target = readMethod(reader);
			const parameter = optional(reader, readData);
			return { apdu, kind: 'normal', invoke, target, ...(parameter && { parameter }) };
		}
		case 2:
			return { apdu, kind: 'next', invoke, block: reader.u32() };
		case 3: {
			const targets = readList(reader, readMethod);
			return { apdu, kind: 'with-list', invoke, targets, parameters: readValues(reader, targets) };
		}
		case 4:
			return {
				apdu,
				kind: 'first-block',
				invoke,
				target: readMethod(reader),
				...readBlock(reader),
			};
		case 5: {
			const targets = readList(reader, readMethod);
			return { apdu, kind: 'list-first-block', invoke, targets, ...readBlock(reader) };
		}
		case 6:
			return { apdu, kind: 'block', invoke, ...readBlock(reader) };
		default:
			return reader.fail('unknown-kind', reader.offset - 2);
	}
}

export function encodeActionRequest(request: ActionRequest): Uint8Array {
	const writer = new Writer().u8(REQUEST);
	switch (request.kind) {
		case 'normal':
			writeMethod(writer.u8(1).u8(request.invoke), request.target);
			if (request.parameter) writeData(writer.u8(1), request.parameter);
			else writer.u8(0);
			break;
		case 'next':
			writer.u8(2).u8(request.invoke).u32(request.block);
			break;
		case 'with-list':
			writeList(writer.u8(3).u8(request.invoke), request.targets, writeMethod);
			writeValues(writer, request.parameters);
			break;
		case 'first-block':
			writeMethod(writer.u8(4).u8(request.invoke), request.target);
			writeBlock(writer, request);
			break;
		case 'list-first-block':
			writeList(writer.u8(5).u8(request.invoke), request.targets, writeMethod);
			writeBlock(writer, request);
			break;
		case 'block':
			writeBlock(writer.u8(6).u8(request.invoke), request);
	}
	return writer.finish();
}

/** Reads what follows the tag. @throws {Breach} `unknown-kind`, `bad-presence`, those of Data */
export function readActionResponse(reader: Reader): ActionResponse {
	const apdu = 'action-response';
	const kind = reader.u8();
	const invoke = reader.u8();
	switch (kind) {
		case 1: {
			const result = reader.u8();
			// Some meters leave out the flag that says whether anything is returned.
			if (reader.remaining === 0) return { apdu, kind: 'normal', invoke, result, bare: true };
			const returned = optional(reader, readGetResult);
			return { apdu, kind: 'normal', invoke, result, ...(returned && { returned }) };
		}
		case 2:
			return { apdu, kind: 'block', invoke, ...readBlock(reader) };
		case 3:
			return { apdu, kind: 'with-list', invoke, results: readOutcomes(reader) };
		case 4:
			return { apdu, kind: 'next', invoke, block: reader.u32() };
		default:
			return reader.fail('unknown-kind', reader.offset - 2);
	}
}

/** A count and outcomes, as the response with a list and its blocks carry them. */
export function readOutcomes(reader: Reader): ActionOutcome[] {
	return readList(reader, (from) => {
		const result = from.u8();
		const returned = optional(from, readGetResult);
		return { result, ...(returned && { returned }) };
	});
}

export function encodeActionResponse(response: ActionResponse): Uint8Array {
	const writer = new Writer().u8(RESPONSE);
	switch (response.kind) {
		case 'normal':
			writer.u8(1).u8(response.invoke);
			if (response.bare) writer.u8(response.result);
			else writeOutcome(writer, response);
			break;
		case 'block':
			writeBlock(writer.u8(2).u8(response.invoke), response);
			break;
		case 'with-list':
			writeOutcomes(writer.u8(3).u8(response.invoke), response.results);
			break;
		case 'next':
			writer.u8(4).u8(response.invoke).u32(response.block);
	}
	return writer.finish();
}

export function writeOutcomes(writer: Writer, results: readonly ActionOutcome[]): void {
	writeList(writer, results, writeOutcome);
}

function writeOutcome(writer: Writer, outcome: ActionOutcome): void {
	writer.u8(outcome.result);
	if (outcome.returned) writeGetResult(writer.u8(1), outcome.returned);
	else writer.u8(0);
}
