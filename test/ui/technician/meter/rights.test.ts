import { expect, test } from 'vitest';
import type { PackedMeter, PackInHand } from '#lib/browser/vault/job-packs.ts';
import { drnOf } from '#lib/core/field/identity/told-number.ts';
import { notTheMeter } from '#lib/link/not-the-meter.ts';
import {
	GENERIC_PROFILE,
	usualLine,
	VIRTUAL_PROFILE,
} from '#lib/ui/technician/meter/known-profiles.ts';
import {
	decideRights,
	findInHand,
	onLineOf,
	publicProfile,
	testSecrets,
} from '#lib/ui/technician/meter/rights.ts';

const meter = (drn: string, association: unknown): PackedMeter =>
	({ drn, association, virtual: true, tokens: [] }) as unknown as PackedMeter;

const pack = (packId: string, meters: readonly PackedMeter[]): PackInHand =>
	({
		packId,
		meters,
		jobs: [{ id: `job-of-${packId}`, meters: meters.map(({ drn }) => ({ drn, work: [] })) }],
	}) as unknown as PackInHand;

const association = { generation: 1, profile: VIRTUAL_PROFILE };

test('a number is known by the serial number, or by the name of a virtual meter', () => {
	expect(drnOf({ serialNumber: '37204100004' })).toBe('37204100004');
	expect(drnOf({ deviceName: 'TKL0000000000018' })).toBe('0000000000018'.slice(-11));
	expect(drnOf({ deviceName: 'ABC0000000000018', serialNumber: 'A-7' })).toBeUndefined();
	expect(drnOf({})).toBeUndefined();
});

test('the newest pack that has the meter counts, with its job', () => {
	const packs = [pack('new', [meter('1', null)]), pack('old', [meter('1', association)])];
	expect(findInHand(packs, '1')).toMatchObject({ packId: 'new', jobId: 'job-of-new' });
	expect(findInHand(packs, '2')).toBeUndefined();
	expect(findInHand(packs, undefined)).toBeUndefined();
});

test('secrets of a job come before published keys, and a stranger gets neither', () => {
	const known = findInHand([pack('p', [meter('37204100004', association)])], '37204100004');
	const bare = findInHand([pack('p', [meter('37204100004', null)])], '37204100004');
	const virtual = { deviceName: 'TKL0037204100004' };
	expect(decideRights(virtual, known)).toEqual({ kind: 'own', packId: 'p' });
	expect(decideRights(virtual, undefined)).toEqual({ kind: 'test-keys' });
	const stranger = { deviceName: 'ABC0037204100004' };
	expect(decideRights(stranger, bare)).toEqual({ kind: 'public', because: 'no-association' });
	expect(decideRights(stranger, undefined)).toEqual({ kind: 'public', because: 'not-in-jobs' });
});

test('a profile of the office that is none counts as no profile', () => {
	const broken = meter('1', { generation: 1, profile: { ...VIRTUAL_PROFILE, baud: 1 } });
	expect(findInHand([pack('p', [broken])], '1')?.profile).toBeUndefined();
});

test('another meter is named; one that tells nothing is not taken for it', () => {
	expect(notTheMeter({ serialNumber: '37204100004' }, '37204100004')).toBeUndefined();
	expect(notTheMeter({ serialNumber: '00000000018' }, '37204100004')).toMatchObject({
		why: 'other-meter',
		found: '00000000018',
	});
	expect(notTheMeter({}, '37204100004')).toMatchObject({ why: 'identity-untold' });
});

test('nothing secret can be sent by the public profile', () => {
	expect(publicProfile(GENERIC_PROFILE)).toMatchObject({
		...{ client: 16, mechanism: 'none', security: 'none' },
	});
});

test('the line of one profile, the association of another', () => {
	const both = onLineOf(VIRTUAL_PROFILE, GENERIC_PROFILE);
	expect(both).toMatchObject({ openings: ['mode-e', 'direct-hdlc'], physical: 17 });
	expect(both.client).toBe(VIRTUAL_PROFILE.client);
	expect(onLineOf(GENERIC_PROFILE, VIRTUAL_PROFILE)).not.toHaveProperty('physical');
	expect(onLineOf(GENERIC_PROFILE, undefined)).toBe(GENERIC_PROFILE);
});

test('a virtual meter opens in mode E on a serial line, whatever else its profile can', () => {
	const inHand = { profile: VIRTUAL_PROFILE, isVirtual: true };
	expect(usualLine({ medium: 'serial' }, inHand)).toBe(GENERIC_PROFILE);
	expect(usualLine({ medium: 'stream' }, inHand)).toBe(VIRTUAL_PROFILE);
	expect(usualLine({ medium: 'serial' }, { ...inHand, isVirtual: false })).toBe(VIRTUAL_PROFILE);
	expect(usualLine({ medium: 'stream' }, { profile: undefined, isVirtual: false })).toBe(
		VIRTUAL_PROFILE,
	);
});

test('the published keys fit the suite', () => {
	expect(testSecrets(VIRTUAL_PROFILE).keys?.unicast).toHaveLength(16);
	expect(testSecrets({ ...VIRTUAL_PROFILE, suite: 2 }).keys?.unicast).toHaveLength(32);
});
