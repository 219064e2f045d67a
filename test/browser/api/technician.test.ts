import { afterEach, describe, expect, it, vi } from 'vitest';
import { technicianApi } from '#lib/browser/api/technician.ts';
import { NO_PREVIOUS } from '#lib/core/sync/journal-chain.ts';
import type { FieldDeviceRequest } from '#lib/core/sync/wire-field-devices.ts';
import { delivery, DEVICE_ID, JournalWriter, OPERATOR_ID } from '../../core/sync/journal.ts';

afterEach(() => vi.unstubAllGlobals());

interface Asked {
	readonly path: string;
	readonly method: string | undefined;
	readonly body: unknown;
}

/** A backend that answers everything the same. */
function answering(answer: unknown, status = 200): Asked[] {
	const asked: Asked[] = [];
	vi.stubGlobal('fetch', async (path: string, { method, body }: RequestInit) => {
		asked.push({ path, method, body: body === undefined ? undefined : JSON.parse(String(body)) });
		return Response.json(answer, { status });
	});
	return asked;
}

const JOB = '01935f2a-0000-7000-8000-00000000000a';

describe('a technician’s requests', () => {
	it('register a device under its id', async () => {
		const device = {
			...{ id: DEVICE_ID, name: 'Laptop', operatorId: OPERATOR_ID, operatorName: 'Thandi' },
			...{ state: 'active', registeredAtMs: 1, endedAtMs: null, packUntilMs: null, serverMs: 1 },
			journal: { sequence: 0, hash: NO_PREVIOUS },
		};
		const asked = answering(device);
		const request = { name: 'Laptop' } as FieldDeviceRequest;
		expect(await technicianApi.registerDevice(DEVICE_ID, request)).toEqual({
			kind: 'answer',
			answer: device,
		});
		const path = `/api/v1/field-devices/${DEVICE_ID}`;
		expect(asked).toEqual([{ path, method: 'PUT', body: request }]);
	});

	it('fetch a pack for all jobs, or for one', async () => {
		const asked = answering({});
		await technicianApi.fetchJobPack(DEVICE_ID);
		await technicianApi.fetchJobPack(DEVICE_ID, JOB);
		expect(asked.map(({ path }) => path)).toEqual([
			`/api/v1/packs/job?device=${DEVICE_ID}`,
			`/api/v1/packs/job?device=${DEVICE_ID}&job=${JOB}`,
		]);
	});

	it('hand an entry in under its id, and take an answer that is none for unknown', async () => {
		const asked = answering({ id: DEVICE_ID });
		const entry = new JournalWriter().write('token-delivery', delivery('accepted'));
		expect(await technicianApi.putDelivery(entry.id, entry)).toEqual({ kind: 'unknown' });
		const path = `/api/v1/deliveries/${entry.id}`;
		expect(asked).toEqual([{ path, method: 'PUT', body: entry }]);
	});

	it('list the open jobs and close one', async () => {
		const asked = answering({ jobs: [], next: null });
		expect(await technicianApi.listJobs()).toMatchObject({ kind: 'answer' });
		await technicianApi.closeJob(JOB, { state: 'done', note: '' });
		expect(asked.map(({ path, method }) => [method, path])).toEqual([
			[undefined, '/api/v1/jobs?state=open'],
			['POST', `/api/v1/jobs/${JOB}/closings`],
		]);
	});
});
