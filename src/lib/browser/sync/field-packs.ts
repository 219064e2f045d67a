/**
 * Job packs from the backend into the vault: fetched while there is a network, opened once with the device's
 * key and sealed again behind the PIN, so that they work in a cellar and are gone when their time is over. What
 * became of each is written in the journal.
 */
import type { TechnicianApi } from '#lib/browser/api/technician.ts';
import { StoreFault, stored } from '#lib/browser/store/store-fault.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import type { DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { PACK_VERSION, packIdOf, packRecord, type JobPacks } from '#lib/browser/vault/job-packs.ts';
import type { PackRefusal } from '#lib/core/field/keeping.ts';
import { openPackSeal } from '#lib/browser/vault/pack-seal.ts';
import type { GoneRow } from '#lib/browser/vault/sealed-rows.ts';
import type { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import type { Vault } from '#lib/browser/vault/vault.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import type { JobPackAnswer } from '#lib/core/sync/wire-packs.ts';
import { absorbProblem } from './field-device.ts';
import { appendDeed, type JournalPorts } from './field-journal.ts';

export interface PackPorts extends JournalPorts {
	readonly store: TechnicianStore;
	readonly keys: DeviceKeys;
	readonly api: Pick<TechnicianApi, 'fetchJobPack'>;
	readonly clock: SeenClock;
	readonly vault: Vault;
	readonly packs: Pick<JobPacks, 'close' | 'inUse'>;
}

export type PackOutcome =
	/** It is sealed here; `JobPacks.open` has it. */
	| { readonly kind: 'sealed'; readonly packId: string }
	/** Nothing was asked: the vault is locked, or a meter is being worked on with a pack that this would replace. */
	| { readonly kind: 'not-now'; readonly because: 'locked' | 'in-use' }
	| { readonly kind: 'refused'; readonly because: PackRefusal }
	| { readonly kind: 'problem'; readonly problem: Problem }
	| { readonly kind: 'unknown' };

/**
 * Fetches a pack and seals it. One with all open jobs takes the place of every pack that is here.
 * @param jobId one of the open jobs; absent: all of them
 * @throws {StoreFault} nothing was written @throws {VaultFault}
 */
export async function takeJobPack(ports: PackPorts, jobId?: string): Promise<PackOutcome> {
	const { api, keys, clock, vault, packs } = ports;
	if (!vault.isOpen()) return { kind: 'not-now', because: 'locked' };
	const before = jobId === undefined ? await sealedPacks(vault) : [];
	if (before.some((packId) => packs.inUse(packId))) return { kind: 'not-now', because: 'in-use' };
	const outcome = await api.fetchJobPack(keys.id, jobId);
	if (outcome.kind === 'unknown') return outcome;
	if (outcome.kind === 'problem') {
		await absorbProblem(ports, outcome.problem.code);
		return outcome;
	}
	await clock.hear(outcome.answer.serverMs);
	const sealed = await sealPack(ports, outcome.answer);
	if (sealed.kind !== 'sealed') return sealed;
	for (const packId of before) if (packId !== sealed.packId) await packs.close(packId, 'replaced');
	await tellGonePacks(ports);
	return sealed;
}

async function sealPack(ports: PackPorts, answer: JobPackAnswer): Promise<PackOutcome> {
	const { keys, clock, vault } = ports;
	const opened = await openPackSeal(answer, keys, clock.nowMs());
	if ('refused' in opened) return { kind: 'refused', because: opened.refused };
	const { pack, octets } = opened;
	const { packId, issuedAtMs, validUntilMs, meters } = pack;
	const sealed = await vault.sealedRow(packRecord(packId), PACK_VERSION, octets, validUntilMs);
	octets.fill(0);
	// Locked while it was on its way: what is in it must not lie here without a PIN.
	if (!sealed) return { kind: 'not-now', because: 'locked' };
	const content = { packId, issuedAtMs, validUntilMs, meters: meters.length };
	await appendDeed(ports, { kind: 'pack-opened', content, jobId: null, drn: null }, { sealed });
	return { kind: 'sealed', packId };
}

/** Destroys every pack of the vault. @throws {StoreFault} */
export async function closeAllPacks(
	ports: Omit<PackPorts, 'api'>,
	why: 'closed' | 'signed-out',
): Promise<void> {
	for (const packId of await sealedPacks(ports.vault)) await ports.packs.close(packId, why);
	await tellGonePacks(ports);
}

/**
 * Writes in the journal which packs are gone and why; what expired while the page was closed too. Needs no PIN.
 * @throws {StoreFault} the rest is told next time
 */
export async function tellGonePacks(ports: JournalPorts): Promise<void> {
	const { store, keys } = ports;
	const gone = await stored(() => store.gone.where('owner').equals(keys.owner).toArray());
	for (const row of gone) {
		const packId = packIdOf(row.name);
		if (packId === undefined) await stored(() => store.gone.delete([row.owner, row.name]));
		else await tellGonePack(ports, packId, row);
	}
}

async function tellGonePack(
	ports: JournalPorts,
	packId: string,
	{ owner, name, why }: GoneRow,
): Promise<void> {
	const content = { packId, why };
	try {
		const deed = { kind: 'pack-destroyed', content, jobId: null, drn: null } as const;
		await appendDeed(ports, deed, { gone: [owner, name] });
	} catch (cause) {
		// Another tab has told of it.
		if (!(cause instanceof StoreFault && cause.kind === 'other-tab')) throw cause;
	}
}

async function sealedPacks(vault: Vault): Promise<string[]> {
	return (await vault.labels()).flatMap(({ name }) => packIdOf(name) ?? []);
}
