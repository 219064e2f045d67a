/** What a till's screens list: rows of its tables, as they watch them, opened by the desk. */
import {
	latestCustomers,
	latestSales,
	salesOfMeter,
	salesToRefund,
} from '#lib/browser/store/agent-sales.ts';
import type { TillDesk } from '#lib/browser/sync/till-desk.ts';

export const latest = async (desk: TillDesk, most: number) =>
	await desk.openSales(await latestSales(desk.store, most));

export async function ofMeter(desk: TillDesk, drn: string, most: number) {
	const tag = await desk.meterTag(drn);
	return tag === undefined ? [] : await desk.openSales(await salesOfMeter(desk.store, tag, most));
}

export const toRefund = async (desk: TillDesk) =>
	await desk.openSales(await salesToRefund(desk.store));

export const recent = async (desk: TillDesk, most: number) =>
	await desk.openCustomers(await latestCustomers(desk.store, desk.operator.operatorId, most));
