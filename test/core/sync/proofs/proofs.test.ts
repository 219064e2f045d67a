import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { DeliveryToken } from '#lib/core/field/delivery/delivery.ts';
import type { ImageRun } from '#lib/core/field/engineering/image-run.ts';
import { beginKeyRun, takeKeyAfter, takeKeyBefore } from '#lib/core/field/engineering/key-run.ts';
import { CLOCK_VERDICTS } from '#lib/core/field/engineering/set-clock.ts';
import { RELAY_VERDICTS } from '#lib/core/field/engineering/switch-relay.ts';
import { JOURNAL_CONTENTS } from '#lib/core/sync/field-deeds.ts';
import {
	creditAsRead,
	keyAsRead,
	oneLine,
	probeAsMet,
	relayAsRead,
	wholeOrNull,
} from '#lib/core/sync/proofs/as-read.ts';
import {
	clockProof,
	imageProof,
	imageStage,
	keyRunProof,
	relayProof,
} from '#lib/core/sync/proofs/engineering.ts';
import { tokenProof } from '#lib/core/sync/proofs/token-delivery.ts';
import { PROBE } from '../journal.ts';

const currency = { name: 'kWh', scaler: -1 };
const context = {
	...{
		probe: PROBE,
		framesDigest: 'ab'.repeat(32),
		currency,
		statusBits: 'result-register' as const,
	},
	before: { clockMs: 1, relay: 'disconnected' } as const,
	after: { clockMs: 2, relay: 'connected' } as const,
};
const reading = {
	...{ token: '', time: null, method: null, status: null, credit: 5, available: null },
};
const known = {
	...{ vendId: null, sequence: null, kind: null, energyDeciKwh: null, test: false },
	...{ lost: true, proven: null },
};
const token = (state: DeliveryToken['state']): DeliveryToken => ({
	...{ digits: '01234567890123456789', tokenClass: 0, kind: null, set: null, place: null },
	...{ sends: 1, again: false, state },
});

describe('the proof of a token', () => {
	it('has the probe, the verdict, the result, and what was read around it', () => {
		const after = { ...reading, credit: 505 };
		const state: DeliveryToken['state'] = {
			...({ phase: 'accepted', status: { code: 3, bits: '01' }, before: reading, after } as const),
		};
		const proof = tokenProof(token(state), known, 2, 'accepted', context);
		expect(v.parse(JOURNAL_CONTENTS['token-delivery'], proof)).toEqual(proof);
		expect(proof).toMatchObject({
			...{ position: 3, verdict: 'accepted', statusCode: 3, readBack: true, result: 'Accept' },
			before: { clockMs: 1, relay: 'disconnected', credit: { amount: 5, scale: -1, unit: 'kWh' } },
			after: { clockMs: 2, relay: 'connected', credit: { amount: 505 } },
		});
	});

	it('of one that nobody knows about is not said to be read back', () => {
		const state = { phase: 'unknown', before: reading, readings: 1, absent: false } as const;
		const proof = tokenProof(token(state), known, 0, 'unknown', context);
		expect(v.parse(JOURNAL_CONTENTS['token-delivery'], proof)).toEqual(proof);
		expect(proof).toMatchObject({ readBack: false, statusCode: null, result: null, after: null });
	});

	it('leaves a status out that the standard does not have, and a result that nobody has named', () => {
		const found = { ...reading, status: { code: 77, bits: '01' } };
		const state: DeliveryToken['state'] = {
			...({ phase: 'undecided', why: 'status-not-known', before: reading } as const),
			...{ found, landed: true },
		};
		const proof = tokenProof(token(state), known, 0, 'unknown', {
			...context,
			statusBits: undefined,
		});
		expect(v.parse(JOURNAL_CONTENTS['token-delivery'], proof)).toMatchObject({
			...{ statusCode: null, result: null },
		});
	});
});

describe('what was read', () => {
	it('is one line without control characters, cut, or nothing', () => {
		expect(oneLine('a\u0000\nb', 80)).toBe('a b');
		expect(oneLine('abcdef', 3)).toBe('abc');
		expect(oneLine(' \n', 80)).toBeNull();
		expect(oneLine(undefined, 80)).toBeNull();
	});

	it.each([
		[5, 5],
		[2 ** 53, null],
		[1.5, null],
		[null, null],
		[undefined, null],
	])('of %s as a whole number is %s', (value, whole) => {
		expect(wholeOrNull(value)).toBe(whole);
	});

	it('has no credit without a unit, nor beyond all bounds', () => {
		expect(creditAsRead(5, undefined)).toBeNull();
		expect(creditAsRead(5, { name: '', scaler: 0 })).toBeNull();
		expect(creditAsRead(null, currency)).toBeNull();
		expect(creditAsRead(5, { name: 'kWh', scaler: 13 })).toBeNull();
		expect(creditAsRead(-5, { name: 'a long currency', scaler: -12 })).toEqual({
			...{ amount: -5, scale: -12, unit: 'a long curre' },
		});
	});

	it('has a key only where group, revision and index are told', () => {
		expect(keyAsRead({ sgc: '201457', krn: 1 })).toBeNull();
		expect(keyAsRead({ sgc: '201457', krn: 1, ti: 1 })).toEqual({
			...{ sgc: '201457', krn: 1, ti: '01', kt: null, ken: null, ea: null },
		});
		expect(relayAsRead('other')).toBeNull();
		expect(relayAsRead(undefined)).toBeNull();
		expect(relayAsRead('connected')).toBe('connected');
	});

	it('has a probe in the form of the journal', () => {
		const line = { opening: 'mode-e', baud: 9600 } as const;
		expect(probeAsMet({ kind: 'serial', name: 'FT232R', usb: '0403:6001' }, line)).toEqual(PROBE);
		expect(
			probeAsMet({ kind: 'bridge', name: '\u0000', usb: 'x' }, { opening: 'wrapper', baud: 0 }),
		).toEqual({ label: 'bridge', kind: 'bridge', usb: null, opening: 'wrapper', baud: null });
	});
});

describe('the proof of a deed', () => {
	const drift = (driftMs: number) => ({
		...({ driftMs, uncertaintyMs: 10, zone: 'told', looksLikeZone: false } as const),
	});

	it.each(CLOCK_VERDICTS)('of a clock that is %s has its before and after', (verdict) => {
		const proof = clockProof(
			PROBE,
			100_000,
			{ verdict, before: drift(-5000), after: null },
			' ok ',
		);
		expect(v.parse(JOURNAL_CONTENTS['clock-set'], proof)).toMatchObject({
			...{ beforeMs: 95_000, wantedMs: 100_000, afterMs: null, reason: 'ok' },
			outcome: verdict === 'set' ? 'done' : verdict === 'unknown' ? 'unknown' : 'refused',
		});
	});

	it.each(RELAY_VERDICTS)('of a relay that is %s has how it stood', (verdict) => {
		const outcome = { verdict, before: 'open', after: 'armed' } as const;
		const proof = relayProof(PROBE, 'reconnect', outcome, 'x'.repeat(500));
		expect(v.parse(JOURNAL_CONTENTS['relay-switched'], proof)).toMatchObject({
			...{ wanted: 'connected', before: 'disconnected', after: 'ready-for-reconnection' },
			reason: 'x'.repeat(200),
		});
		expect(relayProof(PROBE, 'disconnect', outcome, '')).toMatchObject({
			...{ wanted: 'disconnected', reason: null },
		});
	});

	it('of a key change has the keys as the meter told them', () => {
		const key = { ea: 7, sgc: '201457', ti: 1, krn: 1, kt: 2, ken: 255 };
		const wanted = { ...key, krn: 2 };
		const begun = beginKeyRun({ drn: '12345678903', wanted, tokens: 2, rollover: false });
		const before = takeKeyBefore(begun, { drn: undefined, key, keyChangeTokens: undefined });
		if ('refusal' in before) throw new Error(before.refusal);
		const done = takeKeyAfter(before.run, wanted);
		const proof = keyRunProof(PROBE, done, 2, null, null);
		expect(v.parse(JOURNAL_CONTENTS['key-change-run'], proof)).toMatchObject({
			...{ outcome: 'done', tokens: 2, before: { krn: 1 }, after: { krn: 2 } },
		});
		expect(keyRunProof(PROBE, takeKeyAfter(before.run, key), 1, null, null).outcome).toBe(
			'refused',
		);
		expect(keyRunProof(PROBE, takeKeyAfter(before.run, null), 1, null, null)).toMatchObject({
			...{ outcome: 'unknown', after: null },
		});
		expect(keyRunProof(PROBE, begun, 0, null, null).outcome).toBe('unknown');
	});

	const run = (more: Partial<ImageRun>) =>
		({
			...{ digest: 'ab'.repeat(32), identifier: 'fw', size: 64, nextBlock: 1, stopped: null },
			...{ activationAsked: false, phase: 'blocks', ...more },
		}) as ImageRun;

	it.each<[Partial<ImageRun>, string, string]>([
		[{ phase: 'blocks' }, 'broken-off', 'unknown'],
		[{ phase: 'verifying' }, 'transferred', 'unknown'],
		[{ phase: 'ready' }, 'verified', 'done'],
		[{ phase: 'activating', activationAsked: true }, 'verified', 'unknown'],
		[{ phase: 'done' }, 'activated', 'done'],
		[{ phase: 'stopped', stopped: 'block-refused' }, 'broken-off', 'refused'],
		[{ phase: 'stopped', stopped: 'verification-failed' }, 'transferred', 'refused'],
		[{ phase: 'stopped', stopped: 'no-answer' }, 'broken-off', 'unknown'],
	])('of an image that is %j has its stage %s and outcome %s', (more, stage, outcome) => {
		expect(imageStage(run(more))).toBe(stage);
		const proof = imageProof(PROBE, run(more), { before: 'v1', after: undefined }, 'bench');
		expect(v.parse(JOURNAL_CONTENTS['firmware-transfer'], proof)).toMatchObject({
			...{ stage, outcome, firmwareBefore: 'v1', firmwareAfter: null, blocksSent: 1 },
		});
	});
});
