/** What an amount buys, before anything is sold: by the backend while it can be reached, else estimated. */
import { stored } from '#lib/browser/store/store-fault.ts';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { civilMomentOf } from '#lib/core/units/instant.ts';
import { estimateVend } from '#lib/core/vending/estimate.ts';
import { decideAmount } from '#lib/core/vending/request-checks.ts';
import type { MeterSight, Priced } from './till-desk.ts';
import { ask, problemOf } from './till-meters.ts';
import type { TillParts } from './till-ports.ts';

type Parts = Pick<TillParts, 'store' | 'api' | 'timer' | 'terminal' | 'serverMs' | 'connection'>;

/** @throws {StoreFault} */
export async function priceSale(
	parts: Parts,
	drn: string,
	amountMinor: number,
	sight: MeterSight | null,
): Promise<Priced> {
	const { utility } = await parts.terminal();
	const currency = utility.currency.code;
	const outcome = await ask(parts, () => parts.api.trialVend({ drn, amountMinor, currency }));
	if (outcome.kind === 'problem') return outcome;
	if (outcome.kind === 'unknown') return estimate(parts, amountMinor, sight);
	const { waterfall, tariff } = outcome.answer;
	const { energyDeciKwh } = waterfall;
	return { kind: 'priced', by: 'backend', waterfall, agreed: { energyDeciKwh, tariff } };
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
