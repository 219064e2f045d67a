/**
 * ACCESS: a list of gets, sets and actions in one request (IEC 62056-5-3, 9.3.11 and 9.5). The layout
 * of the response is known from the ASN.1 only.
 */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import type { Data } from '../axdr/data-type.ts';
import { readData } from '../axdr/decode.ts';
import { writeData } from '../axdr/encode.ts';
import { readOctets, writeOctets } from '../axdr/length.ts';
import { optional } from './initiate.ts';
import {
	type AttributeTarget,
	type MethodTarget,
	readBareAttribute,
	readList,
	readMethod,
	writeBareAttribute,
	writeList,
	writeMethod,
} from './target.ts';

const REQUEST = 0xd9;
const RESPONSE = 0xda;
const KIND = { get: 1, set: 2, action: 3 } as const;
/** Added to get and set where a selection follows. */
const WITH_SELECTION = 3;

export type AccessSpecification =
	| { readonly kind: 'get' | 'set'; readonly target: AttributeTarget }
	| { readonly kind: 'action'; readonly target: MethodTarget };

export interface AccessRequest {
	readonly apdu: 'access-request';
	/** Long invoke id and priority, 32 bits. */
	readonly longInvoke: number;
	/** 0 or 12 octets. */
	readonly dateTime: Uint8Array;
	readonly specifications: readonly AccessSpecification[];
	/** One per specification, null-data for a get. */
	readonly values: readonly Data[];
}

export interface AccessResponse {
	readonly apdu: 'access-response';
	readonly longInvoke: number;
	readonly dateTime: Uint8Array;
	/** The request's specifications where the meter repeats them. */
	readonly specifications?: readonly AccessSpecification[];
	/** One per specification, null-data where there is nothing to give. */
	readonly values: readonly Data[];
	readonly results: readonly AccessResult[];
}

export interface AccessResult {
	readonly kind: 'get' | 'set' | 'action';
	/** A code of `DATA_ACCESS_RESULTS` or, for an action, of `ACTION_RESULTS`. */
	readonly result: number;
}

/** Reads what follows the tag. @throws {Breach} `unknown-kind`, `list-mismatch`, those of Data */
export function readAccessRequest(reader: Reader): AccessRequest {
	const longInvoke = reader.u32();
	const dateTime = readOctets(reader);
	const specifications = readList(reader, readSpecification);
	const at = reader.offset;
	const values = readList(reader, readData);
	if (values.length !== specifications.length) reader.fail('list-mismatch', at);
	return { apdu: 'access-request', longInvoke, dateTime, specifications, values };
}

/** Reads what follows the tag; breaches as `readAccessRequest`. */
export function readAccessResponse(reader: Reader): AccessResponse {
	const longInvoke = reader.u32();
	const dateTime = readOctets(reader);
	const specifications = optional(reader, (from) => readList(from, readSpecification));
	const values = readList(reader, readData);
	const results = readList(reader, (from) => ({ kind: readKind(from), result: from.u8() }));
	return {
		apdu: 'access-response',
		longInvoke,
		dateTime,
		...(specifications && { specifications }),
		values,
		results,
	};
}

function readKind(reader: Reader): 'get' | 'set' | 'action' {
	const kind = reader.u8();
	if (kind === KIND.get) return 'get';
	if (kind === KIND.set) return 'set';
	return kind === KIND.action ? 'action' : reader.fail('unknown-kind', reader.offset - 1);
}

function readSpecification(reader: Reader): AccessSpecification {
	const octet = reader.peek() ?? 0;
	if (octet <= WITH_SELECTION) {
		const kind = readKind(reader);
		if (kind === 'action') return { kind, target: readMethod(reader) };
		return { kind, target: readBareAttribute(reader) };
	}
	reader.offset += 1;
	if (octet > WITH_SELECTION + KIND.set) reader.fail('unknown-kind', reader.offset - 1);
	const target = readBareAttribute(reader);
	const selection = { selector: reader.u8(), parameters: readData(reader) };
	return {
		kind: octet === WITH_SELECTION + KIND.get ? 'get' : 'set',
		target: { ...target, selection },
	};
}

function writeSpecification(writer: Writer, specification: AccessSpecification): void {
	if (specification.kind === 'action') {
		writeMethod(writer.u8(KIND.action), specification.target);
		return;
	}
	const { selection } = specification.target;
	writer.u8(KIND[specification.kind] + (selection ? WITH_SELECTION : 0));
	writeBareAttribute(writer, specification.target);
	if (selection) writeData(writer.u8(selection.selector), selection.parameters);
}

export function encodeAccessRequest(request: AccessRequest): Uint8Array {
	const writer = new Writer().u8(REQUEST).u32(request.longInvoke);
	writeOctets(writer, request.dateTime);
	writeList(writer, request.specifications, writeSpecification);
	writeList(writer, request.values, writeData);
	return writer.finish();
}

export function encodeAccessResponse(response: AccessResponse): Uint8Array {
	const writer = new Writer().u8(RESPONSE).u32(response.longInvoke);
	writeOctets(writer, response.dateTime);
	if (response.specifications) writeList(writer.u8(1), response.specifications, writeSpecification);
	else writer.u8(0);
	writeList(writer, response.values, writeData);
	writeList(writer, response.results, (to, { kind, result }) => to.u8(KIND[kind]).u8(result));
	return writer.finish();
}
