import { describe, expect, it } from 'vitest';
import { formatClaimQr, parseClaimQr } from '#lib/core/sync/claim-qr.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';

const DRN = '37204100004';

describe('the QR code of a claim', () => {
	it('is read back, whatever its check character', () => {
		const checks = new Set<string>();
		for (let last = 0; last < 256; last += 1) {
			const code = makeCode(Uint8Array.of(9, 8, 7, 6, 5, 4, last & 31, last >> 3));
			checks.add(code.slice(-1));
			expect(parseClaimQr(formatClaimQr({ drn: DRN, code }))).toEqual({ drn: DRN, code });
		}
		expect(checks.size).toBe(37);
	});

	it.each([
		'',
		'https://example.org/?meter=37204100004&code=ABCD1234',
		'tokenline:claim?meter=1&code=000000000',
		'tokenline:claim?meter=37204100004&code=%',
		'tokenline:claim?meter=37204100004&code=ABCD12345',
		`tokenline:claim?meter=37204100004&code=${'0'.repeat(60)}`,
		'tokenline:claim?meter=37204100004&code=000000000&then=javascript',
	])('%s is none', (text) => {
		expect(parseClaimQr(text)).toBeUndefined();
	});
});
