/**
 * The journal of a technician's device as it is written and read here: each entry is built on the one before,
 * signed with the device's key and put on the disk before anybody is told. One writer at a time over all tabs
 * (a Web Lock), so that no number is given twice.
 */
import * as v from 'valibot';
import {
	addEntry,
	readEntries,
	readHead,
	type Alongside,
} from '#lib/browser/store/technician-journal.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import { formatBase64url, parseBase64url } from '#lib/browser/vault/base64url.ts';
import {
	isSignedByDevice,
	publicKeysOf,
	signAsDevice,
	type DeviceKeys,
} from '#lib/browser/vault/device-keys.ts';
import type { JournalContents, JournalKind } from '#lib/core/sync/field-deeds.ts';
import { entryAfter, SignedEntry } from '#lib/core/sync/field-journal.ts';
import {
	checkJournal,
	EMPTY_JOURNAL,
	entryHash,
	entryText,
	type JournalHead,
} from '#lib/core/sync/journal-chain.ts';

/** What writing needs of the world; tests give their own. */
export interface JournalPorts {
	readonly store: TechnicianStore;
	readonly keys: DeviceKeys;
	/** The device's own clock, epoch milliseconds. */
	readonly nowMs: () => number;
	/** What the backend's clock was ahead of it when last heard; null: never heard. */
	readonly offsetMs: () => number | null;
	readonly newId: () => string;
	readonly locks: Pick<LockManager, 'request'>;
}

/** What was done, and about what. */
export interface Deed<Kind extends JournalKind> {
	readonly kind: Kind;
	readonly content: JournalContents[Kind];
	readonly jobId: string | null;
	readonly drn: string | null;
}

const lockOf = (deviceId: string) => `tokenline-field-journal-${deviceId}`;

/**
 * Writes a deed down; with it becomes true what stands `alongside`.
 * @throws {StoreFault} nothing was written
 * @throws {RangeError} slip: a content that the journal has no form for
 */
export function appendDeed<Kind extends JournalKind>(
	{ store, keys, nowMs, offsetMs, newId, locks }: JournalPorts,
	{ kind, content, jobId, drn }: Deed<Kind>,
	alongside?: Alongside,
): Promise<SignedEntry> {
	return locks.request(lockOf(keys.id), async () => {
		const head = await readHead(store, keys.id);
		const unsigned = entryAfter(head, {
			...{ id: newId(), deviceId: keys.id, operatorId: keys.owner, jobId, drn, kind, content },
			...{ atMs: nowMs(), offsetMs: offsetMs() },
		});
		const signature = await signAsDevice(keys, new TextEncoder().encode(entryText(unsigned)));
		const read = v.safeParse(SignedEntry, { ...unsigned, signature: formatBase64url(signature) });
		// The values stay untold: there may be digits among them.
		if (!read.success) throw new RangeError(`not an entry: ${placeOf(read.issues[0])}`);
		await addEntry(store, head, read.output, entryHash(read.output), alongside);
		return read.output;
	});
}

const placeOf = (issue: v.BaseIssue<unknown>) => v.getDotPath(issue) ?? issue.type;

/** Where a journal is not what was written. */
export interface JournalBreak {
	readonly sequence: number;
	readonly because:
		/** Not an entry at all. */
		| 'shape'
		/** An entry is missing before it. */
		| 'gap'
		/** It does not follow the one before. */
		| 'fork'
		/** It is not what was signed. */
		| 'signature';
}

/** Entries looked at in one go. */
const AT_A_TIME = 100;

/** Reads a device's whole journal and checks it: its head, or the first place that does not fit. */
export async function checkOwnJournal(
	store: TechnicianStore,
	keys: DeviceKeys,
): Promise<JournalHead | JournalBreak> {
	let head = EMPTY_JOURNAL;
	for (;;) {
		const rows = await readEntries(store, keys.id, head.sequence, AT_A_TIME);
		if (rows.length === 0) return head;
		for (const { sequence, entry, hash } of rows) {
			const read = v.safeParse(SignedEntry, entry);
			if (!read.success) return { sequence, because: 'shape' };
			const next = checkJournal([read.output], head, () => true);
			if ('because' in next) return { sequence, because: next.because };
			const text = new TextEncoder().encode(entryText(read.output));
			const signature = parseBase64url(read.output.signature);
			if (next.hash !== hash || !(await isSignedByDevice(keys, signature, text)))
				return { sequence, because: 'signature' };
			head = next;
		}
	}
}

/** A file to be kept elsewhere. */
export interface JournalFile {
	readonly name: string;
	readonly type: 'application/json';
	/** To be put together in this order. */
	readonly parts: readonly string[];
}

/**
 * A device's whole journal with the key that proves it, as a file: for when the browser might throw it away.
 * It has no secret; it has digits of tokens that were handed to their meters.
 */
export async function exportJournal(
	store: TechnicianStore,
	keys: DeviceKeys,
	nowMs: number,
): Promise<JournalFile> {
	const { signing: signingKey } = await publicKeysOf(keys);
	const front = { format: 'tokenline field journal', version: 1, exportedAtMs: nowMs };
	const opening = JSON.stringify({ ...front, deviceId: keys.id, name: keys.name, signingKey });
	const parts = [`${opening.slice(0, -1)},"entries":[`];
	let after = 0;
	for (;;) {
		const rows = await readEntries(store, keys.id, after, AT_A_TIME);
		const last = rows.at(-1);
		if (!last) break;
		const texts = rows.map(({ entry }) => JSON.stringify(entry)).join(',\n');
		parts.push(`${after === 0 ? '\n' : ',\n'}${texts}`);
		after = last.sequence;
	}
	parts.push('\n]}\n');
	const day = new Date(nowMs).toISOString().slice(0, 10);
	return { name: `journal-${keys.id}-${day}.json`, type: 'application/json', parts };
}
