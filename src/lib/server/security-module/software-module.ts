/**
 * The software security module: the port's operations over the keys of a key file. It lives in a process
 * of its own (process.ts); the backend never imports it.
 *
 * A token's random field comes from the request id and a secret of the module, so that the same request
 * gives the same token from any module process, before and after any crash.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { KeyStore } from './key-file.ts';
import type { DecoderKeyOrder, SecurityModule, SlotAttributes } from './port.ts';
import { issueKeyChange } from './software/issue-key-change.ts';
import { issueCredit, issueManagement } from './software/issue-stamped.ts';
import { decoderKeyOf, findKey } from './software/keys.ts';
import { verifyToken } from './software/verify-token.ts';
import type { UsageJournal } from './usage-journal.ts';

/** Ids in one answer to `usage`. */
const USAGE_PAGE = 10_000;

/** The port's operations, answered at once. */
export type Operations = {
	[Name in keyof Omit<SecurityModule, 'close'>]: (
		...order: Parameters<SecurityModule[Name]>
	) => Awaited<ReturnType<SecurityModule[Name]>>;
};

export function softwareModule(store: KeyStore, journal: UsageJournal): Operations {
	return {
		issueCredit: (order) => issueCredit(store, journal, order),
		issueManagement: (order) => issueManagement(store, journal, order),
		issueKeyChange: (order) => issueKeyChange(store, journal, order),
		verifyToken: (order) => verifyToken(store, order),
		decoderKey: (order) => decoderKey(store, order),
		attributes: (slot) => attributes(store, slot),
		usage: ({ after }) => ({
			requests: journal.count(),
			ids: journal.idsAfter(after, USAGE_PAGE),
		}),
	};
}

/** The one key that may leave: of a meter that exists only in the app. */
function decoderKey(store: KeyStore, order: DecoderKeyOrder): { decoderKeyHex: string } | Refusal {
	const key = findKey(store, order);
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	if (!key.publicTest) return { refusal: 'decoder-key-withheld' };
	const derived = decoderKeyOf(key, order);
	return isRefusal(derived) ? derived : { decoderKeyHex: formatHex(derived.decoderKey) };
}

function attributes(store: KeyStore, slot: string): SlotAttributes | Refusal {
	const key = store.keys.get(slot);
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	// One by one: what is added to a stored key does not come out by itself.
	const { sgc, krn, kt, dkga, baseYear, ken, publicTest } = key;
	const { activeFromMs, issueUntilMs, unitLimitDeciKwh } = key;
	return {
		...{ slot, sgc, krn, kt, dkga, baseYear, ken, publicTest },
		...{ activeFromMs, issueUntilMs, unitLimitDeciKwh },
	};
}
