/** Free basic electricity in the outbox: what a device has asked for, as `fbe-reminder` judges it. */
import { civilDateOf, formatMonth } from '#lib/core/units/instant.ts';
import type { FbeAsked, FbeHeard } from '#lib/core/vending/fbe-reminder.ts';
import { isFinal, type OutboxRow, type Progress } from './outbox.ts';
import type { FbeRequest, MeterConfirmation, VendRequest } from './wire.ts';

/** Whether a row asks for free electricity; else it is a purchase. */
export function isFbe(request: VendRequest | FbeRequest): request is FbeRequest {
	return 'kind' in request;
}

/** Of one meter, the order of the sales kept. What was taken back, or refused for another reason, says nothing. */
export function fbeAskedOf(
	sales: readonly { readonly row: OutboxRow; readonly progress: Progress }[],
	drn: string,
): FbeAsked[] {
	return sales.flatMap(({ row, progress }) =>
		row.request.drn === drn && isFbe(row.request) ? askedOf(progress) : [],
	);
}

function askedOf({ id, state, code, answer, updatedAtMs }: Progress): FbeAsked[] {
	const asked = { id, atMs: updatedAtMs, energyDeciKwh: 0 };
	if (!isFinal(state)) return [{ ...asked, outcome: 'under-way' }];
	if (answer?.state === 'issued') {
		const { waterfall, issuedAtMs } = answer.receipt;
		const { energyDeciKwh } = waterfall;
		return [{ id, outcome: 'given', atMs: issuedAtMs, energyDeciKwh }];
	}
	if (code === 'fbe-claimed') return [{ ...asked, outcome: 'given-before' }];
	return code === 'fbe-not-entitled' ? [{ ...asked, outcome: 'not-entitled' }] : [];
}

/** A meter's look-up; undefined: its utility gives nothing by app. @param heardAtMs by the backend's clock as it was known then */
export function fbeHeardOf(
	{ fbe, asOfMs, utility }: MeterConfirmation,
	heardAtMs: number,
): FbeHeard | undefined {
	if (fbe === undefined) return undefined;
	const said =
		fbe.shown === 'yes'
			? { entitledDeciKwh: fbe.entitledDeciKwh, given: fbe.given }
			: { entitledDeciKwh: null, given: false };
	return { ...said, asOfMs, heardAtMs, timeZone: utility.timeZone };
}

/** The months of an issued one: that of the token, and the earlier one that was asked for, where it ended first. */
export function fbeMonthsOf({
	row,
	progress,
}: {
	readonly row: OutboxRow;
	readonly progress: Progress;
}): {
	readonly given: string;
	readonly missed: string | null;
} | null {
	if (!isFbe(row.request) || progress.answer?.state !== 'issued') return null;
	const { issuedAtMs, utility } = progress.answer.receipt;
	const given = formatMonth(civilDateOf(issuedAtMs, utility.timeZone));
	const { month } = row.seen;
	return { given, missed: month !== undefined && month < given ? month : null };
}
