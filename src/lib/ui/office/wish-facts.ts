/** What somebody proposes, as facts to read before agreeing. */
import type { ApprovalWish } from '#lib/core/sync/wire-approvals.ts';
import { energy } from '#lib/ui/state/language.ts';
import { words } from './words.ts';

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
			];
		case 'meter-tariff':
			return [meter(wish.drn), { term: own.tariff, detail: wish.tariffId }];
		case 'supply-group-key':
			return [
				{ term: own.supplyGroup, detail: wish.sgc },
				{ term: own.key, detail: String(wish.krn) },
			];
	}
}

const meter = (drn: string): Fact => ({ term: own.meter, detail: drn });

/** The wish's own name and value: engineers know them by these. */
function engineering(wish: Extract<ApprovalWish, { kind: 'engineering' }>['wish']): string {
	const { kind, ...values } = wish;
	return [kind.replaceAll('-', ' '), ...Object.values(values)].join(' ');
}
