/**
 * Serving GET, SET, ACTION and ACCESS with every long transfer (IEC 62056-5-3, 9.3 and 9.4.6), in plain
 * APDUs. What was not agreed is answered with an exception.
 */
import { Reader } from '#lib/core/bytes/reader.ts';
import { concatBytes, Writer } from '#lib/core/bytes/writer.ts';
import type { AccessRequest } from '../apdu/access.ts';
import { type ActionOutcome, type ActionRequest, writeOutcomes } from '../apdu/action.ts';
import { type Apdu, encodeApdu } from '../apdu/apdu.ts';
import type { Block } from '../apdu/block.ts';
import { allows, type Conformance, type ConformanceBit } from '../apdu/conformance.ts';
import { type GetRequest, type GetResult, writeGetResults } from '../apdu/get.ts';
import {
	ACTION_RESULTS,
	codeOf,
	DATA_ACCESS_RESULTS,
	type DataAccessResult,
	type ExceptionService,
	EXCEPTION_SERVICES,
	EXCEPTION_STATES,
	type ExceptionState,
} from '../apdu/results.ts';
import { readValues, type SetRequest } from '../apdu/set.ts';
import { APDU_CLAUSE } from '../apdu/tags.ts';
import type { AttributeTarget, MethodTarget } from '../apdu/target.ts';
import { NULL_DATA } from '../axdr/build.ts';
import type { Data } from '../axdr/data-type.ts';
import { decodeData } from '../axdr/decode.ts';
import { encodeData } from '../axdr/encode.ts';
import { MAX_MESSAGE_OCTETS } from '../limits.ts';
import type { Access, MeterApplication } from './meter-settings.ts';

/** Tag, kind, invoke id, last, number, choice, length: what stands around a block. */
const BLOCK_HEADER = 3 + 1 + 4 + 1 + 5;

export interface ServiceSettings {
	readonly application: MeterApplication;
	readonly agreed: Conformance;
	/** Longest plain APDU the client takes. */
	readonly maxPdu: number;
}

/** An answer that goes out block by block. */
interface LongAnswer {
	readonly service: 'get' | 'action';
	rest: Uint8Array;
	block: number;
}

/** A request that comes in block by block. */
interface LongRequest {
	readonly service: 'set' | 'action';
	readonly targets: readonly (AttributeTarget | MethodTarget)[];
	readonly list: boolean;
	readonly parts: Uint8Array[];
	octets: number;
	block: number;
}

const accessCode = (name: DataAccessResult): number => codeOf(DATA_ACCESS_RESULTS, name);

/** An exception-response by name. */
export function exception(
	state: ExceptionState,
	service: ExceptionService,
	extra: Uint8Array = new Uint8Array(),
): Apdu {
	return {
		apdu: 'exception-response',
		state: codeOf(EXCEPTION_STATES, state),
		service: codeOf(EXCEPTION_SERVICES, service),
		extra,
	};
}

const NOT_AGREED = exception('service-not-allowed', 'service-not-supported');

/** The services of one association. */
export class MeterService {
	readonly #settings: ServiceSettings;
	#answer: LongAnswer | undefined;
	#request: LongRequest | undefined;

	constructor(settings: ServiceSettings) {
		this.#settings = settings;
	}

	/** The answer to a request. @throws {Breach} where a long request does not decode */
	serve(request: GetRequest | SetRequest | ActionRequest | AccessRequest, access: Access): Apdu {
		switch (request.apdu) {
			case 'get-request':
				return this.#agrees('get') ? this.#get(request, access) : NOT_AGREED;
			case 'set-request':
				return this.#agrees('set') ? this.#set(request, access) : NOT_AGREED;
			case 'action-request':
				return this.#agrees('action') ? this.#action(request, access) : NOT_AGREED;
			case 'access-request':
				return this.#agrees('access') ? this.#access(request, access) : NOT_AGREED;
		}
	}

	#agrees(bit: ConformanceBit): boolean {
		return allows(this.#settings.agreed, bit);
	}

	#get(request: GetRequest, access: Access): Apdu {
		const { invoke } = request;
		if (request.kind === 'next') return this.#nextBlock('get', invoke, request.block);
		this.#answer = undefined;
		if (request.kind === 'normal') {
			const result = this.#read(request.target, access);
			const response = { apdu: 'get-response', kind: 'normal', invoke, result } as const;
			if ('error' in result || this.#fits(response)) return response;
			return this.#long('get', response, encodeData(result.data), () => ({
				...response,
				result: { error: accessCode('other-reason') },
			}));
		}
		if (!this.#agrees('multiple-references')) return NOT_AGREED;
		const results = request.targets.map((target) => this.#read(target, access));
		const response = { apdu: 'get-response', kind: 'with-list', invoke, results } as const;
		if (this.#fits(response)) return response;
		const writer = new Writer();
		writeGetResults(writer, results);
		return this.#long('get', response, writer.finish(), () => ({
			...response,
			results: results.map(() => ({ error: accessCode('other-reason') })),
		}));
	}

	#read(target: AttributeTarget, access: Access): GetResult {
		if (target.selection && !this.#agrees('selective-access'))
			return { error: accessCode('other-reason') };
		const outcome = this.#settings.application.read(target, access);
		return 'data' in outcome ? outcome : { error: accessCode(outcome.refused) };
	}

	#fits(apdu: Apdu): boolean {
		return encodeApdu(apdu).length <= this.#settings.maxPdu;
	}

	/**
	 * Starts a long answer where blocks of its service were agreed. Else it stays whole for the general
	 * blocks, or becomes what `refused` makes of it.
	 */
	#long(
		service: 'get' | 'action',
		whole: Apdu & { readonly invoke: number },
		raw: Uint8Array,
		refused: () => Apdu,
	): Apdu {
		const { invoke } = whole;
		const bit = service === 'get' ? 'block-transfer-with-get' : 'block-transfer-with-action';
		if (!this.#agrees(bit)) return this.#agrees('general-block-transfer') ? whole : refused();
		this.#answer = { service, rest: raw, block: 0 };
		return this.#nextBlock(service, invoke, 0);
	}

	#nextBlock(service: 'get' | 'action', invoke: number, acknowledged: number): Apdu {
		const answer = this.#answer;
		if (answer?.service !== service)
			return this.#blockError(service, invoke, acknowledged, 'no-long-get-in-progress');
		if (acknowledged !== answer.block) {
			this.#answer = undefined;
			return this.#blockError(service, invoke, acknowledged, 'data-block-number-invalid');
		}
		const raw = answer.rest.subarray(0, Math.max(1, this.#settings.maxPdu - BLOCK_HEADER));
		answer.rest = answer.rest.subarray(raw.length);
		answer.block += 1;
		const last = answer.rest.length === 0;
		const { block } = answer;
		if (last) this.#answer = undefined;
		return service === 'get'
			? { apdu: 'get-response', kind: 'block', invoke, last, block, part: { raw } }
			: { apdu: 'action-response', kind: 'block', invoke, last, block, raw };
	}

	#blockError(
		service: 'get' | 'action',
		invoke: number,
		block: number,
		result: 'no-long-get-in-progress' | 'data-block-number-invalid',
	): Apdu {
		if (service === 'get') {
			const part = { error: accessCode(result) };
			return { apdu: 'get-response', kind: 'block', invoke, last: true, block, part };
		}
		const name =
			result === 'no-long-get-in-progress' ? 'no-long-action-in-progress' : 'long-action-aborted';
		return {
			apdu: 'action-response',
			kind: 'normal',
			invoke,
			result: codeOf(ACTION_RESULTS, name),
		};
	}

	#set(request: SetRequest, access: Access): Apdu {
		const { invoke } = request;
		switch (request.kind) {
			case 'normal': {
				const result = this.#write(request.target, request.data, access);
				return { apdu: 'set-response', kind: 'normal', invoke, result };
			}
			case 'with-list': {
				if (!this.#agrees('multiple-references')) return NOT_AGREED;
				const results = request.targets.map((target, index) =>
					this.#write(target, request.values[index] as Data, access),
				);
				return { apdu: 'set-response', kind: 'with-list', invoke, results };
			}
			case 'first-block':
				return this.#firstBlock('set', [request.target], false, request, access);
			case 'list-first-block':
				return this.#firstBlock('set', request.targets, true, request, access);
			case 'block':
				return this.#moreBlock('set', request, access);
		}
	}

	#write(target: AttributeTarget, data: Data, access: Access): number {
		if (target.selection && !this.#agrees('selective-access')) return accessCode('other-reason');
		return accessCode(this.#settings.application.write(target, data, access));
	}

	#action(request: ActionRequest, access: Access): Apdu {
		const { invoke } = request;
		switch (request.kind) {
			case 'normal': {
				const outcome = this.#invoke(request.target, request.parameter, access);
				return this.#actionAnswer(invoke, outcome);
			}
			case 'next':
				return this.#nextBlock('action', invoke, request.block);
			case 'with-list': {
				if (!this.#agrees('multiple-references')) return NOT_AGREED;
				const results = request.targets.map((target, index) =>
					this.#invoke(target, request.parameters[index], access),
				);
				return this.#actionListAnswer(invoke, results);
			}
			case 'first-block':
				return this.#firstBlock('action', [request.target], false, request, access);
			case 'list-first-block':
				return this.#firstBlock('action', request.targets, true, request, access);
			case 'block':
				return this.#moreBlock('action', request, access);
		}
	}

	#invoke(target: MethodTarget, parameter: Data | undefined, access: Access): ActionOutcome {
		const given = parameter?.type === 'null-data' ? undefined : parameter;
		const { result, returned } = this.#settings.application.invoke(target, given, access);
		return {
			result: codeOf(ACTION_RESULTS, result),
			...(returned && { returned: { data: returned } }),
		};
	}

	#actionAnswer(invoke: number, outcome: ActionOutcome): Apdu {
		const response = { apdu: 'action-response', kind: 'normal', invoke, ...outcome } as const;
		if (!outcome.returned || !('data' in outcome.returned) || this.#fits(response)) return response;
		const { data } = outcome.returned;
		return this.#long('action', response, encodeData(data), () => ({
			...response,
			returned: { error: accessCode('other-reason') },
		}));
	}

	#actionListAnswer(invoke: number, results: readonly ActionOutcome[]): Apdu {
		const response = { apdu: 'action-response', kind: 'with-list', invoke, results } as const;
		if (this.#fits(response)) return response;
		const writer = new Writer();
		writeOutcomes(writer, results);
		return this.#long('action', response, writer.finish(), () => ({
			...response,
			results: results.map(({ result }) => ({ result })),
		}));
	}

	#firstBlock(
		service: 'set' | 'action',
		targets: readonly (AttributeTarget | MethodTarget)[],
		list: boolean,
		request: Block & { readonly invoke: number },
		access: Access,
	): Apdu {
		const bit = service === 'set' ? 'block-transfer-with-set' : 'block-transfer-with-action';
		if (!this.#agrees(bit) || (list && !this.#agrees('multiple-references'))) return NOT_AGREED;
		this.#request = { service, targets, list, parts: [], octets: 0, block: 0 };
		return this.#moreBlock(service, request, access);
	}

	#moreBlock(
		service: 'set' | 'action',
		{ invoke, last, block, raw }: Block & { readonly invoke: number },
		access: Access,
	): Apdu {
		const request = this.#request;
		if (request?.service !== service)
			return this.#longRefused(service, invoke, block, 'no-long-set-in-progress');
		if (block !== request.block + 1) {
			this.#request = undefined;
			return this.#longRefused(service, invoke, block, 'data-block-number-invalid');
		}
		request.block = block;
		request.octets += raw.length;
		if (request.octets > MAX_MESSAGE_OCTETS) {
			this.#request = undefined;
			return this.#longRefused(service, invoke, block, 'long-set-aborted');
		}
		request.parts.push(raw);
		if (!last)
			return service === 'set'
				? { apdu: 'set-response', kind: 'block', invoke, block }
				: { apdu: 'action-response', kind: 'next', invoke, block };
		this.#request = undefined;
		return this.#finishLong(request, invoke, access);
	}

	#longRefused(
		service: 'set' | 'action',
		invoke: number,
		block: number,
		name: 'no-long-set-in-progress' | 'data-block-number-invalid' | 'long-set-aborted',
	): Apdu {
		if (service === 'set')
			return { apdu: 'set-response', kind: 'last-block', invoke, result: accessCode(name), block };
		const result =
			name === 'no-long-set-in-progress' ? 'no-long-action-in-progress' : 'long-action-aborted';
		return {
			apdu: 'action-response',
			kind: 'normal',
			invoke,
			result: codeOf(ACTION_RESULTS, result),
		};
	}

	#finishLong(request: LongRequest, invoke: number, access: Access): Apdu {
		const whole = concatBytes(...request.parts);
		const { block, targets } = request;
		const values = request.list ? decodeValues(whole, targets) : [decodeData(whole)];
		if (request.service === 'set') {
			const results = targets.map((target, index) =>
				this.#write(target as AttributeTarget, values[index] as Data, access),
			);
			return request.list
				? { apdu: 'set-response', kind: 'last-list-block', invoke, results, block }
				: { apdu: 'set-response', kind: 'last-block', invoke, result: results[0] as number, block };
		}
		const outcomes = targets.map((target, index) =>
			this.#invoke(target as MethodTarget, values[index], access),
		);
		return request.list
			? this.#actionListAnswer(invoke, outcomes)
			: this.#actionAnswer(invoke, outcomes[0] as ActionOutcome);
	}

	#access(request: AccessRequest, access: Access): Apdu {
		const values: Data[] = [];
		const results = request.specifications.map((specification, index) => {
			const value = request.values[index] as Data;
			const { kind, target } = specification;
			if (kind === 'action') {
				const outcome = this.#invoke(target, value, access);
				values.push(
					outcome.returned && 'data' in outcome.returned ? outcome.returned.data : NULL_DATA,
				);
				return { kind, result: outcome.result };
			}
			if (kind === 'set') {
				values.push(NULL_DATA);
				return { kind, result: this.#write(target, value, access) };
			}
			const result = this.#read(target, access);
			values.push('data' in result ? result.data : NULL_DATA);
			return { kind, result: 'error' in result ? result.error : 0 };
		});
		const { longInvoke } = request;
		return { apdu: 'access-response', longInvoke, dateTime: new Uint8Array(), values, results };
	}
}

function decodeValues(octets: Uint8Array, targets: readonly unknown[]): Data[] {
	const reader = new Reader(octets, APDU_CLAUSE);
	const values = readValues(reader, targets);
	reader.expectEnd();
	return values;
}
