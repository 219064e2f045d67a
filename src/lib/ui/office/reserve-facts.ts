/** A sealed token whose money is proposed to be given back, as facts to read before agreeing. Without digits. */
import type { Reserve } from '#lib/core/sync/wire-reserves.ts';
import { money } from '#lib/ui/state/language.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import type { Fact } from './wish-facts.ts';
import { words } from './words.ts';

const own = words.proposals;

/** @param date formats an instant */
export function reserveFacts(reserve: Reserve, date: (atMs: number) => string): Fact[] {
	const { denominationMinor, currency, terminalId, terminalName, receiptNumber } = reserve;
	return [
		{ term: own.meter, detail: groupMeterNumber(reserve.drn) },
		{ term: own.amount, detail: money(denominationMinor, currency) },
		{ term: own.agent, detail: reserve.vendorName },
		{ term: own.till, detail: tillOf(terminalName, terminalId) },
		{ term: own.made, detail: date(reserve.issuedAtMs) },
		...(receiptNumber === null ? [] : [{ term: own.receipt, detail: receiptNumber }]),
		{ term: own.sellableUntil, detail: date(reserve.expiresAtMs) },
		{ term: own.known, detail: known(reserve, date) },
	];
}

/** Offices tend to name a till by its id. */
const tillOf = (name: string, id: string): string =>
	name.includes(id) ? name : own.tillNamed(name, id);

/** Who agrees bears the doubt: whether its device has said anything at all is the weightiest fact. */
function known({ state, endedAtMs }: Reserve, date: (atMs: number) => string): string {
	if (state === 'unfetched') return own.reserve.unfetched;
	return state === 'sealed' || endedAtMs === null
		? own.reserve.sealed
		: own.reserve[state](date(endedAtMs));
}
