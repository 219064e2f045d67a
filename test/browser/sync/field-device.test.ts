import 'fake-indexeddb/auto';
import { createPublicKey } from 'node:crypto';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { technicianOf } from '#lib/browser/api/technician.ts';
import { readHead, readProgress } from '#lib/browser/store/technician-journal.ts';
import { registerDevice } from '#lib/browser/sync/field-device.ts';
import { appendDeed } from '#lib/browser/sync/field-journal.ts';
import { NO_PREVIOUS } from '#lib/core/sync/journal-chain.ts';
import {
	fieldDeviceProof,
	FieldDeviceRequest,
	type FieldDeviceAnswer,
} from '#lib/core/sync/wire-field-devices.ts';
import { delivery, isSignedWith } from '../../core/sync/journal.ts';
import { closeTabs, HOUR, NOW, octets, PIN } from '../vault/bench.ts';
import { answersOf, fieldBench, no, session, yes, type FieldBench } from './field-bench.ts';

afterEach(closeTabs);

function deviceAnswer(
	{ keys }: Pick<FieldBench, 'keys'>,
	more: Partial<FieldDeviceAnswer> = {},
): FieldDeviceAnswer {
	return {
		...{ id: keys.id, name: keys.name, operatorId: keys.owner, operatorName: 'Thandi' },
		...{ state: 'active', registeredAtMs: NOW, endedAtMs: null, packUntilMs: null },
		...{ journal: { sequence: 0, hash: NO_PREVIOUS }, serverMs: NOW },
		...more,
	};
}

function ports(
	bench: FieldBench,
	answers: Parameters<typeof answersOf<'registerDevice'>>[0],
	signedIn: Parameters<typeof answersOf<'readSession'>>[0] = [session()],
) {
	const api = {
		readSession: answersOf<'readSession'>(signedIn),
		registerDevice: answersOf<'registerDevice'>(answers),
	};
	return { ...bench, api };
}

const entry = (bench: FieldBench) =>
	appendDeed(bench, {
		...{ kind: 'token-delivery', content: delivery('accepted'), jobId: null, drn: null },
	});

describe('registering the device', () => {
	it('sends its public keys with a proof of having the private one', async () => {
		const bench = await fieldBench();
		const asking = ports(bench, [yes(deviceAnswer(bench, { serverMs: NOW + 7_000 }))]);
		const outcome = await registerDevice(asking);
		expect(outcome).toMatchObject({ kind: 'heard', progress: { stop: null, acknowledged: 0 } });
		expect(bench.clock.offsetMs).toBe(7_000);
		const [[id, request]] = asking.api.registerDevice.calls as [[string, FieldDeviceRequest]];
		expect(id).toBe(bench.keys.id);
		expect(v.parse(FieldDeviceRequest, request)).toEqual(request);
		const key = createPublicKey({ key: { ...request.signingKey }, format: 'jwk' });
		const proof = fieldDeviceProof(id, bench.keys.owner, request);
		expect(isSignedWith(key)(proof, request.proof)).toBe(true);
	});

	it('is the same each time, so that the backend knows it again', async () => {
		const bench = await fieldBench();
		const answer = yes(deviceAnswer(bench));
		const asking = ports(bench, [answer, answer], [session(), session()]);
		await registerDevice(asking);
		await registerDevice(asking);
		const [one, two] = asking.api.registerDevice.calls as [string, FieldDeviceRequest][];
		const contents = (call: typeof one) => ({ ...call![1], proof: '' });
		expect(contents(two)).toEqual(contents(one));
	});

	it.each([
		['nobody is', no('sign-in-needed')],
		['somebody else is', session({ operatorId: '01935f2a-0000-7000-8000-0000000000e9' })],
		['somebody without the role is', session({ roles: [] })],
	])('asks for nothing when %s signed in, and says so', async (_, signedIn) => {
		const bench = await fieldBench();
		const asking = ports(bench, [], [signedIn]);
		const outcome = await registerDevice(asking);
		expect(outcome.kind).toBe('not-signed-in');
		expect(asking.api.registerDevice.calls).toEqual([]);
		expect((await readProgress(bench.store, bench.keys.id)).stop?.because).toBe('sign-in');
	});

	it('changes nothing while the backend does not answer', async () => {
		const bench = await fieldBench();
		const before = await readProgress(bench.store, bench.keys.id);
		expect(await registerDevice(ports(bench, [], []))).toEqual({ kind: 'unknown' });
		expect(await registerDevice(ports(bench, []))).toEqual({ kind: 'unknown' });
		expect(await readProgress(bench.store, bench.keys.id)).toEqual(before);
	});

	it('passes a refusal on', async () => {
		const bench = await fieldBench();
		const outcome = await registerDevice(ports(bench, [no('field-devices-exceeded')]));
		expect(outcome).toMatchObject({ problem: { code: 'field-devices-exceeded' } });
		expect((await readProgress(bench.store, bench.keys.id)).stop?.because).toBe('not-registered');
	});

	it('goes on after what of the journal has arrived, and sees a fork', async () => {
		const bench = await fieldBench();
		await entry(bench);
		const first = await readHead(bench.store, bench.keys.id);
		await entry(bench);
		const agrees = ports(bench, [yes(deviceAnswer(bench, { journal: first }))]);
		expect(await registerDevice(agrees)).toMatchObject({
			progress: { acknowledged: 1, stop: null },
		});
		for (const journal of [
			{ sequence: 1, hash: 'f'.repeat(64) },
			{ sequence: 3, hash: 'f'.repeat(64) },
		]) {
			const forked = ports(bench, [yes(deviceAnswer(bench, { journal }))]);
			expect(await registerDevice(forked)).toMatchObject({
				progress: { acknowledged: 1, stop: { because: 'fork', sequence: journal.sequence } },
			});
		}
	});
});

describe('a device that the office switched off', () => {
	it('is wiped before anything else is done, and its journal stays and may go on', async () => {
		const bench = await fieldBench();
		await bench.vault.seal('pack/x', 1, octets('secret'), NOW + HOUR);
		await entry(bench);
		let locked = false;
		bench.vault.onChange(() => (locked = true));
		const outcome = await registerDevice(
			ports(bench, [yes(deviceAnswer(bench, { state: 'revoked', endedAtMs: NOW }))]),
		);
		expect(outcome).toMatchObject({ progress: { revoked: true, stop: null } });
		expect(locked).toBe(true);
		for (const table of [bench.db.vaults, bench.db.sealed, bench.db.deviceKeys, bench.db.gone])
			expect(await table.count()).toBe(0);
		expect(await bench.db.journal.count()).toBe(1);
		expect(await bench.vault.unlock(PIN)).toEqual({ kind: 'none' });
	});
});

describe('who is signed in', () => {
	it('is a technician, or nobody for this page', () => {
		const signedIn = session();
		const answer = signedIn.kind === 'answer' ? signedIn.answer : undefined;
		expect(technicianOf(answer!)).toEqual({
			...{ operatorId: answer!.person.kind === 'operator' && answer!.person.operatorId },
			...{ utilityId: 'utility', login: 'thandi', name: 'Thandi' },
		});
		const consumer = { kind: 'consumer', phone: '+27820000000' } as const;
		expect(technicianOf({ ...answer!, person: consumer })).toBeUndefined();
	});
});
