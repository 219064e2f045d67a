/** Key-change sets of the software module: from one of its keys to another, or to another tariff index. */
import {
	decideKeyChange,
	encodeKeyChange,
	type KeyChangeRefusal,
	type KeyState,
} from '#lib/core/sts/key-change.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import { isRefusal, type Refusal } from '../../refusal.ts';
import type { KeyStore, StoredKey } from '../key-file.ts';
import { areSectionsRight, isSameKey } from '../key-change-order.ts';
import type { DecoderKeyOrder, IssuedKeyChange, KeyChangeOrder } from '../port.ts';
import type { UsageJournal } from '../usage-journal.ts';
import { checkPeriod, issueOnce } from './issue-once.ts';
import { decoderKeyOf, findKey, keyStateOf } from './keys.ts';

/** One end of a change: the key, and what the meter's decoder key under it depends on. */
interface End {
	readonly key: StoredKey;
	readonly meter: DecoderKeyOrder;
	readonly state: KeyState;
}

export function issueKeyChange(
	store: KeyStore,
	journal: UsageJournal,
	order: KeyChangeOrder,
): IssuedKeyChange | Refusal {
	const from = endOf(store, order.from);
	const to = endOf(store, { ...order.from, ...order.to });
	if (from === undefined || to === undefined) return { refusal: 'vending-key-unknown' };
	const { slot, drn, sgc, krn, ti, ea, tct } = order.from;
	return issueOnce<IssuedKeyChange>(journal, {
		requestId: order.requestId,
		kind: 'key-change',
		contents: [
			...[slot, drn, sgc, krn, ti, ea, tct],
			...[order.to.slot, order.to.sgc, order.to.krn, order.to.ti, order.sections],
		],
		key: to.key,
		check: () => checkChange(order, from, to),
		make: () => makeSet(order, from, to),
		deciKwhOf: () => 0,
	});
}

function endOf(store: KeyStore, meter: DecoderKeyOrder): End | undefined {
	const key = findKey(store, meter);
	const state = key && keyStateOf(key, meter);
	return state && { key, meter, state };
}

const CHANGE_REFUSALS: Readonly<Record<KeyChangeRefusal, RefusalCode>> = {
	'other-meter': 'key-change-not-allowed',
	'other-ea': 'key-change-not-allowed',
	'key-type-change': 'key-change-not-allowed',
	'rollover-needs-new-key': 'key-change-not-allowed',
	'before-base-date': 'vending-key-not-active',
	'era-over': 'vending-key-expired',
	'key-expired': 'vending-key-expired',
};

function checkChange(order: KeyChangeOrder, from: End, to: End): Refusal | undefined {
	if (isSameKey(order)) return { refusal: 'key-change-same' };
	if (!areSectionsRight(order)) return { refusal: 'key-change-not-allowed' };
	const decided = decideKeyChange(from.state, to.state, order.nowMs);
	const refusal = 'refusal' in decided ? CHANGE_REFUSALS[decided.refusal] : undefined;
	if (refusal === 'key-change-not-allowed') return { refusal };
	const period = checkPeriod(to.key, order.nowMs);
	if (period !== undefined) return period;
	return refusal && { refusal };
}

function makeSet(order: KeyChangeOrder, from: End, to: End): IssuedKeyChange | Refusal {
	const present = decoderKeyOf(from.key, from.meter);
	const next = decoderKeyOf(to.key, to.meter);
	if (isRefusal(present)) return present;
	if (isRefusal(next)) return next;
	const { ken, krn, kt, ti, sgc } = to.state;
	const rollover = to.state.baseDate > from.state.baseDate;
	const digits = encodeKeyChange(
		{
			...{ decoderKey: next.decoderKey, ken, krn, kt, ti, rollover },
			sgc: order.sections === 2 ? undefined : sgc,
		},
		prepareCipher(order.from.ea, present.decoderKey),
	);
	present.decoderKey.fill(0);
	next.decoderKey.fill(0);
	return { digits, rollover, test: true };
}
