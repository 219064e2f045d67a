/**
 * The software module's way from an order to a cipher: the slot's key, checked to be the one that is meant,
 * and the decoder key of one meter, which is wiped as soon as the cipher is ready.
 */
import { isDkga } from '#lib/core/sts/algorithms.ts';
import { prepareCipher, type Cipher } from '#lib/core/sts/ciphers/cipher.ts';
import { deriveDecoderKey } from '#lib/core/sts/decoder-key.ts';
import type { KeyState } from '#lib/core/sts/key-change.ts';
import { isKeyType } from '#lib/core/sts/key-type.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import { isBaseDate } from '#lib/core/sts/tid.ts';
import type { Refusal } from '../../refusal.ts';
import type { KeyStore, StoredKey } from '../key-file.ts';
import type { DecoderKeyOrder, TokenTarget } from '../port.ts';

/** The slot's key, when it is the one that the order means. */
export function findKey(
	store: KeyStore,
	order: Pick<TokenTarget, 'slot' | 'sgc' | 'krn'>,
): StoredKey | undefined {
	const key = store.keys.get(order.slot);
	return key?.sgc === order.sgc && key.krn === order.krn ? key : undefined;
}

/** What the decoder key of a meter depends on, or nothing where the key's own attributes are not known here. */
export function keyStateOf(key: StoredKey, { drn, ti, ea }: DecoderKeyOrder): KeyState | undefined {
	const { kt, baseYear, sgc, krn, ken } = key;
	if (!isKeyType(kt) || !isBaseDate(baseYear)) return undefined;
	return { pan: meterPanOf(drn), ea, sgc, ti: Number(ti), krn, kt, ken, baseDate: baseYear };
}

/** Refusal: `vending-key-unknown`, also for a key that cannot serve the meter's algorithm. */
export function decoderKeyOf(
	key: StoredKey,
	order: DecoderKeyOrder,
): { decoderKey: Uint8Array } | Refusal {
	const state = keyStateOf(key, order);
	if (state === undefined || !isDkga(key.dkga)) return { refusal: 'vending-key-unknown' };
	const derived = deriveDecoderKey({ dkga: key.dkga, bytes: key.bytes }, state);
	return 'refusal' in derived ? { refusal: 'vending-key-unknown' } : derived;
}

/** The meter's cipher under a key of this module. Refusal: `vending-key-unknown`. */
export function cipherOf(store: KeyStore, order: DecoderKeyOrder): { cipher: Cipher } | Refusal {
	const key = findKey(store, order);
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	const derived = decoderKeyOf(key, order);
	if ('refusal' in derived) return derived;
	const cipher = prepareCipher(order.ea, derived.decoderKey);
	derived.decoderKey.fill(0);
	return { cipher };
}
