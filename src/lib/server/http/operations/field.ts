/** Endpoints of technicians: devices, DLMS secrets, jobs, packs, proofs. */
import {
	AssociationAnswer,
	AssociationRequest,
	RotationList,
	RotationQuery,
} from '#lib/core/sync/wire-associations.ts';
import {
	DeliveryAnswer,
	DeliveryList,
	DeliveryQuery,
	JournalForkList,
} from '#lib/core/sync/wire-deliveries.ts';
import {
	FieldDeviceAnswer,
	FieldDeviceList,
	FieldDeviceQuery,
	FieldDeviceRequest,
} from '#lib/core/sync/wire-field-devices.ts';
import { SignedEntry } from '#lib/core/sync/field-journal.ts';
import {
	JobAnswer,
	JobClosingRequest,
	JobList,
	JobQuery,
	JobRequest,
} from '#lib/core/sync/wire-jobs.ts';
import { JobPackAnswer, JobPackQuery } from '#lib/core/sync/wire-packs.ts';
import { rows } from './row.ts';
import { METER_NUMBER } from './vending.ts';

const DEVICE = ['field-device-unknown', 'field-device-suspended', 'field-device-revoked'] as const;

export const fieldOperations = rows({
	registerFieldDevice: {
		method: 'PUT',
		path: '/api/v1/field-devices/{id}',
		summary:
			'A technician’s machine becomes a field device, with a key that signs its journal and one that packs are sealed to.',
		capability: 'field-device.register',
		body: FieldDeviceRequest,
		answers: { 200: FieldDeviceAnswer },
		refusals: ['signature-wrong', 'id-reused', 'field-devices-exceeded'],
		rate: 'sign-in',
	},
	listFieldDevices: {
		method: 'GET',
		path: '/api/v1/field-devices',
		summary: 'Field devices by id, a hundred at a time; of a technician their own.',
		capability: 'field-device.read',
		query: FieldDeviceQuery,
		answers: { 200: FieldDeviceList },
		refusals: [],
	},
	revokeFieldDevice: {
		method: 'POST',
		path: '/api/v1/field-devices/{id}/revocations',
		summary: 'Switches a field device off: no pack from now on, and nothing that it does later.',
		capability: 'field-device.revoke',
		answers: { 200: FieldDeviceAnswer },
		refusals: [],
	},
	putAssociation: {
		method: 'PUT',
		path: '/api/v1/meters/{drn}/association',
		summary: 'Sets how a meter is associated with over DLMS. Its secrets are never answered.',
		capability: 'association.set',
		body: AssociationRequest,
		answers: { 200: AssociationAnswer },
		refusals: METER_NUMBER,
	},
	readAssociation: {
		method: 'GET',
		path: '/api/v1/meters/{drn}/association',
		summary:
			'Whether DLMS secrets of a meter are set, since when, and whether they were handed out.',
		capability: 'association.read',
		answers: { 200: AssociationAnswer },
		refusals: METER_NUMBER,
	},
	listRotations: {
		method: 'GET',
		path: '/api/v1/association-rotations',
		summary: 'DLMS secrets that were in the field and are to be changed, a hundred at a time.',
		capability: 'association.read',
		query: RotationQuery,
		answers: { 200: RotationList },
		refusals: [],
	},
	putJob: {
		method: 'PUT',
		path: '/api/v1/jobs/{id}',
		summary: 'Gives a technician work at some meters. What it asks for never changes.',
		capability: 'job.manage',
		body: JobRequest,
		answers: { 200: JobAnswer },
		refusals: ['id-reused', ...METER_NUMBER],
	},
	readJob: {
		method: 'GET',
		path: '/api/v1/jobs/{id}',
		summary: 'A job as it is now; of a technician their own.',
		capability: 'job.read',
		answers: { 200: JobAnswer },
		refusals: [],
	},
	listJobs: {
		method: 'GET',
		path: '/api/v1/jobs',
		summary: 'Jobs, the newest first, fifty at a time; of a technician their own.',
		capability: 'job.read',
		query: JobQuery,
		answers: { 200: JobList },
		refusals: [],
	},
	closeJob: {
		method: 'POST',
		path: '/api/v1/jobs/{id}/closings',
		summary: 'Ends a job: done, or taken back by the office.',
		capability: 'job.close',
		body: JobClosingRequest,
		answers: { 200: JobAnswer },
		refusals: ['not-allowed', 'job-closed'],
	},
	makeJobPack: {
		method: 'GET',
		path: '/api/v1/packs/job',
		summary:
			'All that a technician’s open jobs need, sealed to their device. Its tokens are released, its secrets due for rotation.',
		capability: 'pack.job',
		query: JobPackQuery,
		answers: { 200: JobPackAnswer },
		refusals: [...DEVICE, 'not-found', 'job-closed', 'pack-too-large'],
		rate: 'pack',
	},
	recordDelivery: {
		method: 'PUT',
		path: '/api/v1/deliveries/{id}',
		summary:
			'Takes one signed entry of a field device’s journal, in its order: what was done at a meter, and what the meter said.',
		capability: 'delivery.record',
		body: SignedEntry,
		answers: { 200: DeliveryAnswer },
		refusals: [...DEVICE, 'id-reused', 'journal-signature', 'journal-gap', 'journal-fork'],
	},
	listDeliveries: {
		method: 'GET',
		path: '/api/v1/deliveries',
		summary:
			'Entries of field journals without digits, the newest first, fifty at a time: of a meter, a vend, a device or a job; of a technician their own.',
		capability: 'delivery.read',
		query: DeliveryQuery,
		answers: { 200: DeliveryList },
		refusals: [],
	},
	listJournalForks: {
		method: 'GET',
		path: '/api/v1/journal-forks',
		summary: 'Devices that were suspended because their journal contradicts itself.',
		capability: 'journal.forks',
		answers: { 200: JournalForkList },
		refusals: [],
	},
});
