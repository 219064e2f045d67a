/** Whether a meter may be registered so: its key, its tariff, and what takes a second person. */
import type { MeterRegistrationRequest } from '#lib/core/sync/wire-estate.ts';
import { KEY_GENERATIONS } from '#lib/core/sts/algorithms.ts';
import type { Write } from '../database/open.ts';
import type { MeterRow, SupplyGroupKeyRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';
import { isTariffInForce } from './known-tariff.ts';
import { keyAt } from './target-key.ts';

/**
 * Order: `not-found` (a tariff of the utility, in force), `vending-key-unknown` (the group of another utility,
 * or without such a key; also of the group it is to move to), `vending-key-type` (a key that makes none for
 * the meter's encryption algorithm).
 */
export async function checkRegistration(
	write: Write,
	utilityId: string,
	asked: MeterRegistrationRequest,
	nowMs: number,
): Promise<Refusal | undefined> {
	const { tariffId, sgc, krn, nextSgc, ea } = asked;
	if (!(await isTariffInForce(write, utilityId, tariffId, nowMs))) return { refusal: 'not-found' };
	const keys = [await keyAt(write, { sgc, krn })];
	if (nextSgc !== null) keys.push(await currentKeyOf(write, nextSgc));
	if (keys.some((key) => key?.utility_id !== utilityId)) return { refusal: 'vending-key-unknown' };
	return keys.every((key) => key !== undefined && servesAlgorithm(key, ea))
		? undefined
		: { refusal: 'vending-key-type' };
}

async function currentKeyOf(write: Write, sgc: string): Promise<SupplyGroupKeyRow | undefined> {
	const group = await write
		.selectFrom('supply_group')
		.select('current_krn')
		.where('sgc', '=', sgc)
		.executeTakeFirst();
	return group && (await keyAt(write, { sgc, krn: group.current_krn }));
}

/** DKGA02 makes keys for EA07 only. */
export function servesAlgorithm({ dkga }: Pick<SupplyGroupKeyRow, 'dkga'>, ea: 7 | 11): boolean {
	return KEY_GENERATIONS[dkga === 4 ? 4 : 2].algorithms.includes(ea);
}

/**
 * Of a meter that is known already: its key is moved by key-change tokens only, and its tariff by two people,
 * so both must be said as they are; and so must whether it is blocked, which takes a reason. Order:
 * `approval-needed`, `block-decision-needed`; undefined: it may.
 */
export function decideChange(
	{ sgc, krn, ti, tariff_id, state }: Pick<MeterRow, 'sgc' | 'krn' | 'ti' | 'tariff_id' | 'state'>,
	asked: Pick<MeterRegistrationRequest, 'sgc' | 'krn' | 'ti' | 'tariffId' | 'state'>,
): Refusal | undefined {
	const isSame =
		sgc === asked.sgc && krn === asked.krn && ti === asked.ti && tariff_id === asked.tariffId;
	if (!isSame) return { refusal: 'approval-needed' };
	return state === asked.state ? undefined : { refusal: 'block-decision-needed' };
}
