import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import type { TechnicianApi } from '#lib/browser/api/technician.ts';
import { openFieldDesk, type DeskPorts, type FieldDesk } from '#lib/browser/sync/field-desk.ts';
import type { Deed } from '#lib/browser/sync/field-journal.ts';
import type { FieldSyncState } from '#lib/browser/sync/field-runner.ts';
import type { PageWatch } from '#lib/browser/vault/page-watch.ts';
import { LOCK_TIMES } from '#lib/browser/vault/auto-lock.ts';
import { takeCounter } from '#lib/core/dlms/security/counter.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { type SignedEntry } from '#lib/core/sync/field-journal.ts';
import { entryHash, headAt, NO_PREVIOUS } from '#lib/core/sync/journal-chain.ts';
import type { FieldDeviceAnswer } from '#lib/core/sync/wire-field-devices.ts';
import { soon } from '../../harness/soon.ts';
import { delivery } from '../../core/sync/journal.ts';
import {
	closeTabs,
	fakeLocks,
	FakeClocks,
	FakeTimer,
	HOUR,
	newId,
	NOW,
	OWNER,
	PIN,
	stretch,
	tab,
} from '../vault/bench.ts';
import { DRN, jobPack, no, sealedPack, session, UNICAST, yes } from './field-bench.ts';

let desk: FieldDesk | undefined;
afterEach(async () => {
	desk?.close();
	await closeTabs();
});

const technician = { operatorId: OWNER, utilityId: 'utility', login: 'thandi', name: 'Thandi' };
const nothing = () => () => undefined;
const page: PageWatch = { onTouch: nothing, onHidden: nothing, onShown: nothing, onLeft: nothing };

class Office {
	readonly entries: SignedEntry[] = [];
	state: FieldDeviceAnswer['state'] = 'active';
	signedOut = 0;
	readonly clocks = new FakeClocks();
	readonly timer = new FakeTimer(this.clocks);
	readonly store = tab();
	readonly told: FieldSyncState[] = [];
	readonly lockedElsewhere: string[] = [];

	async open(store = this.store): Promise<FieldDesk> {
		return (desk = await openFieldDesk(this.ports(store), technician, 'Laptop', (state) => {
			this.told.push(state);
		}));
	}

	ports(store = this.store): DeskPorts {
		return {
			...{ store, page, newId, timer: this.timer, clocks: this.clocks, locks: fakeLocks() },
			stretch: (pin, salt) => stretch(pin, salt, { N: 2, r: 1, p: 1 }),
			tabs: { tell: (owner) => this.lockedElsewhere.push(owner), onTold: () => () => undefined },
			probe: async () => 'online',
			chance: () => 0.5,
			api: {
				readSession: async () => session(),
				signOut: async () => ((this.signedOut += 1), yes({ ended: 1 })),
				registerDevice: async (id: string) => yes(this.device(id)),
				fetchJobPack: async () => yes(await sealedPack(desk!.keys(), jobPack(desk!.keys()))),
				putDelivery: async (_: string, entry: SignedEntry) => this.take(entry),
			} as unknown as TechnicianApi,
		};
	}

	device(id: string): FieldDeviceAnswer {
		const last = this.entries.filter(({ deviceId }) => deviceId === id).at(-1);
		return {
			...{ id, name: 'Laptop', operatorId: OWNER, operatorName: 'Thandi', state: this.state },
			...{ registeredAtMs: NOW, endedAtMs: null, packUntilMs: null },
			journal: last ? headAt(last) : { sequence: 0, hash: NO_PREVIOUS },
			serverMs: this.clocks.wallMs,
		};
	}

	take(entry: SignedEntry) {
		const { id, deviceId, sequence } = entry;
		if (this.state === 'suspended') return no('field-device-suspended');
		this.entries.push(entry);
		const rest = { acceptedAtMs: NOW, findings: [], expected: sequence + 1 };
		return yes({ id, deviceId, sequence, hash: entryHash(entry), ...rest });
	}

	kinds = () => this.entries.map(({ kind }) => kind);
	arrived = (count: number) => soon(() => expect(this.entries).toHaveLength(count));
}

const deed: Deed<'token-delivery'> = {
	...{ kind: 'token-delivery', content: delivery('accepted'), jobId: null, drn: DRN },
};

describe('a technician’s desk', () => {
	it('goes from the first PIN to a proof in the office, a cellar in between', async () => {
		const office = new Office();
		const first = await office.open();
		expect(await first.vault.create(PIN)).toEqual({ kind: 'created' });
		expect(await first.takePack()).toMatchObject({ kind: 'sealed' });
		await office.arrived(1);
		first.close();
		expect(first.vault.isOpen()).toBe(false);

		const second = await office.open(tab(office.store.name));
		expect(second.keys().id).toBe(first.keys().id);
		await second.vault.unlock(PIN);
		const [pack] = (await second.packs.open()).packs;
		const loan = second.packs.lendSecrets(pack!.packId, DRN)!;
		const { counters, sendSpace } = await second.counters(DRN, loan.secrets.keys!.unicast);
		expect(takeCounter(counters.port, sendSpace)).toBe(0);
		await counters.safe();
		await second.writeDown(deed, { delivery: { drn: DRN, revision: 0, snapshot: '{}' } });
		loan.giveBack();
		await office.arrived(2);
		expect(office.kinds()).toEqual(['pack-opened', 'token-delivery']);
		const file = await second.saveJournal();
		expect(file.parts.join('')).not.toContain(UNICAST);
	});

	it('names the counters by the key, whatever pack it came in', async () => {
		const office = new Office();
		const open = await office.open();
		const one = await open.counters(DRN, parseHex(UNICAST));
		const two = await open.counters(DRN, parseHex(UNICAST));
		expect(two.sendSpace).toBe(one.sendSpace);
	});

	it('signs out: the packs are gone and told of, other tabs locked, the session ended', async () => {
		const office = new Office();
		const open = await office.open();
		await open.vault.create(PIN);
		await open.takePack();
		await open.signOut();
		expect(office.signedOut).toBe(1);
		expect(office.lockedElsewhere).toEqual([OWNER]);
		expect(await office.store.sealed.count()).toBe(0);
		const again = await office.open(tab(office.store.name));
		await again.tryNow();
		expect(office.kinds()).toEqual(['pack-opened', 'pack-destroyed']);
		expect(await again.vault.unlock(PIN)).toEqual({ kind: 'opened' });
	});

	it('is locked by idleness, but not while a meter is worked on', async () => {
		const office = new Office();
		const open = await office.open();
		await open.vault.create(PIN);
		const letGo = open.hold();
		office.timer.pass(3 * LOCK_TIMES.idleMs);
		expect(open.vault.isOpen()).toBe(true);
		letGo();
		office.timer.pass(LOCK_TIMES.idleMs);
		expect(open.vault.isOpen()).toBe(false);
	});

	it('tells the office that a pack expired, with the vault locked', async () => {
		const office = new Office();
		const open = await office.open();
		await open.vault.create(PIN);
		await open.takePack();
		await office.arrived(1);
		open.lock();
		office.clocks.pass(13 * HOUR);
		await soon(() => {
			office.timer.pass(60_000);
			expect(office.entries).toHaveLength(2);
		});
		expect(office.entries[1]).toMatchObject({
			kind: 'pack-destroyed',
			content: { why: 'expired' },
		});
	});

	it('locks every tab when the office switches the device off', async () => {
		const office = new Office();
		const open = await office.open();
		await open.vault.create(PIN);
		await office.arrived(0);
		office.state = 'revoked';
		open.close();
		const again = await office.open(tab(office.store.name));
		await soon(() => expect(office.told.at(-1)?.progress.revoked).toBe(true));
		expect(office.lockedElsewhere).toContain(OWNER);
		expect(await again.vault.state()).toEqual({ kind: 'none' });
	});

	it('starts anew after a fork: another device, the same PIN, the old journal kept', async () => {
		const office = new Office();
		const open = await office.open();
		await open.vault.create(PIN);
		await open.takePack();
		await office.arrived(1);
		office.state = 'suspended';
		await open.writeDown(deed);
		await soon(() => expect(office.told.at(-1)?.progress.stop?.because).toBe('fork'));
		const before = open.keys().id;
		await open.startAnew();
		office.state = 'active';
		expect(open.keys().id).not.toBe(before);
		expect(await open.vault.unlock(PIN)).toEqual({ kind: 'opened' });
		await open.writeDown(deed);
		await open.tryNow();
		await soon(() => expect(office.entries.at(-1)?.deviceId).toBe(open.keys().id));
		expect(office.entries.at(-1)?.sequence).toBe(1);
		expect(await office.store.journal.where('deviceId').equals(before).count()).toBe(3);
	});
});
