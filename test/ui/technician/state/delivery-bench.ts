/** A technician's page at a gateway of a test's own making: a store, a journal, locks, tabs. */
import { addEntry, readEntries, readHead } from '#lib/browser/store/technician-journal.ts';
import { writeDelivery } from '#lib/browser/store/technician-deliveries.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import type { FieldDesk } from '#lib/browser/sync/field-desk.ts';
import type { Deed } from '#lib/browser/sync/field-journal.ts';
import * as v from 'valibot';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { JOURNAL_CONTENTS, type JournalKind } from '#lib/core/sync/field-deeds.ts';
import { entryAfter, type SignedEntry } from '#lib/core/sync/field-journal.ts';
import { entryHash } from '#lib/core/sync/journal-chain.ts';
import { lineOfDigits, type QueueLine } from '#lib/core/sync/proofs/queue.ts';
import type { AskOutcome } from '#lib/link/conversation.ts';
import { DeliveryDesk } from '#lib/ui/technician/state/deliveries.svelte.ts';
import type { AtMeter, RunPorts } from '#lib/ui/technician/state/delivery-run.ts';
import { newId, NOW, tab } from '../../../browser/vault/bench.ts';
import { PROBE } from '../../../core/sync/journal.ts';
import { FakeGateway } from '../../../core/field/delivery/fake-gateway.ts';
import { creditToken, MADE_TID } from '../../../core/meter/bench-meter.ts';
import { FakeConversation } from '../../../link/fake-conversation.ts';
import { VIRTUAL } from '../../../link/cut-line.ts';

export const DRN = '12345678903';
export const DEVICE = '01935f2a-0000-7000-8000-0000000000d1';
export const OWNER = '01935f2a-0000-7000-8000-0000000000e1';

export const credit = (minute: number): QueueLine =>
	lineOfDigits(creditToken(500, MADE_TID + minute));

/** Locks as a browser has them, over every tab of a test. */
export function pageLocks(): Pick<LockManager, 'request'> {
	const held = new Set<string>();
	const request = async (
		name: string,
		_: LockOptions,
		work: (lock: Lock | null) => Promise<unknown>,
	) => {
		if (held.has(name)) return work(null);
		held.add(name);
		try {
			return await work({ name, mode: 'exclusive' });
		} finally {
			held.delete(name);
		}
	};
	return { request: request as unknown as LockManager['request'] };
}

/** A connection that is over when a wish is answered with `unknown`. */
export const LOST: AskOutcome = { kind: 'unknown', because: { why: 'fault', fault: 'unplugged' } };

export class DeliveryBench {
	readonly store: TechnicianStore;
	readonly locks = pageLocks();
	readonly told: unknown[] = [];
	gateway = new FakeGateway();
	/** Refuses to store from this deed of the journal on. */
	fault: { readonly kind: JournalKind; readonly error: Error } | undefined;

	constructor(store = tab()) {
		this.store = store;
	}

	/** A page that was just loaded. */
	page(): DeliveryDesk {
		return new DeliveryDesk({
			ports: () => this.ports(),
			locks: this.locks,
			tell: (error) => this.told.push(error),
		});
	}

	ports(): RunPorts {
		return {
			store: this.store,
			desk: {
				writeDown: ((deed, alongside) => this.#write(deed, alongside)) as FieldDesk['writeDown'],
			},
			timer: {
				nowMs: () => NOW,
				wakeAt: (_, callBack) => {
					queueMicrotask(callBack);
					return () => undefined;
				},
			},
		};
	}

	/** A session with the gateway. @param instead what becomes of a wish in place of its answer */
	at(instead?: (wish: Wish, index: number) => AskOutcome | undefined, drn = DRN): AtMeter {
		const conversation = new FakeConversation(this.gateway, (wish, index) => {
			const outcome = instead?.(wish, index);
			if (outcome?.kind === 'unknown') conversation.over = true;
			return outcome;
		});
		return {
			...{ drn, jobId: null, profile: VIRTUAL, probe: PROBE },
			connected: { conversation, digest: () => ({ sha256: 'ab'.repeat(32), frames: 3 }) },
			currency: () => ({ name: 'kWh', scaler: -1 }),
			sts: obis('0.0.19.60.0.255'),
		};
	}

	/** What the journal has, in order. */
	async deeds(): Promise<SignedEntry[]> {
		return (await readEntries(this.store, DEVICE, 0, 100)).map(({ entry }) => entry);
	}

	async #write(deed: Deed<JournalKind>, alongside?: Parameters<typeof addEntry>[4]) {
		if (this.fault?.kind === deed.kind) throw this.fault.error;
		v.parse(JOURNAL_CONTENTS[deed.kind], deed.content);
		const head = await readHead(this.store, DEVICE);
		const unsigned = entryAfter(head, {
			...{ id: newId(), deviceId: DEVICE, operatorId: OWNER, atMs: NOW, offsetMs: null },
			...deed,
		} as Parameters<typeof entryAfter>[1]);
		const entry = { ...unsigned, signature: 'A'.repeat(86) } as SignedEntry;
		await addEntry(this.store, head, entry, entryHash(entry), alongside);
		return entry;
	}
}

export { writeDelivery };
