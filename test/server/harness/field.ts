/** A technician with a device: registered by its own keys, with its packs opened and its journal kept. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { compactDecrypt } from 'jose';
import * as v from 'valibot';
import {
	fieldDeviceProof,
	type FieldDeviceAnswer,
	type FieldDeviceRequest,
} from '#lib/core/sync/wire-field-devices.ts';
import type { JobAnswer, JobRequest } from '#lib/core/sync/wire-jobs.ts';
import { JobPack, PackHeader, type JobPackAnswer } from '#lib/core/sync/wire-packs.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { DeliveryAnswer } from '#lib/core/sync/wire-deliveries.ts';
import type { SignedEntry } from '#lib/core/sync/field-journal.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import type { Backend } from '#lib/server/backend.ts';
import { takeEntry } from '#lib/server/delivery/take-entry.ts';
import { registerDevice } from '#lib/server/field/register-device.ts';
import { makePack } from '#lib/server/job/make-pack.ts';
import { putJob } from '#lib/server/job/put-job.ts';
import type { Refusal } from '#lib/server/refusal.ts';
import { JournalWriter } from '../../core/sync/journal.ts';
import { employ } from './people.ts';
import { mustBeTaken, newId } from './shop.ts';

/** Somebody with an id, signed in. */
export type Person = Caller & { readonly operatorId: string };

export function jwkOf(key: KeyObject): DeviceKey {
	const { x = '', y = '' } = key.export({ format: 'jwk' });
	return { kty: 'EC', crv: 'P-256', x, y };
}

export class FieldDevice {
	readonly id = newId();
	readonly technician: Person;
	readonly journal: JournalWriter;
	readonly sealing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	readonly #backend: Backend;

	constructor(backend: Backend, technician: Person) {
		this.#backend = backend;
		this.technician = technician;
		this.journal = new JournalWriter({ deviceId: this.id, operatorId: technician.operatorId });
	}

	/** What the device asks to be registered with. @param by whose proof it is */
	request(name = 'Laptop', by = this.technician.operatorId): FieldDeviceRequest {
		const keys = {
			signingKey: jwkOf(this.journal.signer.publicKey),
			sealingKey: jwkOf(this.sealing.publicKey),
		};
		const text = Buffer.from(fieldDeviceProof(this.id, by, keys));
		const key = { key: this.journal.signer.privateKey, dsaEncoding: 'ieee-p1363' as const };
		return { name, ...keys, proof: sign('sha256', text, key).toString('base64url') };
	}

	async register(): Promise<FieldDeviceAnswer | Refusal> {
		return await registerDevice(this.#backend, this.technician, this.id, this.request());
	}

	async askPack(job?: string): Promise<JobPackAnswer | Refusal> {
		return await makePack(this.#backend, this.technician, { device: this.id, job });
	}

	/** The pack as the device reads it: opened with its own key, header and contents in their shapes. */
	async openPack({ sealed }: JobPackAnswer): Promise<{ header: PackHeader; pack: JobPack }> {
		const { plaintext, protectedHeader } = await compactDecrypt(sealed, this.sealing.privateKey);
		const json: unknown = JSON.parse(Buffer.from(plaintext).toString());
		return { header: v.parse(PackHeader, protectedHeader), pack: v.parse(JobPack, json) };
	}

	async takePack(job?: string): Promise<JobPack> {
		return (await this.openPack(mustBeTaken(await this.askPack(job)))).pack;
	}

	async handIn(entry: SignedEntry): Promise<DeliveryAnswer | Refusal> {
		return await takeEntry(this.#backend, this.technician, entry.id, entry);
	}
}

/** A technician of the utility with a device that is registered. */
export async function technicianWithDevice(
	backend: Backend,
	login = 'moraa',
): Promise<FieldDevice> {
	const technician = await employ(backend, { login, roles: ['technician'] });
	const device = new FieldDevice(backend, technician);
	mustBeTaken(await device.register());
	return device;
}

/** A job of the office at some meters, all that is undelivered wanted, unless said otherwise. */
export async function giveJob(
	backend: Backend,
	operatorId: string,
	meters: readonly (Partial<JobRequest['meters'][number]> & { readonly drn: string })[],
	more: Partial<JobRequest> = {},
): Promise<JobAnswer> {
	const clerk = { ...OFFICE, operatorId: newId() };
	const request: JobRequest = {
		...{ operatorId, reason: 'Worn keypad', note: '', packHours: null, lab: false },
		meters: meters.map((meter) => ({ tokens: { which: 'undelivered' }, work: [], ...meter })),
		...more,
	};
	return mustBeTaken(await putJob(backend, clerk, newId(), request));
}

/** Somebody of the office whom nothing is asked of but their role. */
export const OFFICE: Caller = {
	...{ utilityId: 'lakeside', roles: ['office-clerk'], address: '127.0.0.1' },
};
