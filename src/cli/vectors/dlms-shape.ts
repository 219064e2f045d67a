/**
 * Our values in the shape the DLMS vector file writes them in: `apdu`, `kind`, `iip`, `cls`, `ln`, and
 * data as `{t, v}`. And the comparison of the two.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import type { AccessSpecification } from '#lib/core/dlms/apdu/access.ts';
import type { ActionOutcome, ActionRequest, ActionResponse } from '#lib/core/dlms/apdu/action.ts';
import type { Apdu } from '#lib/core/dlms/apdu/apdu.ts';
import type { GetRequest, GetResponse, GetResult } from '#lib/core/dlms/apdu/get.ts';
import type { SetRequest, SetResponse } from '#lib/core/dlms/apdu/set.ts';
import type { AttributeTarget, MethodTarget } from '#lib/core/dlms/apdu/target.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { Mismatch } from './mismatch.ts';

/** What a JSON vector can hold, and bigints for 64-bit numbers. */
export type Shape =
	| string
	| number
	| bigint
	| boolean
	| undefined
	| readonly Shape[]
	| { readonly [name: string]: Shape };

const octet = (value: number): string => formatHex(Uint8Array.of(value));
const hex = (octets: Uint8Array | undefined): string | undefined => octets && formatHex(octets);
const wide = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

export function shapeOfData(data: Data): Shape {
	switch (data.type) {
		case 'null-data':
		case 'dont-care':
			return { t: data.type };
		case 'array':
		case 'structure':
		case 'compact-array':
			return { t: data.type, v: data.value.map(shapeOfData) };
		case 'boolean':
			return { t: data.type, v: data.octet ?? (data.value ? 1 : 0) };
		case 'bit-string':
			return { t: data.type, n: data.bits, v: formatHex(data.value) };
		default:
			return {
				t: data.type,
				v: data.value instanceof Uint8Array ? formatHex(data.value) : data.value,
			};
	}
}

function shapeOfAttribute(target: AttributeTarget): { [name: string]: Shape } {
	return {
		cls: target.classId,
		ln: target.logicalName,
		attr: target.attribute,
		id: target.attribute,
		...(target.selection && {
			selector: target.selection.selector,
			parameters: shapeOfData(target.selection.parameters),
		}),
	};
}

function shapeOfMethod(target: MethodTarget): { [name: string]: Shape } {
	return {
		cls: target.classId,
		ln: target.logicalName,
		method: target.method,
		id: target.method,
	};
}

const shapeOfResult = (result: GetResult): Shape =>
	'data' in result ? shapeOfData(result.data) : { error: result.error };

function shapeOfGet(apdu: GetRequest | GetResponse): Shape {
	const iip = octet(apdu.invoke);
	if (apdu.apdu === 'get-request') {
		if (apdu.kind === 'normal') return { kind: 1, iip, ...shapeOfAttribute(apdu.target) };
		if (apdu.kind === 'next') return { kind: 2, iip, block: apdu.block };
		return { kind: 3, iip, list: apdu.targets.map(shapeOfAttribute) };
	}
	if (apdu.kind === 'normal')
		return 'data' in apdu.result
			? { kind: 1, iip, data: shapeOfData(apdu.result.data) }
			: { kind: 1, iip, error: apdu.result.error };
	if (apdu.kind === 'with-list') return { kind: 3, iip, list: apdu.results.map(shapeOfResult) };
	const part = 'raw' in apdu.part ? { raw: formatHex(apdu.part.raw) } : apdu.part;
	return { kind: 2, iip, last: apdu.last, block: apdu.block, ...part };
}

const SET_KINDS = { normal: 1, 'first-block': 2, block: 3, 'with-list': 4, 'list-first-block': 5 };
const SET_ANSWERS = { normal: 1, block: 2, 'last-block': 3, 'last-list-block': 4, 'with-list': 5 };
const ACTION_KINDS = {
	normal: 1,
	next: 2,
	'with-list': 3,
	'first-block': 4,
	'list-first-block': 5,
	block: 6,
};
const ACTION_ANSWERS = { normal: 1, block: 2, 'with-list': 3, next: 4 };

function shapeOfSet(apdu: SetRequest | SetResponse): Shape {
	const iip = octet(apdu.invoke);
	if (apdu.apdu === 'set-request')
		return {
			kind: SET_KINDS[apdu.kind],
			iip,
			...('target' in apdu && shapeOfAttribute(apdu.target)),
			...('targets' in apdu && { list: apdu.targets.map(shapeOfAttribute) }),
			...('data' in apdu && { data: shapeOfData(apdu.data) }),
			...('values' in apdu && { data: apdu.values.map(shapeOfData) }),
			...blockShape(apdu),
		};
	const misnumbered = apdu.kind === 'with-list' && apdu.misnumbered;
	return {
		kind: misnumbered ? 4 : SET_ANSWERS[apdu.kind],
		iip,
		...('result' in apdu && { result: apdu.result }),
		...('results' in apdu && { list: apdu.results, results: apdu.results }),
		...('block' in apdu && { block: apdu.block }),
	};
}

function blockShape(apdu: object): { [name: string]: Shape } {
	const { last, block, raw } = apdu as { last?: boolean; block?: number; raw?: Uint8Array };
	return {
		...(last !== undefined && { last }),
		...(block !== undefined && { block }),
		...(raw && { raw: formatHex(raw) }),
	};
}

function shapeOfOutcome({ result, returned }: ActionOutcome): { [name: string]: Shape } {
	if (!returned) return { result };
	if ('error' in returned) return { result, 'return-error': returned.error };
	const data = shapeOfData(returned.data);
	return { result, return: data, 'return-data': data, data };
}

function shapeOfAction(apdu: ActionRequest | ActionResponse): Shape {
	const iip = octet(apdu.invoke);
	if (apdu.apdu === 'action-request')
		return {
			kind: ACTION_KINDS[apdu.kind],
			iip,
			...('target' in apdu && shapeOfMethod(apdu.target)),
			...('targets' in apdu && { list: apdu.targets.map(shapeOfMethod) }),
			...('parameter' in apdu && apdu.parameter && { parameter: shapeOfData(apdu.parameter) }),
			...('parameters' in apdu && { parameters: apdu.parameters.map(shapeOfData) }),
			...blockShape(apdu),
		};
	return {
		kind: ACTION_ANSWERS[apdu.kind],
		iip,
		...(apdu.kind === 'normal' && shapeOfOutcome(apdu)),
		...('results' in apdu && { list: apdu.results.map(shapeOfOutcome) }),
		...blockShape(apdu),
	};
}

const shapeOfSpecification = (specification: AccessSpecification): Shape => ({
	...(specification.kind === 'action'
		? shapeOfMethod(specification.target)
		: shapeOfAttribute(specification.target)),
	kind: specification.kind,
});

/** Names of the vector file that are not our own. */
const NAMES: Readonly<Record<string, string>> = {
	'initiate-request': 'initiateRequest',
	'initiate-response': 'initiateResponse',
	'confirmed-service-error': 'confirmedServiceError',
	'exception-response': 'exceptionResponse',
};

/** An APDU as the vector file writes it; `first` is its tag octet. */
export function shapeOfApdu(apdu: Apdu, first: number | undefined): { [name: string]: Shape } {
	return {
		...(shapeOfFields(apdu) as { [name: string]: Shape }),
		apdu: NAMES[apdu.apdu] ?? apdu.apdu,
		tag: first === undefined ? '' : octet(first),
	};
}

function shapeOfFields(apdu: Apdu): Shape {
	switch (apdu.apdu) {
		case 'AARQ':
			return {
				'protocol-version': hex(apdu.protocolVersion),
				context: hex(apdu.applicationContext),
				'called-AP-title': hex(apdu.calledApTitle),
				'calling-AP-title': hex(apdu.callingApTitle),
				'calling-AE-qualifier': hex(apdu.callingAeQualifier),
				'calling-AE-invocation-id': hex(apdu.callingAeInvocationId),
				'acse-requirements': hex(apdu.acseRequirements),
				mechanism: hex(apdu.mechanismName),
				'auth-value': hex(apdu.authenticationValue),
				'user-information': hex(apdu.userInformation),
			};
		case 'AARE':
			return {
				'protocol-version': hex(apdu.protocolVersion),
				context: hex(apdu.applicationContext),
				result: apdu.result,
				diagnostic: { source: apdu.diagnostic.source, value: apdu.diagnostic.value },
				'responding-AP-title': hex(apdu.respondingApTitle),
				'responding-AE-qualifier': hex(apdu.respondingAeQualifier),
				'acse-requirements': hex(apdu.acseRequirements),
				mechanism: hex(apdu.mechanismName),
				'auth-value': hex(apdu.authenticationValue),
				'user-information': hex(apdu.userInformation),
			};
		case 'RLRQ':
		case 'RLRE':
			return { reason: hex(apdu.reason), 'user-information': hex(apdu.userInformation) };
		case 'initiate-request':
		case 'initiate-response':
			return {
				...('dedicatedKey' in apdu && { 'dedicated-key': hex(apdu.dedicatedKey) }),
				...('responseAllowed' in apdu && { 'response-allowed': apdu.responseAllowed }),
				qos: apdu.qualityOfService,
				version: apdu.version,
				conformance: wide(apdu.conformance, 6),
				'max-pdu': apdu.maxPdu,
				...('vaaName' in apdu && { vaa: wide(apdu.vaaName, 4) }),
			};
		case 'get-request':
		case 'get-response':
			return shapeOfGet(apdu);
		case 'set-request':
		case 'set-response':
			return shapeOfSet(apdu);
		case 'action-request':
		case 'action-response':
			return shapeOfAction(apdu);
		case 'access-request':
		case 'access-response':
			return {
				'long-iip': wide(apdu.longInvoke, 8),
				'date-time': hex(apdu.dateTime),
				specs: apdu.specifications?.map(shapeOfSpecification),
				data: apdu.values.map(shapeOfData),
				...('results' in apdu && { results: apdu.results.map((result) => ({ ...result })) }),
			};
		case 'data-notification':
			return {
				'long-iip': wide(apdu.longInvoke, 8),
				'date-time': hex(apdu.dateTime),
				body: shapeOfData(apdu.body),
			};
		case 'event-notification':
			return {
				time: hex(apdu.time) ?? '',
				...shapeOfAttribute(apdu.target),
				data: shapeOfData(apdu.value),
				value: shapeOfData(apdu.value),
			};
		case 'exception-response':
			return { state: apdu.state, service: apdu.service, extra: hex(apdu.extra) };
		case 'confirmed-service-error':
			return { service: apdu.service, 'error-class': apdu.errorClass, value: apdu.value };
		case 'general-block-transfer':
			return {
				last: apdu.last,
				streaming: apdu.streaming,
				window: apdu.window,
				block: apdu.block,
				'block-ack': apdu.acknowledged,
				data: hex(apdu.raw),
				raw: hex(apdu.raw),
			};
		default:
			return {};
	}
}

/** Where two shapes differ: what was wanted at which path, and what came; undefined where they agree. */
export function difference(wanted: unknown, got: Shape, path: string): Mismatch | undefined {
	if (Array.isArray(wanted)) {
		if (!Array.isArray(got) || got.length !== wanted.length)
			return new Mismatch(
				`${path}: ${wanted.length} entries`,
				Array.isArray(got) ? String(got.length) : 'none',
			);
		return wanted
			.map((entry, index) => difference(entry, got[index], `${path}[${index}]`))
			.find((found) => found !== undefined);
	}
	if (typeof wanted === 'object' && wanted !== null) {
		const fields = typeof got === 'object' ? (got as { [name: string]: Shape }) : {};
		for (const [name, value] of Object.entries(wanted)) {
			if (name === 'rest' || ((wanted as { apdu?: unknown }).apdu === 'other' && name === 'apdu'))
				continue;
			if (fields[name] === undefined)
				return new Mismatch(`${path}.${name}`, 'no field of that name');
			const found = difference(value, fields[name], `${path}.${name}`);
			if (found) return found;
		}
		return undefined;
	}
	return same(wanted, got) ? undefined : new Mismatch(`${path} ${String(wanted)}`, String(got));
}

function same(wanted: unknown, got: Shape): boolean {
	if (typeof wanted === 'string' && typeof got === 'string')
		return wanted.toLowerCase() === got.toLowerCase();
	if (typeof wanted === 'number' && typeof got === 'bigint') return Number(got) === wanted;
	if (typeof wanted === 'number' && typeof got === 'boolean') return Number(got) === wanted;
	if (typeof wanted === 'boolean' && typeof got === 'number') return (got !== 0) === wanted;
	return wanted === got;
}
