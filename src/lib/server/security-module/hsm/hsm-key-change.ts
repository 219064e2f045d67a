/** Key-change sets of a hardware module, from one of its registers to another. */
import { isRefusal, type Refusal } from '../../refusal.ts';
import { areSectionsRight, isSameKey } from '../key-change-order.ts';
import type { IssuedKeyChange, KeyChangeOrder } from '../port.ts';
import { ask } from './ask.ts';
import { keyChangeOf, keyChangeRequest } from './commands.ts';
import type { Hsm } from './key-ring.ts';

export async function issueKeyChange(
	hsm: Hsm,
	order: KeyChangeOrder,
): Promise<IssuedKeyChange | Refusal> {
	const from = await hsm.ring.use(order.from);
	if (isRefusal(from)) return from;
	const to = await hsm.ring.use(order.to);
	if (isRefusal(to)) return to;
	if (isSameKey(order)) return { refusal: 'key-change-same' };
	if (!areSectionsRight(order)) return { refusal: 'key-change-not-allowed' };
	const registers = { from: from.register, to: to.register };
	const request = keyChangeRequest(registers, order.from, order.to, order.sections);
	return await ask(hsm, 'VK', request, (response) => ({
		...keyChangeOf(response, order.sections),
		test: hsm.test,
	}));
}
