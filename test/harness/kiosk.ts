/**
 * A kiosk that sells whatever happens: it makes the id before it asks, signs every request anew, and asks
 * again with the same id and contents until the answer is final. Its network loses answers and doubles
 * requests, as it is told to.
 */
import * as v from 'valibot';
import { VendAnswer, type FloatVendRequest } from '#lib/core/sync/wire.ts';
import type { Database } from '#lib/server/database/open.ts';
import { book } from '#lib/server/ledger/book.ts';
import { transact } from '#lib/server/database/transact.ts';
import { newId } from '../server/harness/shop.ts';
import type { Till } from '../server/harness/till.ts';
import { enrolledTill } from '../server/harness/till.ts';

export interface KioskNetwork {
	/** Where it may ask: the next one is tried after each attempt. */
	readonly origins: readonly string[];
	/** From 0 up to, not including, 1. */
	readonly chance: () => number;
	/** Share of answers that are lost on the way. */
	readonly lossOfAnswers: number;
	/** Share of requests that are sent twice, to two nodes at the same time. */
	readonly doubles: number;
}

const FLOAT_MINOR = 100_000_000;
/** Longer than any answer takes, and shorter than a lost one is waited for. */
const GIVE_UP_MS = 8_000;
/** A request on its way when the line goes. */
const LOST_WITHIN_MS = 25;

export class Kiosk {
	readonly #till: Till;
	readonly #network: KioskNetwork;
	#asked = 0;

	private constructor(till: Till, network: KioskNetwork) {
		this.#till = till;
		this.#network = network;
	}

	/** Vendor, float, till and open shift, written into the books. */
	static async open(
		books: Database,
		number: number,
		network: KioskNetwork,
		nowMs: () => number,
	): Promise<Kiosk> {
		const vendorId = `kiosk-${number}`;
		const terminalId = `K-${number}`;
		const backend = { database: books, clock: { nowMs } } as never;
		const till = await enrolledTill(backend, terminalId, { id: vendorId, floatMinor: FLOAT_MINOR });
		await transact(books, async (write) => {
			await book(write, {
				utilityId: 'lakeside',
				kind: 'deposit',
				subjectId: newId(),
				atMs: nowMs(),
				currency: 'KES',
				entries: [
					{ account: 'bank', amountMinor: FLOAT_MINOR, step: 'deposit' },
					{
						account: { kind: 'agent-float', owner: vendorId },
						amountMinor: -FLOAT_MINOR,
						step: 'deposit',
					},
				],
			});
			await write
				.insertInto('batch')
				.values({
					...{ id: newId(), utility_id: 'lakeside', vendor_id: vendorId },
					...{ terminal_id: terminalId, kind: 'shift', parent_id: null, content_hash: '' },
					...{ state: 'open', opened_at_ms: nowMs(), opened_by: 'test' },
					...{ closed_at_ms: null, closed_by: null, totals: null },
				})
				.execute();
		});
		return new Kiosk(till, network);
	}

	/** Until the answer is final. A refusal is final too, and has an answer of its own. */
	async sell(drn: string, amountMinor: number): Promise<Sold> {
		const id = newId();
		const request: FloatVendRequest = {
			kind: 'credit',
			...{ drn, amountMinor, currency: 'KES', operatorId: null },
			agreed: { energyDeciKwh: 0, tariff: { id: 'domestic-flat', version: 1 } },
			tender: { method: 'cash', tenderedMinor: amountMinor },
			requestedAtMs: 0,
		};
		for (;;) {
			const answers = await this.#ask(id, request);
			const final = answers.find((answer) => answer !== undefined);
			if (final !== undefined) return { id, ...final };
			await new Promise((resolve) => setTimeout(resolve, 10 + this.#network.chance() * 40));
		}
	}

	async #ask(id: string, request: FloatVendRequest): Promise<(Final | undefined)[]> {
		const { chance, doubles } = this.#network;
		const copies = chance() < doubles ? 2 : 1;
		return await Promise.all(Array.from({ length: copies }, () => this.#send(id, request)));
	}

	async #send(id: string, request: FloatVendRequest): Promise<Final | undefined> {
		const { origins, chance, lossOfAnswers } = this.#network;
		const origin = origins[(this.#asked += 1) % origins.length] ?? '';
		const lost = chance() < lossOfAnswers;
		const signal = AbortSignal.timeout(lost ? Math.ceil(chance() * LOST_WITHIN_MS) : GIVE_UP_MS);
		try {
			const response = await fetch(
				this.#till.request('PUT', `${origin}/api/v1/vends/${id}`, request),
				{ signal },
			);
			return finalOf(response.status, await response.json());
		} catch {
			// No answer: nothing is known, so it is asked again.
			return undefined;
		}
	}
}

export interface Final {
	readonly outcome: 'issued' | 'refused';
	/** Of every token, in order; the refusal's code for one that was refused. */
	readonly text: string;
}
export type Sold = Final & { readonly id: string };

/** Undefined: ask again. */
function finalOf(status: number, body: unknown): Final | undefined {
	if (status === 200) {
		const answer = v.parse(VendAnswer, body);
		if (answer.state !== 'issued') return { outcome: 'refused', text: answer.state };
		return { outcome: 'issued', text: answer.tokens.map(({ digits }) => digits).join(' ') };
	}
	const code = (body as { code?: string }).code ?? '';
	return MAY_CHANGE.test(code) || status === 202 || status >= 500
		? undefined
		: { outcome: 'refused', text: code };
}

/** What a clock that was moved, a burst or a slow module makes of a request that is right. */
const MAY_CHANGE = /^(signature-|too-many-requests|security-module-unavailable|internal-error)/;
