/** A technician's device towards a backend of a test's own making. */
import { CompactEncrypt, importJWK } from 'jose';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { TechnicianApi } from '#lib/browser/api/technician.ts';
import type { JournalPorts } from '#lib/browser/sync/field-journal.ts';
import { JobPacks } from '#lib/browser/vault/job-packs.ts';
import { publicKeysOf, type DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { Strongbox } from '#lib/browser/vault/strongbox.ts';
import type { MeterSecrets } from '#lib/core/dlms/profile/client-connection.ts';
import type { LoginSessionAnswer } from '#lib/core/sync/wire-people.ts';
import { PACK_SEAL, type JobPack, type JobPackAnswer } from '#lib/core/sync/wire-packs.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import { fakeLocks, HOUR, newId, NOW, openBench, OWNER, type Bench } from '../vault/bench.ts';

export const DRN = '37204100004';
export const UNICAST = '000102030405060708090a0b0c0d0e0f';
export const AUTHENTICATION = 'd0d1d2d3d4d5d6d7d8d9dadbdcdddedf';

export const yes = <T>(answer: T): ApiOutcome<T> => ({ kind: 'answer', answer });
export const no = (code: string, facts?: Problem['facts']): ApiOutcome<never> => ({
	kind: 'problem',
	problem: {
		...{ type: `urn:${code}`, title: code, status: 409, detail: code, code },
		...(facts && { facts }),
	},
});

export interface FieldBench extends Bench, JournalPorts {
	readonly store: Bench['db'];
	readonly box: Strongbox<MeterSecrets>;
	readonly packs: JobPacks;
}

/** A device with an open vault. */
export async function fieldBench(): Promise<FieldBench> {
	return fieldBenchOf(await openBench());
}

export function fieldBenchOf(made: Bench): FieldBench {
	const box = new Strongbox<MeterSecrets>(made.timer);
	return {
		...made,
		store: made.db,
		box,
		packs: new JobPacks(made.vault, box),
		nowMs: made.clocks.nowMs,
		offsetMs: () => made.clock.offsetMs,
		newId,
		locks: fakeLocks(),
	};
}

export function session(more: { operatorId?: string; roles?: 'technician'[] } = {}) {
	const { operatorId = OWNER, roles = ['technician'] } = more;
	const person = { kind: 'operator', operatorId, login: 'thandi', name: 'Thandi' } as const;
	const times = { createdAtMs: NOW, expiresAtMs: NOW + HOUR, idleMs: HOUR };
	const answer: LoginSessionAnswer = {
		...{ id: newId(), utilityId: 'utility', person: { ...person, roles, vendorId: null } },
		...times,
	};
	return yes(answer);
}

/** A pack with one job at one meter that has secrets, and one that has none. */
export function jobPack(keys: DeviceKeys, more: Partial<JobPack> = {}): JobPack {
	const place = { sgc: '201457', krn: 1, ti: '01' };
	const meter = {
		...{ ownerMasked: 'J*** M***', address: '4 Long Street', area: 'North', state: 'active' },
		...{ virtual: true, phases: 1, ea: 7, tct: '02', keyWanted: null, tokens: [] },
		key: { ...place, baseYear: 2014, ken: 255, kt: 2 },
	} as const;
	const profile = {
		...{ name: 'Plain', openings: ['direct-hdlc'], baud: 9_600, device: 1, publicClient: 16 },
		...{ client: 1, mechanism: 'high-gmac', suite: 0, security: 'authenticated-encrypted' },
		...{ tokenEncoding: 'ascii-20', tokenGateway: '0.0.19.40.0.255', quirks: [] },
		invocationCounter: '0.0.43.1.0.255',
	} as const;
	const secrets = { unicastKeyHex: UNICAST, authenticationKeyHex: AUTHENTICATION };
	const token = {
		...{ position: 1, vendId: newId(), sequence: 1, of: 1, kind: 'credit', energyDeciKwh: 500 },
		...{ digits: '01234567890123456789', sgc: '201457', krn: 1, tid: 17, baseYear: 2014 },
		...{ madeAtMs: NOW, delivery: null, test: true },
	} as const;
	return {
		...{ packId: newId(), deviceId: keys.id, operatorId: keys.owner },
		...{ issuedAtMs: NOW, validUntilMs: NOW + 12 * HOUR },
		utility: { name: 'Utility', timeZone: 'Africa/Johannesburg', helpLine: '0800 000 000' },
		jobs: [
			{
				...{ id: newId(), reason: 'no supply', note: '', lab: false, madeAtMs: NOW },
				meters: [{ drn: DRN, work: ['reading'] }],
			},
		],
		meters: [
			{
				...{ ...meter, drn: DRN, tokens: [token] },
				association: {
					generation: 1,
					profile: { ...profile, openings: [...profile.openings] },
					secrets,
				},
			} as unknown as JobPack['meters'][number],
			{ ...meter, drn: '37204100012', association: null } as unknown as JobPack['meters'][number],
		],
		...more,
	};
}

/** A pack as the backend seals it. */
export async function sealedPack(
	keys: DeviceKeys,
	pack: JobPack,
	change: { header?: object; answer?: Partial<JobPackAnswer>; plaintext?: string } = {},
): Promise<JobPackAnswer> {
	const { packId, deviceId, issuedAtMs, validUntilMs } = pack;
	const { agreement } = await publicKeysOf(keys);
	const plaintext = new TextEncoder().encode(change.plaintext ?? JSON.stringify(pack));
	const header = {
		...{ ...PACK_SEAL, typ: 'tokenline-job-pack', packId, deviceId, validUntilMs },
		...change.header,
	};
	const sealed = await new CompactEncrypt(plaintext)
		.setProtectedHeader(header)
		.encrypt(await importJWK({ ...agreement }, PACK_SEAL.alg));
	return {
		...{ packId, deviceId, issuedAtMs, validUntilMs, serverMs: issuedAtMs, sealed },
		...{ jobs: pack.jobs.length, meters: pack.meters.length },
		...change.answer,
	};
}

/** Answers by list, then nothing more is known. */
export function answersOf<Call extends keyof TechnicianApi>(
	list: Awaited<ReturnType<TechnicianApi[Call]>>[],
): TechnicianApi[Call] & { calls: unknown[][] } {
	const calls: unknown[][] = [];
	const answer = async (...asked: unknown[]) => {
		calls.push(asked);
		return list.shift() ?? { kind: 'unknown' };
	};
	return Object.assign(answer, { calls }) as unknown as TechnicianApi[Call] & {
		calls: unknown[][];
	};
}
