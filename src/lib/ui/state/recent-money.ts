/** Whether money came or went for the newest sales that have ended: asked once a visit, whatever the answer was. */
import { device } from '#lib/browser/device/device.ts';
import type { Sale } from '#lib/browser/store/sales.ts';
import { askMoney, type MoneyPorts } from '#lib/browser/sync/ask-money.ts';
import { isMoneyToAsk } from '#lib/ui/view/sale-money.ts';

const AT_ONCE = 5;
const NOT_MORE_OFTEN_THAN_MS = 10 * 60_000;

/** @returns what to call with the sales of this device, the newest first, while the backend can be reached */
export function recentMoney(
	ports: Pick<MoneyPorts, 'store' | 'api' | 'keep'>,
): (sales: readonly Sale[]) => void {
	const { store, api } = ports;
	const asked = new Set<string>();
	return (sales) => {
		const nowMs = device.nowMs();
		const due = sales
			.filter(({ progress }) => isMoneyToAsk(progress, nowMs, NOT_MORE_OFTEN_THAN_MS))
			.slice(0, AT_ONCE)
			.filter(({ row }) => !asked.has(row.id));
		for (const sale of due) {
			asked.add(sale.row.id);
			void askMoney({ store, api, now: device.nowMs, keep: (work) => ports.keep(work) }, sale);
		}
	};
}
