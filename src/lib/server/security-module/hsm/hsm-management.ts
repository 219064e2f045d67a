/** Class 2 tokens of a hardware module. */
import { decodeUnits } from '#lib/core/sts/amount-units.ts';
import { MANAGEMENT_SUBCLASS, managementValue } from '#lib/core/sts/management-token.ts';
import { isRefusal, type Refusal } from '../../refusal.ts';
import { isManagementWish } from '../management-wish.ts';
import type { IssuedManagement, ManagementOrder } from '../port.ts';
import { ask } from './ask.ts';
import { stampedRequest, tokenOf } from './commands.ts';
import type { Hsm } from './key-ring.ts';

export async function issueManagement(
	hsm: Hsm,
	order: ManagementOrder,
): Promise<IssuedManagement | Refusal> {
	const key = await hsm.ring.use(order);
	if (isRefusal(key)) return key;
	const { wish, tid } = order;
	const amount = isManagementWish(wish) ? managementValue(wish) : undefined;
	if (typeof amount !== 'number') return { refusal: 'engineering-value' };
	const token = { subclass: MANAGEMENT_SUBCLASS[wish.kind], amount, tid };
	return await ask(hsm, 'VM', stampedRequest('VM', key.register, order, token), (response) => ({
		digits: tokenOf(response, 2),
		watts: 'watts' in wish ? decodeUnits(amount) : null,
		test: hsm.test,
	}));
}
