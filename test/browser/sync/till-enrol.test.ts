import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolTill } from '#lib/browser/sync/till-enrol.ts';
import { TILL_OWNER } from '#lib/browser/store/agent-wipe.ts';
import { EnrolmentRequest, enrolmentProof } from '#lib/core/sync/wire-terminals.ts';
import { importDeviceKey, isSignedBy } from '#lib/server/access/device-key.ts';
import * as v from 'valibot';
import { newId } from '../vault/bench.ts';
import { closeDesks, newCode, sell, TillBench } from './till-desk-bench.ts';
import { no } from './field-bench.ts';

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);

const keysOf = (owner: string) => bench.store.deviceKeys.get(owner);

describe('enrolling a till', () => {
	it('proves keys that nobody can read out, and is what the office says', async () => {
		const code = newCode();
		const outcome = await bench.enrol(code);
		expect(outcome).toMatchObject({
			kind: 'enrolled',
			terminal: { terminalId: 'T-001', vendor: { id: 'corner-shop' }, stop: null, offsetMs: 0 },
		});
		const [asked] = bench.office.enrolled;
		const request = v.parse(EnrolmentRequest, asked);
		const key = importDeviceKey(request.publicKey)!;
		const proof = Buffer.from(request.proof, 'base64url');
		expect(isSignedBy(key, enrolmentProof(code, request), proof)).toBe(true);
		const keys = await keysOf(TILL_OWNER);
		expect(keys?.id).toBe(request.deviceId);
		expect(keys?.signing.privateKey.extractable).toBe(false);
		expect(keys?.agreement.privateKey.extractable).toBe(false);
		expect(await bench.store.deviceKeys.count()).toBe(1);
	});

	it('takes a code however it is typed, and asks nothing for one that is mistyped', async () => {
		const code = newCode();
		const typo = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
		expect(await bench.enrol(typo)).toEqual({ kind: 'refused', because: 'code-mistyped' });
		expect(await bench.enrol('')).toEqual({ kind: 'refused', because: 'code-mistyped' });
		expect(bench.office.enrolled).toEqual([]);
		const typed = code.toLowerCase().replace(/(.{4})/g, '$1-');
		expect((await bench.enrol(typed)).kind).toBe('enrolled');
	});

	it('asks again with the same keys when the answer was lost', async () => {
		const code = newCode();
		bench.office.weather = 'answer-lost';
		expect(await bench.enrol(code)).toEqual({ kind: 'unknown' });
		expect(await bench.store.till.count()).toBe(0);
		bench.office.weather = 'fine';
		expect((await bench.enrol(code)).kind).toBe('enrolled');
		expect(bench.office.enrolled).toHaveLength(1);
		expect((await keysOf(TILL_OWNER))?.id).toBe(bench.office.enrolled[0]?.deviceId);
	});

	it('has other keys for another code after an answer that stayed lost', async () => {
		bench.office.weather = 'answer-lost';
		await bench.enrol();
		bench.office.weather = 'fine';
		const code = newCode();
		expect(await bench.enrol(code)).toMatchObject({ problem: { code: 'id-reused' } });
		expect((await bench.enrol(code)).kind).toBe('enrolled');
	});

	it('changes nothing by a code that the office refuses', async () => {
		await bench.enrol();
		const before = await bench.store.till.get('till');
		const api = { enrol: async () => no('enrolment-code') };
		const { store, clocks } = bench;
		const outcome = await enrolTill({ store, api, newId, nowMs: clocks.nowMs }, newCode());
		expect(outcome).toMatchObject({ kind: 'problem', problem: { code: 'enrolment-code' } });
		expect(await bench.store.till.get('till')).toEqual(before);
		expect((await keysOf(TILL_OWNER))?.id).toBe(before?.deviceId);
	});

	it('refuses another enrolment while not everything is handed in', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		await sell(desk);
		bench.office.weather = 'fine';
		expect(await bench.enrol()).toEqual({ kind: 'refused', because: 'rows-wait' });
		await desk.tryNow();
		const outcome = await bench.enrol();
		expect(outcome.kind).toBe('enrolled');
		// The same vendor's: its people keep their PINs.
		expect(await bench.store.operators.count()).toBe(1);
	});

	it('forgets its people when it sells for another vendor', async () => {
		await bench.enrol();
		await bench.choose();
		bench.office.vendorId = 'another-shop';
		expect((await bench.enrol()).kind).toBe('enrolled');
		expect(await bench.store.operators.count()).toBe(0);
		expect(await bench.store.vaults.count()).toBe(0);
		expect(await bench.store.deviceKeys.toCollection().primaryKeys()).toEqual([TILL_OWNER]);
	});
});
