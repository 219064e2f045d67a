/** A till as a device that keeps a journal: writes and signs entries, seals sales, hands them in, opens the answers. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import {
	EMPTY_JOURNAL,
	entryText,
	headAt,
	type JournalHead,
} from '#lib/core/sync/journal-chain.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import {
	SALE_SEAL,
	tillEntryAfter,
	type SignedTillEntry,
	type TillContents,
	type TillSale,
} from '#lib/core/sync/till-journal.ts';
import { type TillKind } from '#lib/core/vending/till-kinds.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type {
	JournalBatchAnswer,
	JournalBatchRow,
	JournalRowAnswer,
} from '#lib/core/sync/wire-till.ts';
import type { FloatVendRequest, VendAnswer } from '#lib/core/sync/wire.ts';
import type { OfflineCaps, OfflineTerms } from '#lib/core/vending/offline-terms.ts';
import type { Backend } from '#lib/server/backend.ts';
import { handInJournal } from '#lib/server/till/hand-in.ts';
import { putOfflineTerms } from '#lib/server/till/offline-terms.ts';
import { floatSaleOf, openCounter, type Counter } from './counter.ts';
import { GUEST, mustBeTaken, newId, openShop, type Shop } from './shop.ts';

function keyPair(): { publicKey: DeviceKey; privateKey: KeyObject } {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	return { publicKey: { kty: 'EC', crv: 'P-256', x, y }, privateKey };
}

/** What an entry says of itself, where a test wants it otherwise. */
export interface EntryWish {
	readonly id?: string;
	readonly atMs?: number;
	readonly offsetMs?: number | null;
	readonly acknowledged?: number;
	readonly operatorId?: string;
	readonly terminalId?: string;
	readonly deviceId?: string;
}
export interface SaleWish extends EntryWish {
	readonly promise?: TillSale['promise'];
	readonly claimCode?: string;
	/** Of the request. */
	readonly request?: Partial<FloatVendRequest>;
	/** Of the seal, whatever its shape. */
	readonly sealed?: object;
	readonly batchId?: string;
}

/** The claim code of every sale that has no other. */
export const CLAIM_CODE = makeCode(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]));

export class JournalTill {
	readonly deviceId: string;
	readonly counter: Counter;
	readonly #shop: Shop;
	readonly #keys = keyPair();
	readonly #inbox = keyPair();
	head: JournalHead = EMPTY_JOURNAL;
	/** What the device believes that the backend has. */
	acknowledged = 0;
	/** What the device's clock is behind the server's, and whether it knows. */
	behindMs = 0;
	offsetMs: number | null = 0;
	/** The shift that it sells in. */
	shiftId: string;

	constructor(shop: Shop, counter: Counter, deviceId = newId()) {
		this.#shop = shop;
		this.counter = counter;
		this.deviceId = deviceId;
		this.shiftId = counter.shiftId;
	}

	get publicKey(): DeviceKey {
		return this.#keys.publicKey;
	}

	/** The terminal's device from now on, as an enrolment makes it. */
	async enrol(): Promise<this> {
		const { database } = this.#shop.backend;
		const { terminalId, utilityId } = this.counter.caller;
		const signing_key = JSON.stringify(this.publicKey);
		const own = { device_id: this.deviceId, utility_id: utilityId, terminal_id: terminalId };
		await database
			.insertInto('till_head')
			.values({ ...own, signing_key, ...EMPTY_JOURNAL })
			.execute();
		await database
			.updateTable('terminal')
			.set({ device_id: this.deviceId, journal_state: 'active', public_key: signing_key })
			.where('id', '=', terminalId)
			.execute();
		return this;
	}

	/** The next entry, signed; the journal goes on from it. */
	write<Kind extends TillKind>(
		kind: Kind,
		content: TillContents[Kind],
		wish: EntryWish = {},
	): SignedTillEntry {
		const { caller, operatorId } = this.counter;
		const entry = tillEntryAfter(this.head, {
			...{ id: newId(), deviceId: this.deviceId, terminalId: caller.terminalId, operatorId },
			...{ acknowledged: this.acknowledged, offsetMs: this.offsetMs, kind, content },
			atMs: this.#shop.clock.nowMs() - this.behindMs,
			...wish,
		});
		const key = { key: this.#keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
		const signature = sign('sha256', Buffer.from(entryText(entry)), key).toString('base64url');
		this.head = headAt(entry);
		return { ...entry, signature };
	}

	async sale(drn: string, amountMinor: number, wish: SaleWish = {}): Promise<SignedTillEntry> {
		const { promise = 'token', claimCode = CLAIM_CODE, request, sealed, batchId, ...of } = wish;
		const sale = {
			request: {
				...floatSaleOf(this.counter, drn, amountMinor),
				...(promise === 'provisional' && { estimated: true as const, agreed: null }),
				...request,
			},
			...{ promise, claimCode, replaces: null, answerTo: this.#inbox.publicKey },
			...sealed,
		};
		const content = { batchId: batchId ?? this.shiftId, sealed: await this.seal(sale) };
		return this.write('sale', content, of);
	}

	provisional(drn: string, amountMinor: number, wish: SaleWish = {}): Promise<SignedTillEntry> {
		return this.sale(drn, amountMinor, { promise: 'provisional', ...wish });
	}

	/** To the backend. */
	async seal(what: unknown): Promise<string> {
		const { publicKey } = this.#shop.backend.saleKey;
		return await new CompactEncrypt(Buffer.from(JSON.stringify(what)))
			.setProtectedHeader({ ...SALE_SEAL })
			.encrypt(await importJWK({ ...publicKey }, SALE_SEAL.alg));
	}

	/** As the operator opens it with the PIN. */
	async open(sealed: string | null): Promise<VendAnswer> {
		if (sealed === null) throw new Error('nothing is sealed');
		const { plaintext } = await compactDecrypt(sealed, this.#inbox.privateKey);
		return JSON.parse(new TextDecoder().decode(plaintext)) as VendAnswer;
	}

	async post(
		rows: readonly JournalBatchRow[],
		backend: Backend = this.#shop.backend,
		elapsedMs: () => number = () => 0,
	): Promise<JournalBatchAnswer> {
		const { caller } = this.counter;
		return mustBeTaken(await handInJournal(backend, caller, { rows: [...rows] }, elapsedMs));
	}

	/** Hands entries in, whatever they are. */
	async handIn(entries: readonly unknown[], backend?: Backend): Promise<JournalRowAnswer[]> {
		const rows = entries.map((entry) => ({ what: 'entry' as const, entry }));
		return (await this.post(rows, backend)).rows;
	}

	/** What each row was answered, in short: an outcome's state, and the code of a refusal. */
	async verdicts(entries: readonly unknown[]): Promise<string[]> {
		return (await this.handIn(entries)).map(inShort);
	}
}

/** `issued`, `refused offline-sum-cap`; of a row that was not taken `! journal-gap`. */
export function inShort(row: JournalRowAnswer): string {
	if (!row.taken) return `! ${row.problem.code}`;
	const { state, code } = row.outcome;
	return code === null ? state : `${state} ${code}`;
}

export const QUEUED: OfflineCaps = {
	...{ perSaleMinor: 100_000, sumMinor: 1_000_000, count: 100 },
	ageMs: 3 * 86_400_000,
};

/** What the office lets the counter's tills do. */
export async function allowQueue(
	{ backend, clock }: Pick<Shop, 'backend' | 'clock'>,
	{ caller: { vendorId } }: Counter,
	queued: Partial<OfflineCaps> = {},
	more: Partial<OfflineTerms> = {},
): Promise<void> {
	const unkept = { perSaleMinor: 0, sumMinor: 0, count: 0, ageMs: 0 };
	const terms = { queued: { ...QUEUED, ...queued }, unkept, reserve: null, ...more };
	const office = { ...GUEST, roles: ['office-manager'] as const, operatorId: newId() };
	mustBeTaken(await putOfflineTerms(backend, office, vendorId, terms));
	// What is sold from now on is sold by these terms, and by none that were set in the same millisecond.
	clock.ms += 1;
}

/** A till of a counter that keeps a journal, and may queue, in a shop of its own. */
export interface TillShop {
	readonly shop: Shop;
	readonly counter: Counter;
	readonly till: JournalTill;
}

export async function openTillShop(): Promise<TillShop> {
	const shop = await openShop();
	const counter = await openCounter(shop.backend);
	const till = await new JournalTill(shop, counter).enrol();
	await allowQueue(shop, counter);
	return { shop, counter, till };
}
