/** Entries of a technician's journal, as tests of both sides need them. */
import { generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import type { DeliveryVerdict, ProbeAsMet, TokenDelivery } from '#lib/core/sync/field-deeds.ts';
import {
	entryAfter,
	type EntryFacts,
	type JournalEntry,
	type SignedEntry,
} from '#lib/core/sync/field-journal.ts';
import {
	EMPTY_JOURNAL,
	entryText,
	headAt,
	type JournalHead,
} from '#lib/core/sync/journal-chain.ts';
import type { JournalKind } from '#lib/core/sync/field-deeds.ts';

export const DEVICE_ID = '01935f2a-0000-7000-8000-0000000000d1';
export const OPERATOR_ID = '01935f2a-0000-7000-8000-0000000000e1';

export const PROBE: ProbeAsMet = {
	...{ label: 'FT232R', kind: 'serial', usb: '0403:6001', opening: 'mode-e', baud: 9_600 },
};

/** A delivery of a token of no pack. */
export function delivery(
	verdict: DeliveryVerdict,
	more: Partial<TokenDelivery> = {},
): TokenDelivery {
	return {
		...{ vendId: null, sequence: null, digits: '01234567890123456789', position: 1 },
		...{ probe: PROBE, framesDigest: null, before: null, after: null, verdict },
		...{ statusCode: verdict === 'accepted' ? 3 : null, result: null, readBack: false },
		...more,
	};
}

/** Whoever signs a journal: an ECDSA P-256 key pair. */
export interface JournalSigner {
	readonly publicKey: KeyObject;
	readonly privateKey: KeyObject;
	sign(entry: JournalEntry): SignedEntry;
}

export function journalSigner(): JournalSigner {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	return {
		publicKey,
		privateKey,
		sign: (entry) => ({
			...entry,
			signature: sign('sha256', Buffer.from(entryText(entry)), {
				key: privateKey,
				dsaEncoding: 'ieee-p1363',
			}).toString('base64url'),
		}),
	};
}

export const isSignedWith =
	(publicKey: KeyObject) =>
	(text: string, signature: string): boolean =>
		verify(
			'sha256',
			Buffer.from(text),
			{ key: publicKey, dsaEncoding: 'ieee-p1363' },
			Buffer.from(signature, 'base64url'),
		);

let lastId = 0;
const nextId = (): string =>
	`01935f2a-0000-7000-8000-${(lastId += 1).toString(16).padStart(12, '0')}`;

/** A device that writes its journal down; `head` may be set back, as by a restored copy. */
export class JournalWriter {
	head: JournalHead = EMPTY_JOURNAL;
	readonly signer = journalSigner();
	readonly #who: { deviceId: string; operatorId: string };

	constructor(who = { deviceId: DEVICE_ID, operatorId: OPERATOR_ID }) {
		this.#who = who;
	}

	write<Kind extends JournalKind>(
		kind: Kind,
		content: EntryFacts<Kind>['content'],
		more: Partial<EntryFacts<Kind>> = {},
	): SignedEntry {
		const facts: EntryFacts<Kind> = {
			...{ id: nextId(), ...this.#who, atMs: 1_795_000_000_000, offsetMs: 0 },
			...{ jobId: null, drn: null, kind, content },
			...more,
		};
		const entry = this.signer.sign(entryAfter(this.head, facts));
		this.head = headAt(entry);
		return entry;
	}
}
