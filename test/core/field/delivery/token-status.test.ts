import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { TOKEN_STATUS_CODES } from '#lib/core/dlms/cosem/payment-classes.ts';
import {
	meaningOf,
	namedResult,
	RESULTS_OF_STAGE,
	STATUS_STAGES,
	statusOf,
} from '#lib/core/field/delivery/token-status.ts';
import { tokenStatusCode } from '#lib/core/meter/cosem/token-status.ts';
import { TOKEN_RESULTS, type TokenResult } from '#lib/core/sts/decoder/token-result.ts';

describe('the nine statuses', () => {
	it('are progress, acceptance, or a refusal at a stage', () => {
		expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((code) => meaningOf(code))).toEqual([
			{ kind: 'progress' },
			{ kind: 'progress' },
			{ kind: 'progress' },
			{ kind: 'accepted' },
			{ kind: 'refused', stage: 'format' },
			{ kind: 'refused', stage: 'authentication' },
			{ kind: 'refused', stage: 'validation' },
			{ kind: 'refused', stage: 'execution' },
			{ kind: 'progress' },
			undefined,
		]);
		for (const { code, final } of TOKEN_STATUS_CODES)
			expect(meaningOf(code)?.kind === 'progress').toBe(!final);
	});

	it('stand for the same results as in the virtual meter', () => {
		for (const stage of STATUS_STAGES)
			for (const result of RESULTS_OF_STAGE[stage])
				expect(meaningOf(tokenStatusCode(result))).toEqual({ kind: 'refused', stage });
		const refusals = (Object.keys(TOKEN_RESULTS) as TokenResult[]).filter(
			(result) => !TOKEN_RESULTS[result].taken,
		);
		expect(STATUS_STAGES.flatMap((stage) => RESULTS_OF_STAGE[stage]).toSorted()).toEqual(
			refusals.toSorted(),
		);
	});
});

describe('a status as data', () => {
	it('is a structure of a code and bits, however a meter writes it', () => {
		const bits = build.bitString(Uint8Array.of(0x0a), 8);
		expect(statusOf(build.structure(build.enumerated(6), bits))).toEqual({ code: 6, bits: '0a' });
		expect(
			statusOf(build.structure(build.unsigned(3), build.octetString(Uint8Array.of(1)))),
		).toEqual({
			code: 3,
			bits: '01',
		});
		expect(statusOf(build.structure(build.enumerated(8)))).toEqual({ code: 8, bits: '' });
		const long = build.bitString(new Uint8Array(100), 800);
		expect(statusOf(build.structure(build.enumerated(3), long))?.bits).toHaveLength(16);
	});

	it('is nothing else', () => {
		for (const data of [
			undefined,
			build.NULL_DATA,
			build.enumerated(3),
			build.structure(),
			build.structure(build.octetString(Uint8Array.of(3))),
			build.array(build.enumerated(3)),
		])
			expect(statusOf(data)).toBeUndefined();
	});

	it('names a result only where the profile says what the bits are', () => {
		const used = { code: 6, bits: '0a' };
		expect(namedResult(used, 'result-register')).toBe('UsedError');
		expect(namedResult(used, undefined)).toBeUndefined();
		expect(namedResult({ code: 3, bits: '01' }, 'result-register')).toBe('Accept');
		expect(namedResult({ code: 3, bits: 'ff' }, 'result-register')).toBeUndefined();
		expect(namedResult({ code: 3, bits: '' }, 'result-register')).toBeUndefined();
		for (const [name, { register }] of Object.entries(TOKEN_RESULTS))
			if (register !== undefined)
				expect(
					namedResult({ code: 0, bits: register.toString(16).padStart(2, '0') }, 'result-register'),
				).toBe(name);
	});
});
