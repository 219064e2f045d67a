/** Which of the stored deliveries a screen shows before a meter is connected. Pure. */
import type { DeliveryRow } from '#lib/browser/store/technician-rows.ts';
import { isUnfinished, parseFieldDelivery } from '#lib/core/sync/proofs/field-delivery.ts';

const unfinished = ({ snapshot }: DeliveryRow): boolean => {
	const field = parseFieldDelivery(snapshot);
	// What cannot be read is not done, as far as anybody knows.
	return 'refused' in field || isUnfinished(field);
};

/** The meter whose tokens were touched last and are not done; undefined where all are. */
export const pickShown = (rows: readonly DeliveryRow[]): string | undefined =>
	rows.find(unfinished)?.drn;

/** Other meters whose tokens are not done, the last touched first. */
export const otherUnfinished = (
	rows: readonly DeliveryRow[],
	drn: string | undefined,
): readonly DeliveryRow[] => rows.filter((row) => row.drn !== drn && unfinished(row));
