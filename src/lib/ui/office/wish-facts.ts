/** What somebody proposes, as facts to read before agreeing. */
import type { ApprovalWish } from '#lib/core/sync/wire-approvals.ts';
import { HOME_CURRENCY } from '#lib/ui/state/home-currency.ts';
import { energy, language, money } from '#lib/ui/state/language.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import { formatPrice, formatRate } from '#lib/core/units/price.ts';
import { meterWords, words } from './words.ts';

export interface Fact {
	readonly term: string;
	readonly detail: string;
}

const own = words.proposals;

/** @param date formats an instant */
export function wishFacts(wish: ApprovalWish, date: (atMs: number) => string): Fact[] {
	switch (wish.kind) {
		case 'free-issue':
			return [meter(wish.drn), { term: own.energy, detail: energy(wish.energyDeciKwh) }];
		case 'engineering':
			return [meter(wish.drn), { term: own.what, detail: engineering(wish.wish) }];
		case 'key-change':
			return [
				meter(wish.drn),
				{ term: own.supplyGroup, detail: wish.sgc },
				{ term: own.tariffIndex, detail: wish.ti },
			];
		case 'tariff':
			return [
				{ term: own.tariff, detail: wish.tariff.name },
				{ term: own.from, detail: date(wish.validFromMs) },
				...tariffFacts(wish.tariff),
			];
		case 'meter-tariff':
			return [meter(wish.drn), { term: own.tariff, detail: wish.tariffId }];
		case 'meter-unblock':
			return [meter(wish.drn), { term: own.what, detail: meterWords.unblockReasons[wish.reason] }];
		case 'supply-group-key':
			return [
				{ term: own.supplyGroup, detail: wish.sgc },
				{ term: own.key, detail: String(wish.krn) },
				...(wish.makeCurrent ? [{ term: own.current, detail: own.makesCurrent }] : []),
				...(wish.issueUntilMs === undefined
					? []
					: [
							{
								term: own.issueUntil,
								detail: wish.issueUntilMs === null ? own.noEnd : date(wish.issueUntilMs),
							},
						]),
			];
		case 'reserve-return':
			return [{ term: own.sealedToken, detail: wish.vendId }];
	}
}

const meter = (drn: string): Fact => ({ term: own.meter, detail: groupMeterNumber(drn) });

/** The wish's own name and value: engineers know them by these. */
function engineering(wish: Extract<ApprovalWish, { kind: 'engineering' }>['wish']): string {
	const { kind, ...values } = wish;
	return [kind.replaceAll('-', ' '), ...Object.values(values)].join(' ');
}

type TariffWish = Extract<ApprovalWish, { kind: 'tariff' }>['tariff'];

/** What customers would pay: nobody agrees to a name alone. What is nothing is left out. */
function tariffFacts(tariff: TariffWish): Fact[] {
	const { vat, serviceFee, fixedCharge, arrears, order } = tariff;
	const facts: [taken: boolean, Fact][] = [
		[
			order.includes('vat') && vat.basisPoints > 0,
			{
				term: own.vat,
				detail: (vat.inclusive ? own.vatInclusive : own.vatOnTop)(percent(vat.basisPoints)),
			},
		],
		[serviceFee.fixedMinor > 0, { term: own.serviceFee, detail: amount(serviceFee.fixedMinor) }],
		[serviceFee.basisPoints > 0, { term: own.serviceFee, detail: percent(serviceFee.basisPoints) }],
		[
			fixedCharge.perMonthMinor > 0,
			{ term: own.fixedCharge, detail: amount(fixedCharge.perMonthMinor) },
		],
		[arrears.maxBasisPoints > 0, { term: own.arrears, detail: percent(arrears.maxBasisPoints) }],
	];
	return [
		...blockFacts(tariff.blocks, (block) => block),
		...(tariff.timeOfUse ?? []).flatMap(({ name, blocks }) =>
			blockFacts(blocks, (block) => own.period(name, block)),
		),
		...facts.filter(([taken]) => taken).map(([, fact]) => fact),
	];
}

function blockFacts(blocks: TariffWish['blocks'], term: (block: string) => string): Fact[] {
	return blocks.map(({ upToDeciKwh, pricePerKwhE4 }) => ({
		term: term(own.block(upToDeciKwh === null ? null : energy(upToDeciKwh))),
		detail: formatPrice(pricePerKwhE4, HOME_CURRENCY, language),
	}));
}

const amount = (amountMinor: number): string => money(amountMinor, HOME_CURRENCY);
const percent = (basisPoints: number): string => formatRate(basisPoints, language);
