/** A tariff gets a new version, from a moment to come. What was sold before stays as it was priced. */
import type * as v from 'valibot';
import type { TariffRequest } from '#lib/core/sync/wire-approvals.ts';
import { decideTariff } from '#lib/core/vending/decide-tariff.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import { lockTariff } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Agreed } from './kinds.ts';

type Wish = v.InferOutput<typeof TariffRequest>;

/** Order: `tariff-invalid` with the places, `tariff-in-the-past`, `id-reused` (another utility's). */
export async function checkTariff(
	write: Write,
	caller: Caller,
	wish: Wish,
	nowMs: number,
): Promise<Refusal | undefined> {
	const next = await nextVersion(write, caller, wish, nowMs);
	return isRefusal(next) ? next : undefined;
}

/** Refusals: `checkTariff`, at the moment of the decision. */
export async function carryOutTariff(
	write: Write,
	{ wish, caller }: Agreed<Wish>,
	nowMs: number,
): Promise<Refusal | undefined> {
	const { id } = wish.tariff;
	await lockTariff(write, id);
	const tariff = await nextVersion(write, caller, wish, nowMs);
	if (isRefusal(tariff)) return tariff;
	const { version } = tariff;
	const { validFromMs: valid_from_ms } = wish;
	const definition = JSON.stringify(tariff);
	await write
		.insertInto('tariff')
		.values({ id, version, utility_id: caller.utilityId, valid_from_ms, definition })
		.execute();
	const facts = { version, validFromMs: valid_from_ms };
	const deed = { action: 'tariff-made', subject: { kind: 'tariff', id }, facts };
	await recordDeed(write, caller, deed, nowMs);
	return undefined;
}

async function nextVersion(
	write: Write,
	{ utilityId }: Caller,
	{ tariff, validFromMs }: Wish,
	nowMs: number,
): Promise<Tariff | Refusal> {
	const last = await write
		.selectFrom('tariff')
		.select(['version', 'utility_id'])
		.where('id', '=', tariff.id)
		.orderBy('version', 'desc')
		.limit(1)
		.executeTakeFirst();
	const next: Tariff = { ...tariff, version: (last?.version ?? 0) + 1 };
	const decided = decideTariff(next);
	if ('refusal' in decided) return decided;
	if (validFromMs <= nowMs) return { refusal: 'tariff-in-the-past' };
	return last === undefined || last.utility_id === utilityId ? next : { refusal: 'id-reused' };
}
