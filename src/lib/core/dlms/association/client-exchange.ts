/**
 * One request of a client from its first APDU to its answer, long transfers included (IEC 62056-5-3,
 * 9.4.6), in plain APDUs.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { Reader } from '#lib/core/bytes/reader.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import {
	type ActionOutcome,
	type ActionResponse,
	encodeActionRequest,
	readOutcomes,
} from '../apdu/action.ts';
import type { Apdu } from '../apdu/apdu.ts';
import type { Conformance } from '../apdu/conformance.ts';
import { encodeGetRequest, type GetResponse, readGetResult, readGetResults } from '../apdu/get.ts';
import { encodeSetRequest, type SetResponse } from '../apdu/set.ts';
import { APDU_CLAUSE } from '../apdu/tags.ts';
import { decodeData } from '../axdr/decode.ts';
import { MAX_BLOCKS, MAX_MESSAGE_OCTETS } from '../limits.ts';
import { encodeWish, longRequest } from './client-request.ts';
import type { Answer, Wish } from './wish.ts';

/** What an exchange wants after each step. */
export type ExchangeStep =
	| { readonly kind: 'send'; readonly octets: Uint8Array }
	| { readonly kind: 'answer'; readonly answer: Answer };

/** Flag, block number and length around a block; kind and invoke id come on top. */
const BLOCK_HEADER = 3 + 1 + 4 + 5;

export interface ExchangeSettings {
	/** The invoke-id-and-priority octet. */
	readonly invoke: number;
	readonly agreed: Conformance;
	/** Longest plain APDU the meter takes. */
	readonly maxPdu: number;
}

export class ClientExchange {
	readonly #wish: Wish;
	readonly #settings: ExchangeSettings;
	/** Parts of a long answer. */
	#parts: Uint8Array[] = [];
	#octets = 0;
	#received = 0;
	/** The rest of a long request. */
	#rest: Uint8Array = new Uint8Array();
	#sentBlock = 0;

	constructor(wish: Wish, settings: ExchangeSettings) {
		this.#wish = wish;
		this.#settings = settings;
	}

	/** The first APDU: the whole request, or its first block where it is too long and that was agreed. */
	start(): Uint8Array {
		const whole = encodeWish(this.#wish, this.#settings.invoke);
		if (whole.length <= this.#settings.maxPdu) return whole;
		return this.#startBlocks() ?? whole;
	}

	/**
	 * Takes the meter's next APDU.
	 * @throws {Breach} `unexpected-answer`, `other-invoke-id`, `block-out-of-order`, `message-too-long`,
	 *   and those of decoding a long answer
	 */
	take(apdu: Apdu): ExchangeStep {
		const service = this.#wish.kind.split('-')[0] as string;
		if (apdu.apdu !== `${service}-response`) return fail('unexpected-answer', apdu.apdu);
		if (apdu.apdu === 'access-response')
			return { kind: 'answer', answer: { kind: 'access', response: apdu } };
		const response = apdu as GetResponse | SetResponse | ActionResponse;
		if ((response.invoke & 0x0f) !== (this.#settings.invoke & 0x0f))
			return fail('other-invoke-id', String(response.invoke & 0x0f));
		if (response.apdu === 'get-response') return this.#takeGet(response);
		return response.apdu === 'set-response' ? this.#takeSet(response) : this.#takeAction(response);
	}

	/** The first block of a long SET or ACTION; undefined where blocks were not agreed or do not help. */
	#startBlocks(): Uint8Array | undefined {
		const { invoke, agreed, maxPdu } = this.#settings;
		const long = longRequest(this.#wish, invoke, agreed);
		if (!long) return undefined;
		const header = long.firstBlock(new Uint8Array()).length + 4;
		this.#rest = long.content;
		this.#sentBlock = 1;
		return long.firstBlock(this.#cutRest(Math.max(1, maxPdu - header)));
	}

	#cutRest(length: number): Uint8Array {
		const part = this.#rest.subarray(0, length);
		this.#rest = this.#rest.subarray(length);
		return part;
	}

	/** The meter has block `acknowledged`; the next one goes out. */
	#nextBlock(acknowledged: number): ExchangeStep {
		if (acknowledged !== this.#sentBlock || this.#rest.length === 0)
			return fail('block-out-of-order', String(acknowledged));
		this.#sentBlock += 1;
		const raw = this.#cutRest(Math.max(1, this.#settings.maxPdu - BLOCK_HEADER));
		const { invoke } = this.#settings;
		const block = { invoke, last: this.#rest.length === 0, block: this.#sentBlock, raw };
		const octets = this.#wish.kind.startsWith('set')
			? encodeSetRequest({ apdu: 'set-request', kind: 'block', ...block })
			: encodeActionRequest({ apdu: 'action-request', kind: 'block', ...block });
		return { kind: 'send', octets };
	}

	#takeGet(response: GetResponse): ExchangeStep {
		const list = this.#wish.kind === 'get-list';
		if (response.kind === 'normal' && !list)
			return { kind: 'answer', answer: { kind: 'get', result: response.result } };
		if (response.kind === 'normal' && 'error' in response.result)
			return this.#listOfOneError(response.result.error);
		if (response.kind === 'with-list' && list)
			return { kind: 'answer', answer: { kind: 'get-list', results: response.results } };
		if (response.kind !== 'block') return fail('unexpected-answer', response.kind);
		if ('error' in response.part)
			return list
				? this.#listOfOneError(response.part.error)
				: { kind: 'answer', answer: { kind: 'get', result: response.part } };
		const whole = this.#joinBlock(response.block, response.last, response.part.raw);
		if (!whole) {
			const { invoke } = this.#settings;
			const next = { apdu: 'get-request', kind: 'next', invoke, block: response.block } as const;
			return { kind: 'send', octets: encodeGetRequest(next) };
		}
		if (!list)
			return { kind: 'answer', answer: { kind: 'get', result: { data: decodeData(whole) } } };
		const reader = new Reader(whole, APDU_CLAUSE);
		const results = readGetResults(reader);
		reader.expectEnd();
		return { kind: 'answer', answer: { kind: 'get-list', results } };
	}

	/** A meter that refuses a list as a whole refuses each entry. */
	#listOfOneError(error: number): ExchangeStep {
		const count = this.#wish.kind === 'get-list' ? this.#wish.targets.length : 1;
		const results = Array.from({ length: count }, () => ({ error }));
		return { kind: 'answer', answer: { kind: 'get-list', results } };
	}

	#takeSet(response: SetResponse): ExchangeStep {
		switch (response.kind) {
			case 'block':
				return this.#nextBlock(response.block);
			case 'normal':
			case 'last-block':
				return this.#setAnswer([response.result]);
			default:
				return this.#setAnswer(response.results);
		}
	}

	/** One result for a list stands for each of its entries. */
	#setAnswer(results: readonly number[]): ExchangeStep {
		const wish = this.#wish;
		if (wish.kind !== 'set-list')
			return results[0] === undefined
				? fail('unexpected-answer', 'no result')
				: { kind: 'answer', answer: { kind: 'set', result: results[0] } };
		const each = results.length === 1 ? wish.targets.map(() => results[0] as number) : results;
		return { kind: 'answer', answer: { kind: 'set-list', results: each } };
	}

	#takeAction(response: ActionResponse): ExchangeStep {
		switch (response.kind) {
			case 'next':
				return this.#nextBlock(response.block);
			case 'with-list':
				return this.#actionAnswer(response.results);
			case 'normal': {
				const { result, returned } = response;
				return this.#actionAnswer([{ result, ...(returned && { returned }) }]);
			}
			case 'block': {
				const whole = this.#joinBlock(response.block, response.last, response.raw);
				if (whole) return this.#actionAnswer(this.#outcomesOf(whole));
				const { invoke } = this.#settings;
				const next = {
					apdu: 'action-request',
					kind: 'next',
					invoke,
					block: response.block,
				} as const;
				return { kind: 'send', octets: encodeActionRequest(next) };
			}
		}
	}

	/**
	 * The blocks of an action's answer carry the list of outcomes, or for one method its return
	 * parameter: peers send it with and without the choice octet before it.
	 */
	#outcomesOf(whole: Uint8Array): readonly ActionOutcome[] {
		const reader = new Reader(whole, APDU_CLAUSE);
		if (this.#wish.kind === 'action-list') return readOutcomes(reader);
		if (whole.length > 1 && whole[0] === 0) return [{ result: 0, returned: readGetResult(reader) }];
		return [{ result: 0, returned: { data: decodeData(whole) } }];
	}

	#actionAnswer(outcomes: readonly ActionOutcome[]): ExchangeStep {
		if (this.#wish.kind === 'action-list')
			return { kind: 'answer', answer: { kind: 'action-list', outcomes } };
		const [outcome] = outcomes;
		return outcome
			? { kind: 'answer', answer: { kind: 'action', outcome } }
			: fail('unexpected-answer', 'no outcome');
	}

	/** The whole once the last block is there. @throws {Breach} `block-out-of-order`, `message-too-long` */
	#joinBlock(block: number, last: boolean, raw: Uint8Array): Uint8Array | undefined {
		if (block !== this.#received + 1) return fail('block-out-of-order', String(block));
		this.#received = block;
		this.#octets += raw.length;
		if (this.#octets > MAX_MESSAGE_OCTETS || block > MAX_BLOCKS)
			return fail('message-too-long', '');
		this.#parts.push(raw);
		return last ? concatBytes(...this.#parts) : undefined;
	}
}

function fail(code: string, detail: string): never {
	throw new Breach(code, 0, APDU_CLAUSE, detail);
}
