/**
 * The software security module: the port's operations over the keys of a key file. It lives in a process
 * of its own (process.ts); the backend never imports it.
 *
 * A token's random field comes from the request id and a secret of the module, so that the same request
 * gives the same token from any module process, before and after any crash.
 */
import { createHash, createHmac } from 'node:crypto';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { isDkga } from '#lib/core/sts/algorithms.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { encodeCreditToken } from '#lib/core/sts/credit-token.ts';
import { deriveDecoderKey } from '#lib/core/sts/decoder-key.ts';
import { isKeyType } from '#lib/core/sts/key-type.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import { isBaseDate, isTidExpired } from '#lib/core/sts/tid.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { KeyStore, StoredKey } from './key-file.ts';
import type {
	CreditOrder,
	DecoderKeyOrder,
	IssuedCredit,
	SecurityModule,
	SlotAttributes,
} from './port.ts';
import type { UsageJournal } from './usage-journal.ts';

/** The port's operations, answered at once. */
type Operations = {
	[Name in keyof Omit<SecurityModule, 'close'>]: (
		...order: Parameters<SecurityModule[Name]>
	) => Awaited<ReturnType<SecurityModule[Name]>>;
};

export function softwareModule(store: KeyStore, journal: UsageJournal): Operations {
	return {
		issueCredit: (order) => issueCredit(store, journal, order),
		decoderKey: (order) => decoderKey(store, order),
		attributes: (slot) => attributes(store, slot),
		usage: () => ({ requests: journal.count(), ids: null }),
	};
}

function issueCredit(
	store: KeyStore,
	journal: UsageJournal,
	order: CreditOrder,
): IssuedCredit | Refusal {
	const key = findKey(store, order);
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	if (isTidExpired(order.tid, key.ken)) return { refusal: 'vending-key-expired' };
	if (!journal.record(order.requestId, digestOf(order))) return { refusal: 'id-reused' };
	const derived = deriveKey(key, order);
	if (isRefusal(derived)) return derived;
	const token = encodeCreditToken(
		{
			units: order.amountDeciKwh,
			tid: order.tid,
			rnd: randomField(store, order.requestId),
		},
		prepareCipher(order.ea, derived.decoderKey),
	);
	derived.decoderKey.fill(0);
	if ('refusal' in token) return { refusal: 'amount-above-maximum' };
	return { digits: token.digits, carriedDeciKwh: token.units, test: true };
}

/** The one key that may leave: of a meter that exists only in the app. */
function decoderKey(store: KeyStore, order: DecoderKeyOrder): { decoderKeyHex: string } | Refusal {
	const key = findKey(store, order);
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	if (!key.publicTest) return { refusal: 'decoder-key-withheld' };
	const derived = deriveKey(key, order);
	return isRefusal(derived) ? derived : { decoderKeyHex: formatHex(derived.decoderKey) };
}

function attributes(store: KeyStore, slot: string): SlotAttributes | Refusal {
	const key = store.keys.get(slot);
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	const { bytes: _, ...known } = key;
	return { ...known, slot };
}

/** The slot's key, when it is the one that the order means. */
function findKey(
	store: KeyStore,
	order: Pick<CreditOrder, 'slot' | 'sgc' | 'krn'>,
): StoredKey | undefined {
	const key = store.keys.get(order.slot);
	return key?.sgc === order.sgc && key.krn === order.krn ? key : undefined;
}

function deriveKey(
	key: StoredKey,
	{ drn, ti, ea }: DecoderKeyOrder,
): { decoderKey: Uint8Array } | Refusal {
	const { dkga, kt, baseYear, sgc, krn, bytes } = key;
	if (!isDkga(dkga) || !isKeyType(kt) || !isBaseDate(baseYear))
		return { refusal: 'vending-key-unknown' };
	const derived = deriveDecoderKey(
		{ dkga, bytes },
		{ pan: meterPanOf(drn), ea, sgc, ti: Number(ti), krn, kt, baseDate: baseYear },
	);
	return 'refusal' in derived ? { refusal: 'vending-key-unknown' } : derived;
}

function randomField(store: KeyStore, requestId: string): number {
	return createHmac('sha256', store.rndSecret).update(requestId).digest().readUInt8() >>> 4;
}

function digestOf(order: CreditOrder): string {
	const { slot, drn, sgc, krn, ti, ea, amountDeciKwh, tid } = order;
	const contents = JSON.stringify([slot, drn, sgc, krn, ti, ea, amountDeciKwh, tid]);
	return createHash('sha256').update(contents).digest('hex');
}
