/** A backend for tills of a test's own making: it enrols, prices, keeps journals, opens sales and seals answers. */
import { CompactEncrypt, importJWK } from 'jose';
import * as v from 'valibot';
import type { BatchAnswer } from '#lib/core/sync/wire-vendors.ts';
import type { AgentApi } from '#lib/browser/api/agent.ts';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { decidePlace, EMPTY_JOURNAL, headAt, entryHash } from '#lib/core/sync/journal-chain.ts';
import { RevealedSale, SALE_SEAL, SignedTillEntry, TillSale } from '#lib/core/sync/till-journal.ts';
import type {
	DeviceKey,
	EnrolmentAnswer,
	EnrolmentRequest,
} from '#lib/core/sync/wire-terminals.ts';
import type { ClaimAnswer, ClaimRequest } from '#lib/core/sync/claim.ts';
import type {
	EntryOutcome,
	JournalBatchRequest,
	JournalRowAnswer,
	ReserveAnswer,
	ReserveRequest,
	TariffPack,
	TillStatus,
} from '#lib/core/sync/wire-till.ts';
import type { MeterConfirmation, VendAnswer } from '#lib/core/sync/wire.ts';
import { civilMomentOf } from '#lib/core/units/instant.ts';
import { problemOf } from '#lib/browser/sync/till-meters.ts';
import { estimateVend } from '#lib/core/vending/estimate.ts';
import type { OfflineTerms } from '#lib/core/vending/offline-terms.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import { makeSaleKey, saleKeyOf, sealTo, type SaleKey } from '#lib/server/till/sale-key.ts';
import { HOUR, newId, type FakeClocks } from '../vault/bench.ts';
import { no, yes } from './field-bench.ts';

export const DRN = '37204100004';
export const OTHER_DRN = '37204100012';
export const AGENT = '01935f2a-0000-7000-8000-0000000000a1';
export const OTHER_AGENT = '01935f2a-0000-7000-8000-0000000000a2';

export const UTILITY = {
	...{ name: 'Lakeside Power', address: '1 Shore Road', vatNumber: 'P051', helpLine: '0800 1' },
	...{ currency: { code: 'KES', minorDigits: 2 }, timeZone: 'Africa/Nairobi' },
};
export const TARIFF = {
	...{ id: 'domestic-flat', version: 1, name: 'Domestic' },
	...{ serviceFee: { fixedMinor: 0, basisPoints: 0 }, arrears: { maxBasisPoints: 0 } },
	...{ vat: { basisPoints: 0, inclusive: false }, fixedCharge: { perMonthMinor: 0 } },
	blocks: [{ upToDeciKwh: null, pricePerKwhE4: 20_000_000 }],
	order: ['vat' as const],
};
const ACCOUNT = {
	...{ month: '2026-11', boughtDeciKwh: 0, fixedChargeDue: false },
	...{ arrearsMinor: 0, leftOverMinor: 0 },
};
/** Wide enough for a test's day. */
export const TERMS: OfflineTerms = {
	queued: { perSaleMinor: 50_000, sumMinor: 200_000, count: 5, ageMs: 24 * HOUR },
	unkept: { perSaleMinor: 5_000, sumMinor: 5_000, count: 1, ageMs: HOUR },
	reserve: null,
};

type MadeWish = Extract<ReserveAnswer['wishes'][number], { made: true }>;

/** Where an answer, or a request, is lost. */
type Weather = 'fine' | 'request-lost' | 'answer-lost';

interface Taken {
	readonly entry: SignedTillEntry;
	readonly hash: string;
	readonly outcome: EntryOutcome;
}

export class FakeOffice {
	readonly clocks: FakeClocks;
	readonly saleKey: SaleKey;
	/** The backend's clock, ahead of the device's. */
	aheadMs = 0;
	weather: Weather = 'fine';
	state: 'active' | 'suspended' | 'revoked' = 'active';
	terms = TERMS;
	floatMinor = 1_000_000;
	packVersion = '1';
	packChange: Partial<TariffPack> = {};
	vendorId = 'corner-shop';
	utilityId = 'lakeside';
	terminalId = 'T-001';
	/** By what code a sale is refused; undefined: it is issued. */
	refuse: (sale: TillSale) => string | undefined = () => undefined;
	/** For what a sale that was taken waits; undefined: for nothing. */
	wait: (sale: TillSale) => string | undefined = () => undefined;
	/** In the making: asked again, it is done. */
	slow = false;
	/** Called while a request is answered. */
	during: () => void | Promise<void> = () => {};
	/** The journals, by device. */
	readonly journals = new Map<string, Taken[]>();
	readonly sales: (TillSale & { id: string })[] = [];
	readonly reveals: (RevealedSale & { vendId: string })[] = [];
	readonly sealedVends = new Map<
		string,
		{ sealed: string; drn: string; minor: number; under: Pick<MadeWish, 'key' | 'issuedAtMs'> }
	>();
	/** The key that every meter is on. */
	key = { sgc: '123456', krn: 1, ti: '01' };
	/** The ids of each request for sealed tokens that reached it. */
	readonly wishesAsked: string[][] = [];
	/** What it says to such a request as a whole; undefined: it makes the tokens. */
	turnAway: RefusalCode | undefined;
	/** What it says of a token that it made and does not hand out; undefined: it does. */
	withhold: (drn: string) => RefusalCode | undefined = () => undefined;
	readonly enrolled: EnrolmentRequest[] = [];
	/** What the books say of a batch; undefined: not found. */
	batch: (id: string) => Pick<BatchAnswer, 'state' | 'totals'> | undefined = () => undefined;
	readonly batchesAsked: string[] = [];
	/** What became of a provisional receipt. */
	claim: (asked: ClaimRequest) => ClaimAnswer = () => ({ state: 'not-arrived' });
	readonly claimsAsked: ClaimRequest[] = [];
	signedOut = 0;
	trials = 0;
	/** Requests that reached it. */
	asked = 0;
	/** What it says of every meter; undefined: nothing stands in the way of a sale. */
	notSold: string | undefined;
	#sealingKey: DeviceKey | undefined;
	#deviceId = '';
	readonly #paid = new Set<string>();
	#serial = 0;

	static async open(clocks: FakeClocks): Promise<FakeOffice> {
		return new FakeOffice(clocks, await saleKeyOf(makeSaleKey()));
	}

	private constructor(clocks: FakeClocks, saleKey: SaleKey) {
		this.clocks = clocks;
		this.saleKey = saleKey;
	}

	get entries(): SignedTillEntry[] {
		return [...this.journals.values()].flat().map(({ entry }) => entry);
	}

	kinds = () => this.entries.map(({ kind }) => kind);

	get online(): boolean {
		return this.weather !== 'request-lost';
	}

	nowMs = () => this.clocks.wallMs + this.aheadMs;

	/** What a page asks before the device is a till. */
	enrol = async (asked: EnrolmentRequest): Promise<ApiOutcome<EnrolmentAnswer>> => {
		if (this.weather === 'request-lost') return { kind: 'unknown' };
		const again = this.enrolled.at(-1);
		const isSame = again?.code === asked.code && again.publicKey.x === asked.publicKey.x;
		if (!isSame) {
			if (this.enrolled.some(({ code }) => code === asked.code)) return no('enrolment-code');
			if (this.enrolled.some(({ deviceId }) => deviceId === asked.deviceId)) return no('id-reused');
			this.enrolled.push(asked);
			this.#deviceId = asked.deviceId ?? '';
			this.#sealingKey = asked.sealingKey;
			this.journals.set(this.#deviceId, []);
			this.state = 'active';
		}
		if (this.weather === 'answer-lost') return { kind: 'unknown' };
		return yes({
			...{ terminalId: this.terminalId, name: 'Till 1', utilityId: this.utilityId },
			...{ vendor: { id: this.vendorId, name: 'Corner shop' }, utility: UTILITY },
			...{ saleKey: this.saleKey.publicKey, serverMs: this.nowMs(), signatureWindowMs: 300_000 },
		});
	};

	get api(): AgentApi {
		const asked =
			<Arguments extends unknown[], T>(
				work: (...given: Arguments) => ApiOutcome<T> | Promise<ApiOutcome<T>>,
			) =>
			async (...given: Arguments): Promise<ApiOutcome<T>> => {
				if (this.weather === 'request-lost') return { kind: 'unknown' };
				this.asked += 1;
				if (this.state === 'revoked') return no('terminal-revoked');
				const outcome = await work(...given);
				await this.during();
				return this.weather === 'fine' ? outcome : { kind: 'unknown' };
			};
		const api = {
			readStatus: asked(() => yes(this.status())),
			postJournal: asked((request: JournalBatchRequest) => this.#takeAll(request)),
			fetchPack: asked(() => yes(this.pack())),
			confirmMeter: asked((drn: string) => yes(this.confirmation(drn))),
			trialVend: asked(({ drn, amountMinor }: { drn: string; amountMinor: number }) => {
				this.trials += 1;
				const { waterfall, tariff } = this.#price(amountMinor);
				const { currency } = UTILITY;
				return yes({ drn, currency, tariff, waterfall, asOfMs: this.nowMs() });
			}),
			fillReserve: asked((request: ReserveRequest) => this.#makeReserve(request)),
			readBatch: asked((id: string) => {
				this.batchesAsked.push(id);
				const batch = this.batch(id);
				return batch ? yes(batch) : no('not-found');
			}),
			claim: asked((claim: ClaimRequest) => {
				this.claimsAsked.push(claim);
				return yes(this.claim(claim));
			}),
			signInByPassword: asked((login: string) => this.#session(login)),
			signOut: asked(() => ((this.signedOut += 1), yes({ ended: 1 }))),
		};
		return api as unknown as AgentApi;
	}

	status(): TillStatus {
		const journal = this.journals.get(this.#deviceId)?.at(-1);
		return {
			...{ terminalId: this.terminalId, name: 'Till 1', utilityId: this.utilityId },
			...{ vendor: { id: this.vendorId, name: 'Corner shop', state: 'active' } },
			...{ currency: UTILITY.currency, state: this.state === 'active' ? 'active' : 'suspended' },
			...{ floatMinor: this.floatMinor, availableMinor: Math.max(0, this.floatMinor) },
			...{ heldMinor: 0, packVersion: this.packVersion },
			terms: this.terms as TillStatus['terms'],
			journal: journal ? headAt(journal.entry) : EMPTY_JOURNAL,
			serverMs: this.nowMs(),
		};
	}

	pack(): TariffPack {
		return {
			...{ version: this.packVersion, utilityId: this.utilityId, utility: UTILITY },
			...{ terminalId: this.terminalId, issuedAtMs: this.nowMs() },
			...{ validUntilMs: this.nowMs() + 48 * HOUR, saleKey: this.saleKey.publicKey },
			...{ minTenderMinor: 1_000, maxTenderMinor: 1_000_000, tariffs: [TARIFF] },
			terms: this.terms as TariffPack['terms'],
			denominationsMinor: [100_000, 10_000],
			operators: [
				{ id: AGENT, name: 'Amina' },
				{ id: OTHER_AGENT, name: 'Baraka' },
			],
			...this.packChange,
		};
	}

	confirmation(drn: string): MeterConfirmation {
		return {
			...{ drn, ownerMasked: 'A**** O****', area: 'North', state: 'active', virtual: true },
			...{ ...this.key, ea: 7, tct: '02', utility: UTILITY },
			...{ minTenderMinor: 1_000, maxTenderMinor: 1_000_000, tariff: TARIFF },
			...{ account: ACCOUNT, asOfMs: this.nowMs() },
			...(this.notSold !== undefined && { notSold: this.notSold }),
		};
	}

	#price(amountMinor: number) {
		const moment = civilMomentOf(this.nowMs(), UTILITY.timeZone);
		const priced = estimateVend(amountMinor, TARIFF, ACCOUNT, moment);
		if ('refusal' in priced) throw new TypeError('a test sells what can be sold');
		return priced;
	}

	#session(login: string) {
		const operatorId = login === 'amina' ? AGENT : OTHER_AGENT;
		const vendorId = login === 'stranger' ? 'another-shop' : this.vendorId;
		const roles = login === 'clerk' ? (['office-clerk'] as const) : (['agent'] as const);
		const person = { kind: 'operator' as const, operatorId, login, name: login };
		return yes({
			...{ id: newId(), utilityId: this.utilityId, createdAtMs: this.nowMs() },
			...{ expiresAtMs: this.nowMs() + HOUR, idleMs: HOUR },
			person: { ...person, roles: [...roles], vendorId },
		});
	}

	async #takeAll({ rows }: JournalBatchRequest) {
		if (this.state === 'suspended') return no('journal-suspended');
		const answers: JournalRowAnswer[] = [];
		for (const row of rows) {
			if (row.what !== 'entry') throw new TypeError('a test damages nothing');
			answers.push(await this.#take(v.parse(SignedTillEntry, row.entry)));
		}
		return yes({ rows: answers, status: this.status() });
	}

	async #take(entry: SignedTillEntry): Promise<JournalRowAnswer> {
		const journal = this.journals.get(entry.deviceId) ?? [];
		const { sequence } = entry;
		const hash = entryHash(entry);
		const known = journal[sequence - 1];
		if (known?.hash === hash) {
			const outcome = await this.#carryOut(entry, true);
			return { taken: true, sequence, hash, outcome };
		}
		const last = journal.at(-1);
		const place = decidePlace(last ? headAt(last.entry) : EMPTY_JOURNAL, entry);
		if (place.place !== 'next') {
			if (place.place === 'fork') this.state = 'suspended';
			const refused = no(place.place === 'fork' ? 'journal-fork' : 'journal-gap');
			if (refused.kind !== 'problem') throw new TypeError('a no is a problem');
			return { taken: false, sequence, problem: refused.problem };
		}
		const outcome = await this.#carryOut(entry, false);
		journal.push({ entry, hash, outcome });
		return { taken: true, sequence, hash, outcome };
	}

	async #carryOut(entry: SignedTillEntry, isKnown: boolean): Promise<EntryOutcome> {
		const done: EntryOutcome = { state: 'done', code: null, sealed: null };
		if (entry.kind === 'reveal') {
			const text = await this.saleKey.unseal(entry.content.sealed);
			const { vendId } = entry.content;
			if (!isKnown) this.reveals.push({ ...v.parse(RevealedSale, JSON.parse(text ?? '')), vendId });
			return { ...done, state: 'issued' };
		}
		if (entry.kind !== 'sale') return done;
		const sale = v.parse(
			TillSale,
			JSON.parse((await this.saleKey.unseal(entry.content.sealed)) ?? 'null'),
		);
		if (!isKnown) this.sales.push({ ...sale, id: entry.id });
		const code = this.refuse(sale);
		if (code !== undefined) return { state: 'refused', code, sealed: null };
		const waitsFor = this.wait(sale);
		if (waitsFor !== undefined) return { state: 'waiting', code: waitsFor, sealed: null };
		if (this.slow && !isKnown) return { state: 'issuing', code: null, sealed: null };
		const { request } = sale;
		if (request.kind !== 'credit') throw new TypeError('a test sells credit');
		if (!this.#paid.has(entry.id)) this.floatMinor -= request.amountMinor;
		this.#paid.add(entry.id);
		const vend = this.vend(entry.id, request.drn, request.amountMinor);
		return {
			state: 'issued',
			code: null,
			sealed: await sealTo(sale.answerTo, JSON.stringify(vend)),
		};
	}

	vend(id: string, drn: string, amountMinor: number): VendAnswer {
		const { waterfall } = this.#price(amountMinor);
		const { energyDeciKwh } = waterfall;
		this.#serial += 1;
		const digits = String(this.#serial).padStart(20, '0');
		return {
			...{ id, state: 'issued', paymentId: null },
			receipt: {
				...{ receiptNumber: `${this.terminalId}/${this.#serial}`, issuedAtMs: this.nowMs() },
				...{ utility: UTILITY, terminal: this.terminalId, customerMasked: 'A****', drn },
				...{ ...this.key, ea: 7, tct: '02', tariffName: 'Domestic' },
				...{ waterfall: structuredClone(waterfall) as never, roundingGainDeciKwh: 0 },
			},
			tokens: [{ digits, kind: 'credit', energyDeciKwh, sequence: 1, of: 1, test: true }],
		};
	}

	async #makeReserve({ wishes }: ReserveRequest) {
		this.wishesAsked.push(wishes.map(({ id }) => id));
		if (this.turnAway) return no(this.turnAway);
		const key = this.#sealingKey;
		if (!key) throw new TypeError('a till has a sealing key');
		const expiresAtMs = this.nowMs() + 24 * HOUR;
		const made: ReserveAnswer['wishes'] = [];
		for (const { id, drn, denominationMinor } of wishes) {
			const vend = this.vend(id, drn, denominationMinor);
			const text = JSON.stringify({ vend, drn, denominationMinor, expiresAtMs });
			const sealed =
				this.sealedVends.get(id)?.sealed ??
				(await new CompactEncrypt(new TextEncoder().encode(text))
					.setProtectedHeader({ ...SALE_SEAL })
					.encrypt(await importJWK({ ...key }, SALE_SEAL.alg)));
			if (!this.sealedVends.has(id)) this.floatMinor -= denominationMinor;
			const under = this.sealedVends.get(id)?.under ?? { key: this.key, issuedAtMs: this.nowMs() };
			this.sealedVends.set(id, { sealed, drn, minor: denominationMinor, under });
			const withheld = this.withhold(drn);
			made.push(
				withheld
					? { made: false, id, problem: problemOf(withheld) }
					: { made: true, id, denominationMinor, expiresAtMs, sealed, ...under },
			);
		}
		return yes({ wishes: made, availableMinor: this.floatMinor });
	}
}
