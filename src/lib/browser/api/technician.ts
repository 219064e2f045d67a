/** What a technician's page asks of the backend. Signing in is the office's. */
import type { SignedEntry } from '#lib/core/sync/field-journal.ts';
import { DeliveryAnswer } from '#lib/core/sync/wire-deliveries.ts';
import { FieldDeviceAnswer, type FieldDeviceRequest } from '#lib/core/sync/wire-field-devices.ts';
import { JobAnswer, JobList, type JobClosingRequest } from '#lib/core/sync/wire-jobs.ts';
import { JobPackAnswer } from '#lib/core/sync/wire-packs.ts';
import type { LoginSessionAnswer } from '#lib/core/sync/wire-people.ts';
import type { Technician } from '#lib/browser/store/technician-people.ts';
import { call, send } from './call.ts';
import { officeApi } from './office.ts';

const { readSession, signInByPassword, signInByPasskey, signOut, challenge } = officeApi;

export const technicianApi = {
	...{ readSession, signInByPassword, signInByPasskey, signOut, challenge },
	registerDevice: (id: string, request: FieldDeviceRequest) =>
		send(FieldDeviceAnswer, 'PUT', `/api/v1/field-devices/${id}`, request),
	listJobs: () => call(JobList, '/api/v1/jobs?state=open'),
	closeJob: (id: string, request: JobClosingRequest) =>
		send(JobAnswer, 'POST', `/api/v1/jobs/${id}/closings`, request),
	/** @param jobId one of the open jobs; absent: all of them */
	fetchJobPack: (deviceId: string, jobId?: string) => {
		const query = new URLSearchParams({ device: deviceId, ...(jobId && { job: jobId }) });
		return call(JobPackAnswer, `/api/v1/packs/job?${query}`);
	},
	putDelivery: (id: string, entry: SignedEntry) =>
		send(DeliveryAnswer, 'PUT', `/api/v1/deliveries/${id}`, entry),
};

export type TechnicianApi = typeof technicianApi;

/** The technician who is signed in; undefined: whoever is, is none. */
export function technicianOf({ person, utilityId }: LoginSessionAnswer): Technician | undefined {
	if (person.kind !== 'operator' || !person.roles.includes('technician')) return undefined;
	const { operatorId, login, name } = person;
	return { operatorId, utilityId, login, name };
}
