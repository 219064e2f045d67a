/**
 * The port over a hardware module that speaks STS 600-8-6 (sts.md §15). The module chooses the random field
 * itself and remembers no request ids: asked again it makes a token with the same TID, of which the meter
 * takes one. It has its own clock, and never gives a decoder key.
 */
import { encodeUnits } from '#lib/core/sts/amount-units.ts';
import { isRefusal, type Refusal } from '../../refusal.ts';
import type { CreditOrder, IssuedCredit, SecurityModule } from '../port.ts';
import { ask, type Asking } from './ask.ts';
import { stampedRequest, tokenOf } from './commands.ts';
import { issueKeyChange } from './hsm-key-change.ts';
import { issueManagement } from './hsm-management.ts';
import { verifyToken } from './hsm-verify.ts';
import { keyRing, type Hsm } from './key-ring.ts';
import { slotOf, type HsmFile } from './registers.ts';

export function hsmModule(file: HsmFile, asking: Asking): SecurityModule {
	const ring = keyRing(file, asking);
	const hsm: Hsm = { ...asking, ring, test: file.testKeys };
	return {
		issueCredit: (order) => issueCredit(hsm, order),
		issueManagement: (order) => issueManagement(hsm, order),
		issueKeyChange: (order) => issueKeyChange(hsm, order),
		verifyToken: (order) => verifyToken(hsm, order),
		async decoderKey({ slot, sgc, krn }) {
			const known = file.keys.some(
				(key) => key.slot === slot && key.sgc === sgc && key.krn === krn,
			);
			return { refusal: known ? 'decoder-key-withheld' : 'vending-key-unknown' };
		},
		async attributes(slot) {
			const key = await ring.look(slot);
			return isRefusal(key) ? key : slotOf(key);
		},
		usage: async () => ({ requests: await ring.count(), ids: null }),
		close: async () => asking.pool.close(),
	};
}

const ELECTRICITY = 0;

async function issueCredit(hsm: Hsm, order: CreditOrder): Promise<IssuedCredit | Refusal> {
	const key = await hsm.ring.use(order);
	if (isRefusal(key)) return key;
	const encoded = encodeUnits(order.amountDeciKwh);
	if ('refusal' in encoded) return { refusal: 'amount-above-maximum' };
	const token = { subclass: ELECTRICITY, amount: encoded.field, tid: order.tid };
	return await ask(hsm, 'VC', stampedRequest('VC', key.register, order, token), (response) => ({
		digits: tokenOf(response, 0),
		carriedDeciKwh: encoded.units,
		test: hsm.test,
	}));
}
