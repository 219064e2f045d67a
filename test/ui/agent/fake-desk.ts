/** A till's desk of a test's own making: what it is asked, and what it answers, are plain arrays and functions. */
import type { TerminalHereRow, TillSaleRow } from '#lib/browser/store/agent-rows.ts';
import type {
	MeterSight,
	OpenedSale,
	Priced,
	SealedToken,
	SaleWish,
	SellOutcome,
	TillDesk,
	TillGlance,
} from '#lib/browser/sync/till-desk.ts';
import type { MeterConfirmation, VendAnswer } from '#lib/core/sync/wire.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import type { PlainTariff } from '#lib/core/vending/tariff.ts';
import { priceVend } from '#lib/core/vending/price.ts';
import { NOTHING_UNSYNCED } from '#lib/core/vending/offline-terms.ts';

export const KES = { code: 'KES', minorDigits: 2 };
export const DRN = '01234567897';
export const OTHER_DRN = '12345678903';
export const NOW = Date.UTC(2026, 10, 30, 9, 0);
const KEY = { kty: 'EC' as const, crv: 'P-256' as const, x: 'x'.repeat(43), y: 'y'.repeat(43) };

const utility = {
	...{ name: 'Lakeside Power', address: 'Quay Road 1', vatNumber: 'P051' },
	...{ helpLine: '+254 20 555 0100', currency: KES, timeZone: 'Africa/Nairobi' },
};

export const TERMINAL: TerminalHereRow = {
	...{ key: 'till' as const, schema: 1, deviceId: 'device', terminalId: 'T-001' },
	...{ name: 'Corner shop', vendor: { id: 'corner', name: 'Corner shop' }, utilityId: 'lakeside' },
	...{ utility, saleKey: KEY, enrolledAtMs: NOW, offsetMs: 0, status: null, heardAtMs: NOW },
	...{ revokedAtMs: null, stop: null },
} as TerminalHereRow;

export const OPERATOR = {
	...{ operatorId: 'one', login: 'amina', name: 'Amina Otieno', lastSignedInMs: NOW },
	inbox: KEY,
};

export const confirmationOf = (drn: string, part: Partial<MeterConfirmation> = {}) =>
	({
		...{ drn, ownerMasked: 'A**** O*****', area: 'Kisumu, Milimani', state: 'active' },
		...{ virtual: false, sgc: '999962', krn: 1, ti: '01', ea: 7, tct: '02' },
		...{ minTenderMinor: 1_000, maxTenderMinor: 5_000_000, utility, asOfMs: NOW },
		tariff: {
			...{ id: 'domestic', version: 1, name: 'Domestic' },
			serviceFee: { fixedMinor: 500, basisPoints: 0 },
			...{ arrears: { maxBasisPoints: 5_000 }, vat: { basisPoints: 1_600, inclusive: false } },
			fixedCharge: { perMonthMinor: 0 },
			blocks: [
				{ upToDeciKwh: 300, pricePerKwhE4: 12_230_000 },
				{ upToDeciKwh: null, pricePerKwhE4: 16_450_000 },
			],
			order: ['service-fee', 'arrears', 'vat', 'fixed-charge'],
		},
		account: {
			...{ month: '2026-11', boughtDeciKwh: 0, fixedChargeDue: false },
			...{ arrearsMinor: 0, leftOverMinor: 0 },
		},
		...part,
	}) as unknown as MeterConfirmation;

export const known = (drn = DRN, from: 'backend' | 'kept' = 'backend'): MeterSight => ({
	kind: 'known',
	confirmation: confirmationOf(drn),
	from,
	fetchedAtMs: NOW - 2 * 86_400_000,
});

export function pricedOf(amountMinor: number, by: 'backend' | 'estimate' = 'backend'): Priced {
	const { tariff, account } = confirmationOf(DRN);
	const price = priceVend(amountMinor, tariff as unknown as PlainTariff, account);
	if ('refusal' in price) throw new RangeError(price.refusal);
	const { waterfall } = price;
	const { energyDeciKwh } = waterfall;
	return {
		kind: 'priced',
		by,
		waterfall,
		agreed: { energyDeciKwh, tariff: { id: 'domestic', version: 1 } },
	};
}

export const CLAIM = makeCode(new Uint8Array([1, 9, 20, 31, 7, 0, 12, 28]));

/** A sale as the store would have it. */
export function saleOf(
	{ drn, amountMinor, tender, sight, priced, replaces, notifyPhone }: SaleWish,
	state: TillSaleRow['state'],
	part: Partial<TillSaleRow> = {},
): OpenedSale {
	const confirmation = sight?.kind === 'known' ? sight.confirmation : null;
	const waterfall = priced?.kind === 'priced' ? priced.waterfall : null;
	const row = {
		...{ id: `sale-${amountMinor}-${part.atMs ?? NOW}`, schema: 1, operatorId: 'one', drnTag: drn },
		...{ atMs: NOW, shiftId: 'shift', amountMinor, method: tender.method },
		...{ energyDeciKwh: waterfall?.energyDeciKwh ?? null, promise: 'token', state, code: null },
		...{ sealed: {}, answer: null, printed: 0, ...part },
	} as unknown as TillSaleRow;
	return {
		row,
		details: {
			...{ drn, ownerMasked: confirmation?.ownerMasked ?? null, area: confirmation?.area ?? null },
			...{ tenderedMinor: tender.tenderedMinor, waterfall, claimCode: CLAIM },
			notifyPhone: notifyPhone ?? null,
			...{ priced: waterfall ? 'backend' : 'not', replaces: replaces ?? null },
		},
		answer: state === 'issued' ? answerOf(row.id, waterfall?.energyDeciKwh ?? 0) : null,
	};
}

const answerOf = (id: string, energyDeciKwh: number) =>
	({
		...{ id, state: 'issued', paymentId: null, receipt: {} },
		tokens: [
			{
				...{ digits: '47083921556012784039', kind: 'credit', energyDeciKwh },
				...{ sequence: 1, of: 1, test: true },
			},
		],
	}) as unknown as VendAnswer;

export const GLANCE: TillGlance = {
	...{ availableMinor: 1_234_000, heardAtMs: NOW, unsynced: NOTHING_UNSYNCED },
	caps: { perSaleMinor: 200_000, sumMinor: 1_000_000, count: 40, ageMs: 72 * 3_600_000 },
	...{ toRefund: 0, toMend: 0, toHandOver: 0, stop: null, reserve: { count: 0, sumMinor: 0 } },
	shift: {
		...{ id: 'shift', kind: 'shift', parentId: null, operatorId: 'one', state: 'open' },
		...{ openedAtMs: NOW - 3_600_000, closedAtMs: null, closing: null, totals: null },
	},
} as unknown as TillGlance;

/** Answers as a backend in reach would; a test says what is otherwise. */
export class FakeDesk {
	readonly wishes: SaleWish[] = [];
	readonly asked: string[] = [];
	readonly refunded: string[] = [];
	outcome: (wish: SaleWish) => SellOutcome | Promise<SellOutcome> = (wish) => ({
		kind: 'issued',
		sale: saleOf(wish, 'issued'),
	});
	sight: (drn: string) => MeterSight | Promise<MeterSight> = known;
	price_: (amountMinor: number) => Priced | Promise<Priced> = (amountMinor) =>
		pricedOf(amountMinor);
	sameAtMs: number | null = null;
	shifts = 0;
	/** How many holds are not let go of. */
	held = 0;

	lookUp = async (drn: string) => {
		this.asked.push(`look ${drn}`);
		return await this.sight(drn);
	};
	price = async (drn: string, amountMinor: number) => {
		this.asked.push(`price ${drn} ${amountMinor}`);
		return await this.price_(amountMinor);
	};
	sealed: SealedToken | null = null;
	readonly given: string[] = [];
	sealedFor = async (drn: string, amountMinor: number) => {
		return drn === DRN && amountMinor === 50_000 ? this.sealed : null;
	};
	handOver = async (id: string) => void this.given.push(id);
	recentSame = async () => this.sameAtMs;
	sell = async (wish: SaleWish) => {
		this.wishes.push(wish);
		return await this.outcome(wish);
	};
	payRefund = async (id: string) => void this.refunded.push(id);
	openShift: TillDesk['openShift'] = async () => {
		this.shifts += 1;
		return GLANCE.shift as NonNullable<TillGlance['shift']>;
	};
	tryNow = async () => void this.asked.push('try now');
	hold = () => {
		this.held += 1;
		return () => void (this.held -= 1);
	};
}
