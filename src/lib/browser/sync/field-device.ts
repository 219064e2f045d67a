/**
 * The device towards the backend: registered by whoever is signed in on it, heard of with every start, and
 * wiped once the office has switched it off.
 */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { technicianOf, type TechnicianApi } from '#lib/browser/api/technician.ts';
import { changeProgress, readEntry } from '#lib/browser/store/technician-journal.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import { formatBase64url } from '#lib/browser/vault/base64url.ts';
import { publicKeysOf, signAsDevice, type DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { wipeOwner } from '#lib/browser/vault/sealed-rows.ts';
import type { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import type { Vault } from '#lib/browser/vault/vault.ts';
import {
	absorbDevice,
	absorbDeviceProblem,
	type FieldProgress,
} from '#lib/core/sync/field-sync.ts';
import {
	fieldDeviceProof,
	type FieldDeviceAnswer,
	type FieldDeviceRequest,
} from '#lib/core/sync/wire-field-devices.ts';
import type { Problem } from '#lib/core/sync/wire.ts';

export interface FieldDevicePorts {
	readonly store: TechnicianStore;
	readonly api: Pick<TechnicianApi, 'readSession' | 'registerDevice'>;
	readonly keys: DeviceKeys;
	readonly clock: SeenClock;
	readonly vault: Pick<Vault, 'lock' | 'owner'>;
}

export type RegisterOutcome =
	/** `progress` says whether the device is active, and how far its journal is. */
	| { readonly kind: 'heard'; readonly progress: FieldProgress }
	| { readonly kind: 'problem'; readonly problem: Problem; readonly progress: FieldProgress }
	/** Somebody else is signed in, or nobody. */
	| { readonly kind: 'not-signed-in'; readonly progress: FieldProgress }
	| { readonly kind: 'unknown' };

/**
 * Registers the device, or hears how it is; the same again changes nothing. A device that was revoked is wiped
 * before this returns. @throws {StoreFault} @throws {VaultFault}
 */
export async function registerDevice(ports: FieldDevicePorts): Promise<RegisterOutcome> {
	const { store, api, keys, clock } = ports;
	const session = await api.readSession();
	if (session.kind === 'unknown') return session;
	const person = session.kind === 'answer' ? technicianOf(session.answer) : undefined;
	// Asked by another, the backend would take the device for a stranger's.
	if (person?.operatorId !== keys.owner) {
		const progress = await absorbProblem(ports, 'sign-in-needed');
		return { kind: 'not-signed-in', progress };
	}
	const outcome: ApiOutcome<FieldDeviceAnswer> = await api.registerDevice(
		keys.id,
		await requestOf(keys),
	);
	if (outcome.kind === 'unknown') return outcome;
	if (outcome.kind === 'problem') {
		const { problem } = outcome;
		return { kind: 'problem', problem, progress: await absorbProblem(ports, problem.code) };
	}
	const { answer } = outcome;
	await clock.hear(answer.serverMs);
	const here = await readEntry(store, keys.id, answer.journal.sequence);
	const progress = await changeProgress(store, keys.id, (before) =>
		absorbDevice(before, answer, here?.hash, clock.nowMs()),
	);
	if (progress.revoked) await wipeRevoked(ports);
	return { kind: 'heard', progress };
}

async function requestOf(keys: DeviceKeys): Promise<FieldDeviceRequest> {
	const { signing: signingKey, agreement: sealingKey } = await publicKeysOf(keys);
	const text = fieldDeviceProof(keys.id, keys.owner, { signingKey, sealingKey });
	const proof = formatBase64url(await signAsDevice(keys, new TextEncoder().encode(text)));
	return { name: keys.name, signingKey, sealingKey, proof };
}

/** Takes in what a problem says of the device, and wipes it where the office switched it off. */
export async function absorbProblem(
	ports: Omit<FieldDevicePorts, 'api'>,
	code: string,
): Promise<FieldProgress> {
	const { store, keys, clock } = ports;
	const progress = await changeProgress(store, keys.id, (before) =>
		absorbDeviceProblem(before, code, clock.nowMs()),
	);
	if (progress.revoked) await wipeRevoked(ports);
	return progress;
}

/** Destroys what is secret here; the journal stays, and goes on to the backend as far as it takes it. */
export async function wipeRevoked({
	store,
	vault,
}: Pick<FieldDevicePorts, 'store' | 'vault'>): Promise<void> {
	vault.lock();
	await wipeOwner(store, vault.owner);
}
