/**
 * What an amount buys, before anything is sold. While the backend can be reached it is its own price: asked for,
 * or, of a meter that it has just told all about, counted here by the function that it counts with itself. The
 * sale is held to that price, and refused where it has become worse. Else it is an estimate.
 */
import { stored } from '#lib/browser/store/store-fault.ts';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { civilMomentOf } from '#lib/core/units/instant.ts';
import { estimateVend } from '#lib/core/vending/estimate.ts';
import { isRefusalCode } from '#lib/core/vending/refusals.ts';
import { decideAmount } from '#lib/core/vending/request-checks.ts';
import type { MeterSight, Priced } from './till-desk.ts';
import { ask, problemOf } from './till-meters.ts';
import type { TillParts } from './till-ports.ts';

type Parts = Pick<
	TillParts,
	'store' | 'api' | 'timer' | 'terminal' | 'nowMs' | 'serverMs' | 'connection'
>;

/** @throws {StoreFault} */
export async function priceSale(
	parts: Parts,
	drn: string,
	amountMinor: number,
	sight: MeterSight | null,
): Promise<Priced> {
	const heard = await priceHeard(parts, amountMinor, sight);
	if (heard) return heard;
	const { utility } = await parts.terminal();
	const currency = utility.currency.code;
	const outcome = await ask(parts, () => parts.api.trialVend({ drn, amountMinor, currency }));
	if (outcome.kind === 'problem') return outcome;
	if (outcome.kind === 'unknown') return estimate(parts, amountMinor, sight);
	const { waterfall, tariff } = outcome.answer;
	const { energyDeciKwh } = waterfall;
	return { kind: 'priced', by: 'backend', waterfall, agreed: { energyDeciKwh, tariff } };
}

/** So long what was heard of a meter is what the backend would say of it: a customer names an amount. */
export const HEARD_NOW_MS = 60_000;

/** Undefined: the backend has not just told of this meter, or is out of reach. */
async function priceHeard(
	parts: Parts,
	amountMinor: number,
	sight: MeterSight | null,
): Promise<Priced | undefined> {
	if (parts.connection() !== 'online') return undefined;
	if (sight?.kind !== 'known' || sight.from !== 'backend') return undefined;
	if (Math.abs(parts.nowMs() - sight.fetchedAtMs) > HEARD_NOW_MS) return undefined;
	const { notSold } = sight.confirmation;
	if (notSold !== undefined)
		return isRefusalCode(notSold) ? { kind: 'problem', problem: problemOf(notSold) } : undefined;
	const priced = await estimate(parts, amountMinor, sight);
	return priced.kind === 'priced' ? { ...priced, by: 'backend' } : priced;
}

async function estimate(
	{ store, serverMs }: Parts,
	amountMinor: number,
	sight: MeterSight | null,
): Promise<Priced> {
	const kept = await stored(() => store.packs.get('tariff'));
	const nowMs = serverMs();
	const pack = kept && kept.pack.validUntilMs > nowMs ? kept.pack : undefined;
	const known = sight?.kind === 'known' ? sight : undefined;
	// What was heard this moment needs no pack beside it; what was kept may be of last year.
	if (!pack && known?.from !== 'backend') return { kind: 'not-priced' };
	const confirmation = known?.confirmation;
	const limits = confirmation ?? pack;
	const tariff = confirmation ? newest(confirmation, pack?.tariffs) : pack?.tariffs[0];
	if (!limits || !tariff) return { kind: 'not-priced' };
	const { currency, timeZone } = limits.utility;
	const refusal = decideAmount(amountMinor, currency.code, { ...limits, currency });
	if (refusal) return { kind: 'problem', problem: problemOf(refusal) };
	const atMs = Math.max(nowMs, confirmation?.asOfMs ?? 0);
	const moment = civilMomentOf(atMs, timeZone);
	const found = estimateVend(amountMinor, tariff, confirmation?.account ?? null, moment);
	if ('refusal' in found)
		return confirmation
			? { kind: 'problem', problem: problemOf(found.refusal) }
			: { kind: 'not-priced' };
	const agreed = { energyDeciKwh: found.waterfall.energyDeciKwh, tariff: found.tariff };
	return { kind: 'priced', by: 'estimate', waterfall: found.waterfall, agreed };
}

/** The meter's own tariff as it is in force now, where the pack has it. */
function newest<Tariff extends MeterConfirmation['tariff']>(
	{ tariff }: { readonly tariff: Tariff },
	inForce: readonly Tariff[] = [],
): Tariff {
	return inForce.find(({ id, version }) => id === tariff.id && version > tariff.version) ?? tariff;
}
