import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { luhnDigit } from '#lib/core/sts/luhn.ts';
import { COMMON_PAN, meterPanOf } from '#lib/core/sts/meter-pan.ts';
import { formatIdRecord, formatRecord2 } from '#lib/core/sts/id-record.ts';
import { formatClaimQr } from '#lib/core/sync/claim-qr.ts';
import { formatCode, makeCode } from '#lib/core/sync/spoken-code.ts';
import { LONGEST_SCAN, readScannedText } from '#lib/core/sync/scanned-text.ts';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { fr } from '#lib/core/words/fr/catalogue.ts';
import { pt } from '#lib/core/words/pt/catalogue.ts';
import { sw } from '#lib/core/words/sw/catalogue.ts';
import { SCAN_REFUSALS } from '#lib/core/vending/scan-refusals.ts';

const DRN = '01234567897';
const OTHER = '12345678903';
const LONG = `600727012345${luhnDigit('600727012345')}`;
const PAN = meterPanOf(DRN);
const CLAIM = makeCode(new Uint8Array([1, 9, 20, 31, 7, 0, 12, 28]));
const CARD = {
	...{ pan: PAN, doe: '0000', tct: '01', ea: 7 as const },
	...{ sgc: '999962', ti: 1, krn: 1 },
};
const refused = (code: string) => ({ kind: 'refused', code });

describe('a text that was scanned', () => {
	it.each([
		['a bare number', DRN],
		['in groups, with a line’s end', ' 0123 4567 897\r\n'],
		['with hyphens', '0123-4567-897'],
		['a meter PAN', PAN],
		['an address by its path', `https://tokenline.example/meter/${DRN}?from=label`],
		['an address by its query', `https://pay.example/?amount=5&meterNumber=${DRN}&x=1`],
		['an address with escapes', `https://pay.example/?q=meter%3D${DRN}`],
		['JSON', JSON.stringify({ v: 1, drn: DRN, sgc: '999962' })],
		['JSON with a PAN', JSON.stringify({ 'meter pan': PAN })],
		['plain words', `Lakeside Power\nMeter No. 0123 4567 897\nSGC 999962`],
		['the same meter twice', `meter=${DRN}&pan=${PAN}`],
	])('is a meter: %s', (_, text) => {
		expect(readScannedText(text)).toEqual({ kind: 'meter', drn: DRN });
	});

	it.each(Object.entries({ en, fr, pt, sw, ar }))(
		'is the meter that a shared token is for, in %s',
		(_, { token }) => {
			const shared = token.shareText('1234 5678 9012 3456 7890', '0123 4567 897', '64.1 kWh');
			expect(readScannedText(shared)).toEqual({ kind: 'meter', drn: DRN });
		},
	);

	it('is a meter of thirteen digits, though cards once had as many', () => {
		expect(readScannedText(LONG)).toEqual({ kind: 'meter', drn: LONG });
		expect(readScannedText(`DRN ${LONG}`)).toEqual({ kind: 'meter', drn: LONG });
		const arabic = DRN.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
		expect(readScannedText(arabic)).toEqual({ kind: 'meter', drn: DRN });
		expect(readScannedText(`رقم العداد: ${arabic}`)).toEqual({ kind: 'meter', drn: DRN });
	});

	it.each([
		['track 2', `;${formatRecord2(CARD)}?`],
		['without sentinels', formatRecord2(CARD)],
		['the ID record', formatIdRecord(CARD)],
	])('is a meter card: %s', (_, track2) => {
		expect(readScannedText(track2)).toEqual({ kind: 'meter-card', drn: DRN, track2 });
	});

	it('is a claim, alone or beside its meter', () => {
		expect(readScannedText(CLAIM)).toEqual({ kind: 'claim', code: CLAIM, drn: null });
		expect(readScannedText(formatCode(CLAIM).toLowerCase())).toMatchObject({ code: CLAIM });
		const ours = formatClaimQr({ drn: DRN, code: CLAIM });
		expect(readScannedText(ours)).toEqual({ kind: 'claim', code: CLAIM, drn: DRN });
		const wrong = formatClaimQr({ drn: '01234567890', code: CLAIM });
		expect(readScannedText(wrong)).toEqual(refused('meter-check-digit'));
		const both = `https://tokenline.example/claim?meter=${DRN}&claim=${encodeURIComponent(CLAIM)}`;
		expect(readScannedText(both)).toEqual({ kind: 'claim', code: CLAIM, drn: DRN });
	});

	it.each([
		['nothing', ' \n', 'scan-empty'],
		['a book', 'x'.repeat(LONGEST_SCAN + 1), 'scan-too-long'],
		['a bank card’s number', '4111 1111 1111 1111', 'bank-card-refused'],
		['its track 1', '%B4111111111111111^DOE/JANE^29121010000000000?', 'bank-card-refused'],
		['its track 2', ';4111111111111111=29121010000000000?', 'bank-card-refused'],
		['a card with a wrong digit', '5111111111111119', 'bank-card-refused'],
		['a token', '1234 5678 9012 3456 7890', 'scan-a-token'],
		['a token among words', 'Token 1234 5678 9012 3456 7890 KES 500', 'scan-a-token'],
		[
			'a payment app’s code',
			'00020101021126360010com.example0112345678901252040000',
			'scan-payment',
		],
		['another issuer’s number', '912345000000000001', 'scan-other-issuer'],
		['a mistyped number', '01234567890', 'meter-check-digit'],
		['a mistyped PAN', `${PAN.slice(0, 17)}${(Number(PAN[17]) + 1) % 10}`, 'meter-check-digit'],
		['a QR with a mistyped meter', 'meter=01234567890', 'meter-check-digit'],
		['nobody’s meter', '00000000000', 'meter-check-digit'],
		[
			'a card for a whole group',
			formatRecord2({ ...CARD, pan: COMMON_PAN }),
			'meter-card-unreadable',
		],
		['half a meter card', `;${PAN}=`, 'meter-card-unreadable'],
		['two meters', `meter=${DRN}&meter=${OTHER}`, 'scan-two-meters'],
		['an address', 'https://example.com/', 'scan-not-a-meter'],
		['a product', 'Product 4006381333931', 'scan-not-a-meter'],
		['a phone number', 'tel:+254712345678', 'scan-not-a-meter'],
		['broken escapes', 'https://example.com/%E0%A4%A', 'scan-not-a-meter'],
		['a network', 'WIFI:T:WPA;S:shop;P:12345678903;;', 'scan-not-a-meter'],
	])('is refused: %s', (_, text, code) => {
		expect(readScannedText(text)).toEqual(refused(code));
	});

	it('is judged whatever it is, and a refusal carries nothing of it', () => {
		const pieces = fc.constantFrom(
			DRN,
			PAN,
			CLAIM,
			'=',
			'?',
			';',
			'%',
			'meter',
			'"',
			':',
			'/',
			' ',
		);
		const mixed = fc.array(fc.oneof(pieces, fc.string(), fc.nat().map(String)), { maxLength: 12 });
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'binary' }),
					mixed.map((all) => all.join('')),
				),
				(text) => {
					const scanned = readScannedText(text);
					if (scanned.kind === 'refused') {
						expect(Object.keys(scanned)).toEqual(['kind', 'code']);
						expect(SCAN_REFUSALS).toContain(scanned.code);
					} else if (scanned.kind !== 'claim') expect(scanned.drn).toMatch(/^(?:\d{11}|\d{13})$/);
				},
			),
			{ numRuns: 2_000 },
		);
	});

	it('knows every card of a bank, with or without its track', () => {
		const card = fc
			.tuple(fc.constantFrom('4', '51', '34', '62'), fc.stringMatching(/^\d{13}$/))
			.map(([issuer, rest]) => issuer + rest)
			.map((body) => body + String(luhnDigit(body)));
		fc.assert(
			fc.property(card, fc.constantFrom('', ';', '%B', ' '), (number, start) => {
				expect(readScannedText(`${start}${number}`)).toEqual(refused('bank-card-refused'));
			}),
		);
	});
});
