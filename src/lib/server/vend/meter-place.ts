/** Where the office has a meter in the key scheme: moved with an issued key-change set, and back with its reversal. */
import type { Write } from '../database/open.ts';
import type { MeterRow } from '../database/schema.ts';
import type { IssueOrder } from './issue-order.ts';

/** A plan of the office that the set fulfilled is done; another one stays. */
export async function moveMeter(write: Write, { keyChange, receipt }: IssueOrder): Promise<void> {
	if (keyChange === null) return;
	const { to } = keyChange;
	const meter = await plansOf(write, receipt.drn);
	await setPlace(write, receipt.drn, {
		...{ sgc: to.sgc, krn: to.krn, ti: to.ti },
		next_sgc: meter.next_sgc === to.sgc ? null : meter.next_sgc,
		next_ti: meter.next_ti === to.ti ? null : meter.next_ti,
	});
}

/** As it was before the set, which nobody has seen; a plan that the office made since stays. */
export async function moveMeterBack(write: Write, order: IssueOrder): Promise<void> {
	if (order.keyChange === null) return;
	const { meter: before } = order.before;
	const meter = await plansOf(write, order.receipt.drn);
	await setPlace(write, order.receipt.drn, {
		...before,
		next_sgc: meter.next_sgc ?? before.next_sgc,
		next_ti: meter.next_ti ?? before.next_ti,
	});
}

type Plans = Pick<MeterRow, 'next_sgc' | 'next_ti'>;

async function plansOf(write: Write, drn: string): Promise<Plans> {
	return await write
		.selectFrom('meter')
		.select(['next_sgc', 'next_ti'])
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();
}

async function setPlace(
	write: Write,
	drn: string,
	place: Pick<MeterRow, 'sgc' | 'krn' | 'ti'> & Plans,
): Promise<void> {
	await write.updateTable('meter').set(place).where('drn', '=', drn).execute();
}
