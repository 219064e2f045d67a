/** Tokens of the software module that carry a TID and a random field: credits and class 2 management. */
import { createHmac } from 'node:crypto';
import type { Cipher } from '#lib/core/sts/ciphers/cipher.ts';
import { encodeCreditToken } from '#lib/core/sts/credit-token.ts';
import { isKeyType, judgeKeyTypeForIssue } from '#lib/core/sts/key-type.ts';
import { encodeManagementToken } from '#lib/core/sts/management-token.ts';
import { isTidExpired } from '#lib/core/sts/tid.ts';
import { isRefusal, type Refusal } from '../../refusal.ts';
import type { KeyStore, StoredKey } from '../key-file.ts';
import { isManagementWish } from '../management-wish.ts';
import type {
	CreditOrder,
	IssuedCredit,
	IssuedManagement,
	ManagementOrder,
	TokenTarget,
} from '../port.ts';
import type { UsageJournal } from '../usage-journal.ts';
import { checkPeriod, issueOnce } from './issue-once.ts';
import { cipherOf, findKey } from './keys.ts';

export function issueCredit(
	store: KeyStore,
	journal: UsageJournal,
	order: CreditOrder,
): IssuedCredit | Refusal {
	const key = findKey(store, order);
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	return issueOnce<IssuedCredit>(journal, {
		requestId: order.requestId,
		kind: 'credit',
		contents: [...targetOf(order), order.amountDeciKwh, order.tid],
		key,
		check: () => checkStamped(key, order, 0),
		make: () => underKey(store, order, (cipher) => makeCredit(store, order, cipher)),
		deciKwhOf: ({ carriedDeciKwh }) => carriedDeciKwh,
	});
}

export function issueManagement(
	store: KeyStore,
	journal: UsageJournal,
	order: ManagementOrder,
): IssuedManagement | Refusal {
	const key = findKey(store, order);
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	return issueOnce<IssuedManagement>(journal, {
		requestId: order.requestId,
		kind: 'management',
		contents: [...targetOf(order), ...wishContents(order), order.tid],
		key,
		check: () => checkStamped(key, order, 2),
		make: () => underKey(store, order, (cipher) => makeManagement(store, order, cipher)),
		deciKwhOf: () => 0,
	});
}

const targetOf = ({ slot, drn, sgc, krn, ti, ea, tct }: TokenTarget) => [
	...[slot, drn, sgc, krn, ti, ea, tct],
];

const wishContents = ({ wish }: ManagementOrder) =>
	Object.entries(wish).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Order: the key's period, `vending-key-expired`, `vending-key-type`. */
function checkStamped(
	key: StoredKey,
	order: { tid: number; tct: string; nowMs: number },
	classNumber: 0 | 2,
): Refusal | undefined {
	const period = checkPeriod(key, order.nowMs);
	if (period !== undefined) return period;
	if (isTidExpired(order.tid, key.ken)) return { refusal: 'vending-key-expired' };
	const { kt } = key;
	if (isKeyType(kt) && judgeKeyTypeForIssue(kt, classNumber, order.tct) !== undefined)
		return { refusal: 'vending-key-type' };
	return undefined;
}

function underKey<Made extends object>(
	store: KeyStore,
	order: TokenTarget,
	make: (cipher: Cipher) => Made | Refusal,
): Made | Refusal {
	const ready = cipherOf(store, order);
	return isRefusal(ready) ? ready : make(ready.cipher);
}

function makeCredit(
	store: KeyStore,
	{ requestId, tid, amountDeciKwh }: CreditOrder,
	cipher: Cipher,
): IssuedCredit | Refusal {
	const rnd = randomField(store, requestId);
	const token = encodeCreditToken({ units: amountDeciKwh, tid, rnd }, cipher);
	if ('refusal' in token) return { refusal: 'amount-above-maximum' };
	return { digits: token.digits, carriedDeciKwh: token.units, test: true };
}

function makeManagement(
	store: KeyStore,
	{ requestId, tid, wish }: ManagementOrder,
	cipher: Cipher,
): IssuedManagement | Refusal {
	if (!isManagementWish(wish)) return { refusal: 'engineering-value' };
	const token = encodeManagementToken(wish, { tid, rnd: randomField(store, requestId) }, cipher);
	if ('refusal' in token) return { refusal: 'engineering-value' };
	return { digits: token.digits, watts: token.watts ?? null, test: true };
}

/** Four bits that look like chance and are the same for the same request in every process. */
function randomField(store: KeyStore, requestId: string): number {
	return createHmac('sha256', store.rndSecret).update(requestId).digest().readUInt8() >>> 4;
}
