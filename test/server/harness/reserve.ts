/** A counter whose device keeps a journal and may be given sealed tokens; and what that device can open. */
import { compactDecrypt, importJWK } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { EMPTY_JOURNAL } from '#lib/core/sync/journal-chain.ts';
import type { RevealedSale, TillContents, TillFacts } from '#lib/core/sync/till-journal.ts';
import type { TillKind } from '#lib/core/vending/till-kinds.ts';
import { tillEntryAfter } from '#lib/core/sync/till-journal.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import { SealedVend, type ReserveAnswer } from '#lib/core/sync/wire-till.ts';
import type { ReserveTerms } from '#lib/core/vending/offline-terms.ts';
import * as v from 'valibot';
import type { Backend } from '#lib/server/backend.ts';
import { carryOut } from '#lib/server/till/carry-out.ts';
import type { Carried, EntryOf } from '#lib/server/till/carrying.ts';
import { makeReserves } from '#lib/server/till/reserve/make-reserves.ts';
import { sealTo } from '#lib/server/till/sale-key.ts';
import { openCounter, sell, type Counter, type CounterWish } from './counter.ts';
import { KITCHEN, mustBeTaken, newId, STEPS, WORKSHOP } from './shop.ts';

export const HOUR_MS = 3_600_000;
export const RESERVE_TERMS: ReserveTerms = {
	denominationsMinor: [10_000, 20_000, 50_000],
	sumMinor: 100_000,
	count: 4,
	lifeMs: 48 * HOUR_MS,
};

export type Wishes = Parameters<typeof makeReserves>[2]['wishes'];

/** A private key that only a device has. */
export interface SealingKey {
	readonly publicKey: DeviceKey;
	openText(sealed: string): Promise<string>;
	open(sealed: string): Promise<SealedVend>;
}

export function makeSealingKey(): SealingKey {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
	const publicKey: DeviceKey = { kty: 'EC', crv: 'P-256', x, y };
	const openText = async (sealed: string) => {
		const key = await importJWK({ ...publicKey, d }, 'ECDH-ES');
		const { plaintext } = await compactDecrypt(sealed, key);
		return new TextDecoder().decode(plaintext);
	};
	return {
		...{ publicKey, openText },
		open: async (sealed) => v.parse(SealedVend, JSON.parse(await openText(sealed))),
	};
}

export async function setReserveTerms(
	{ database }: Pick<Backend, 'database'>,
	{ caller }: Counter,
	reserve: ReserveTerms | null,
): Promise<void> {
	const unkept = { perSaleMinor: 0, sumMinor: 0, count: 0, ageMs: 0 };
	const terms = JSON.stringify({ queued: null, unkept, reserve });
	const { vendorId: vendor_id, utilityId: utility_id } = caller;
	await database
		.insertInto('offline_terms')
		.values({ vendor_id, utility_id, terms, set_by: 'a test', set_at_ms: 0 })
		.onConflict((on) => on.columns(['vendor_id', 'set_at_ms']).doUpdateSet({ terms }))
		.execute();
}

export class ReserveDevice {
	readonly backend: Backend;
	readonly counter: Counter;
	deviceId = newId();
	key = makeSealingKey();
	#sequence = 0;

	constructor(backend: Backend, counter: Counter) {
		this.backend = backend;
		this.counter = counter;
	}

	/** The till is this device from now on; again: another one. */
	async enrol(): Promise<void> {
		const { database } = this.backend;
		const { terminalId, utilityId } = this.counter.caller;
		const head = { device_id: this.deviceId, utility_id: utilityId, terminal_id: terminalId };
		await database
			.insertInto('till_head')
			.values({ ...head, ...EMPTY_JOURNAL, signing_key: '{}' })
			.execute();
		await this.becomes(this.deviceId);
	}

	/** A device that has a journal: tokens are sealed to this one's key. */
	async becomes(deviceId: string): Promise<void> {
		this.deviceId = deviceId;
		const sealing_key = JSON.stringify(this.key.publicKey);
		await this.backend.database
			.updateTable('terminal')
			.set({ device_id: deviceId, sealing_key, journal_state: 'active' })
			.where('id', '=', this.counter.caller.terminalId)
			.execute();
	}

	async wish(wishes: Wishes, operatorId = this.counter.operatorId): Promise<ReserveAnswer> {
		const asked = { wishes, operatorId };
		return mustBeTaken(await makeReserves(this.backend, this.counter.caller, asked, () => 0));
	}

	/** One token of 100.00 for the kitchen, sealed and opened. */
	async take(id = newId(), drn = KITCHEN): Promise<SealedVend & { id: string; digits: string }> {
		const { wishes } = await this.wish([{ id, drn, denominationMinor: 10_000 }]);
		const [made] = wishes;
		if (made?.made !== true) throw new Error(`not made: ${JSON.stringify(made)}`);
		const opened = await this.key.open(made.sealed);
		if (opened.vend.state !== 'issued') throw new Error('not issued');
		return { ...opened, id, digits: opened.vend.tokens[0]!.digits };
	}

	async reveal(
		vendId: string,
		{
			sale = CASH,
			...more
		}: Partial<TillFacts<'reveal'>> & {
			sale?: RevealedSale | string;
			batchId?: string;
		} = {},
	): Promise<Carried> {
		const sealed =
			typeof sale === 'string'
				? sale
				: await sealTo(this.backend.saleKey.publicKey, JSON.stringify(sale));
		const batchId = more.batchId ?? this.counter.shiftId;
		return await this.carry('reveal', { vendId, batchId, sealed }, more);
	}

	async end(vendId: string, more: Partial<TillFacts<'reserve-ended'>> = {}): Promise<Carried> {
		return await this.carry('reserve-ended', { vendId, because: 'expired' }, more);
	}

	/** As the journal does when the entry has its place. */
	async carry<Kind extends TillKind>(
		kind: Kind,
		content: TillContents[Kind],
		more: Partial<TillFacts<Kind>> = {},
	): Promise<Carried> {
		this.#sequence += 1;
		const { counter, backend, deviceId } = this;
		const { terminalId, vendorId } = counter.caller;
		const nowMs = backend.clock.nowMs();
		const facts: TillFacts<Kind> = {
			...{ id: newId(), deviceId, terminalId, acknowledged: 0, atMs: nowMs, offsetMs: 0 },
			...{ operatorId: counter.operatorId, kind, content },
			...more,
		};
		const head = { sequence: this.#sequence - 1, hash: EMPTY_JOURNAL.hash };
		const entry = { ...tillEntryAfter(head, facts), signature: '' } as unknown as EntryOf<Kind>;
		const row = {
			...{ id: facts.id, utility_id: 'lakeside', vendor_id: vendorId, terminal_id: terminalId },
			...{ device_id: facts.deviceId, sequence: this.#sequence, hash: EMPTY_JOURNAL.hash, kind },
			...{ subject_id: null, operator_id: facts.operatorId, at_ms: facts.atMs },
			...{ offset_ms: facts.offsetMs, taken_at_ms: nowMs, known_sequence: 0 },
			...{ provisional_count: 0, provisional_minor: 0, entry: '{}' },
		};
		return await carryOut({
			backend,
			till: counter.caller,
			entry,
			row,
			sale: undefined,
			digits: 'shown',
		});
	}
}

export const CASH: RevealedSale = { tender: { method: 'cash', tenderedMinor: 10_000 } };

/** With terms, and three meters that were sold to twice. */
export async function openReserveCounter(
	backend: Backend,
	wish: CounterWish & { readonly terms?: ReserveTerms | null } = {},
): Promise<ReserveDevice> {
	const counter = await openCounter(backend, wish);
	for (const drn of [KITCHEN, WORKSHOP, STEPS])
		for (let times = 0; times < 2; times += 1) await sell(backend, counter, drn, 20_000);
	const device = new ReserveDevice(backend, counter);
	await device.enrol();
	await setReserveTerms(backend, counter, wish.terms === undefined ? RESERVE_TERMS : wish.terms);
	return device;
}
