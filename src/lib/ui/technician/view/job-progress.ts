/** How far the work at a meter of a job is, as far as this device knows. Pure. */
import type { DeliveryRow } from '#lib/browser/store/technician-rows.ts';
import type { PackedMeter } from '#lib/browser/vault/job-packs.ts';
import { parseFieldDelivery, settledBy } from '#lib/core/sync/proofs/field-delivery.ts';

/** How many of a meter's tokens it has taken here. */
export function deliveredOf(
	{ drn, tokens }: Pick<PackedMeter, 'drn' | 'tokens'>,
	rows: readonly DeliveryRow[],
): number {
	const row = rows.find((each) => each.drn === drn);
	const field = row && parseFieldDelivery(row.snapshot);
	if (!field || 'refused' in field) return 0;
	const taken = new Set(settledBy(field));
	return tokens.filter(({ digits }) => taken.has(digits)).length;
}
