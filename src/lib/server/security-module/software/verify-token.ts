/** What a token says under a meter's key: the software module's check of twenty digits. */
import { isRefusal, type Refusal } from '../../refusal.ts';
import type { KeyStore } from '../key-file.ts';
import type { VerifiedToken, VerifyOrder } from '../port.ts';
import { readToken } from '../read-token.ts';
import { cipherOf } from './keys.ts';

export function verifyToken(store: KeyStore, order: VerifyOrder): VerifiedToken | Refusal {
	const ready = cipherOf(store, order);
	return isRefusal(ready) ? ready : readToken(order.digits, ready.cipher);
}
