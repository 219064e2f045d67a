/**
 * The till's journal as it is written and read here: each entry is built on the one before, signed with the
 * till's key and put on the disk, with all that it tells of, before anybody is told. One writer at a time over
 * all tabs (a Web Lock), so that no number is given twice.
 */
import * as v from 'valibot';
import {
	addTillEntry,
	readAcknowledged,
	readTillEntries,
	readTillHead,
	type TillAlongside,
} from '#lib/browser/store/agent-journal.ts';
import type { TillEntryHereRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { formatBase64url, parseBase64url } from '#lib/browser/vault/base64url.ts';
import { isSignedByDevice, signAsDevice, type DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import {
	decidePlace,
	EMPTY_JOURNAL,
	entryHash,
	entryText,
	headAt,
	type JournalHead,
} from '#lib/core/sync/journal-chain.ts';
import { SignedTillEntry, tillEntryAfter, type TillContents } from '#lib/core/sync/till-journal.ts';
import { type TillKind } from '#lib/core/vending/till-kinds.ts';
import type { JournalBreak } from './field-journal.ts';

/** What writing needs of the world; tests give their own. */
export interface TillJournalPorts {
	readonly store: AgentStore;
	/** Those of the owner `till`. */
	readonly keys: DeviceKeys;
	readonly terminalId: string;
	/** The device's own clock, as well as it is known; epoch milliseconds. */
	readonly nowMs: () => number;
	/** What the backend's clock is ahead of that; null: never heard. */
	readonly offsetMs: () => number | null;
	readonly newId: () => string;
	readonly locks: Pick<LockManager, 'request'>;
}

/** What was done, and by whom. */
export interface TillDeed<Kind extends TillKind> {
	readonly kind: Kind;
	readonly content: TillContents[Kind];
	/** Who stands at the till. */
	readonly operatorId: string;
	/** Of the entry: given where what is written alongside must know it; else one is made. */
	readonly id?: string;
}

const lockOf = (deviceId: string) => `tokenline-till-journal-${deviceId}`;

/**
 * Writes a deed down; with it becomes true what is written `alongside`, in the same transaction.
 * @throws {StoreFault} nothing was written
 * @throws {RangeError} slip: a content that the journal has no form for
 */
export function appendTillDeed<Kind extends TillKind>(
	{ store, keys, terminalId, nowMs, offsetMs, newId, locks }: TillJournalPorts,
	{ kind, content, operatorId, id = newId() }: TillDeed<Kind>,
	alongside?: TillAlongside,
): Promise<SignedTillEntry> {
	const deviceId = keys.id;
	return locks.request(lockOf(deviceId), async () => {
		const head = await readTillHead(store, deviceId);
		const acknowledged = await readAcknowledged(store, deviceId);
		const unsigned = tillEntryAfter(head, {
			...{ id, deviceId, terminalId, acknowledged, operatorId, kind, content },
			...{ atMs: nowMs(), offsetMs: offsetMs() },
		});
		const signature = await signAsDevice(keys, new TextEncoder().encode(entryText(unsigned)));
		const signed = { ...unsigned, signature: formatBase64url(signature) };
		const read = v.safeParse(SignedTillEntry, signed);
		// The values stay untold: they are the customer's.
		if (!read.success) throw new RangeError(`not an entry: ${placeOf(read.issues[0])}`);
		const { sequence, hash } = headAt(read.output);
		const row = { ...{ deviceId, sequence, id, kind, hash }, entry: read.output };
		await addTillEntry(store, head, row, alongside);
		return read.output;
	});
}

const placeOf = (issue: v.BaseIssue<unknown>) => v.getDotPath(issue) ?? issue.type;

/**
 * Whether a row is what was written here: its number, its hash and the till's signature over it. Whatever form
 * the entry has, also that of another version of the app: what is signed is the text.
 */
export async function isIntact(keys: DeviceKeys, row: TillEntryHereRow): Promise<boolean> {
	const { entry, hash } = row;
	try {
		if (entry.sequence !== row.sequence || entry.deviceId !== keys.id || entry.id !== row.id)
			return false;
		if (entryHash(entry) !== hash) return false;
		const text = new TextEncoder().encode(entryText(entry));
		return await isSignedByDevice(keys, parseBase64url(entry.signature), text);
	} catch (cause) {
		// Not an object, not a text, not base64url: not what was written.
		if (cause instanceof TypeError) return false;
		throw cause;
	}
}

/** Entries looked at in one go. */
const AT_A_TIME = 100;

/** Reads the till's whole journal and checks it: its head, or the first place that does not fit. */
export async function checkOwnTillJournal(
	store: AgentStore,
	keys: DeviceKeys,
): Promise<JournalHead | JournalBreak> {
	let head = EMPTY_JOURNAL;
	for (;;) {
		const rows = await readTillEntries(store, keys.id, head.sequence, AT_A_TIME);
		if (rows.length === 0) return head;
		for (const row of rows) {
			const { sequence, entry } = row;
			if (typeof entry !== 'object') return { sequence, because: 'shape' };
			const { place } = decidePlace(head, { ...entry, sequence });
			if (place !== 'next') return { sequence, because: place };
			if (!(await isIntact(keys, row))) return { sequence, because: 'signature' };
			head = { sequence, hash: row.hash };
		}
	}
}
