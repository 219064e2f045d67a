/** The security module behind the permission to issue: no token is made whose TID is not covered. */
import { BASE_DATE_MS, instantOfTid, isBaseDate } from '#lib/core/sts/tid.ts';
import { isRefusal } from '../refusal.ts';
import type { SecurityModule } from '../security-module/port.ts';
import type { Permit } from './permit.ts';

/** The same module. What makes a token throws {Fault} `database-older` on an older copy of the database. */
export function guardedModule(
	module: SecurityModule,
	permit: Pick<Permit, 'cover'>,
): SecurityModule {
	const baseDates = new Map<string, number>();

	/** Of a key that is not known: its earliest is as good, the module will refuse it. */
	async function instantOf(slot: string, tid: number): Promise<number> {
		let baseYear = baseDates.get(slot);
		if (baseYear === undefined) {
			const attributes = await module.attributes(slot);
			if (isRefusal(attributes)) return BASE_DATE_MS[1993];
			baseDates.set(slot, (baseYear = attributes.baseYear));
		}
		return isBaseDate(baseYear) ? instantOfTid(tid, baseYear) : BASE_DATE_MS[1993];
	}

	return {
		async issueCredit(order) {
			await permit.cover(await instantOf(order.slot, order.tid));
			return await module.issueCredit(order);
		},
		async issueManagement(order) {
			await permit.cover(await instantOf(order.slot, order.tid));
			return await module.issueManagement(order);
		},
		async issueKeyChange(order) {
			await permit.cover(order.nowMs);
			return await module.issueKeyChange(order);
		},
		verifyToken: (order) => module.verifyToken(order),
		decoderKey: (order) => module.decoderKey(order),
		attributes: (slot) => module.attributes(slot),
		usage: (order) => module.usage(order),
		close: () => module.close(),
	};
}
