import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkVendingKey } from '#lib/core/sts/vending-key.ts';
import { DEMO_SLOTS, PUBLIC_TEST_SGC } from '#lib/server/security-module/demo-slots.ts';
import { initialiseKeyFile, openKeyFile } from '#lib/server/security-module/key-file.ts';
import type { CreditOrder } from '#lib/server/security-module/port.ts';
import { softwareModule } from '#lib/server/security-module/software-module.ts';
import { openUsageJournal } from '#lib/server/security-module/usage-journal.ts';
import { TEST_KEYS } from '../harness/shop.ts';

const ORDER: CreditOrder = {
	requestId: 'request-1',
	slot: 'public-test',
	drn: '00000000018',
	sgc: PUBLIC_TEST_SGC,
	krn: 1,
	ti: '01',
	ea: 11,
	amountDeciKwh: 200,
	tid: 6_000_000,
};
const make = () => softwareModule(TEST_KEYS, openUsageJournal(':memory:'));

describe('the software module', () => {
	it('makes the same token for the same request, in any process, and counts it once', () => {
		const [one, other] = [make(), make()];
		const token = one.issueCredit(ORDER);
		expect(token).toMatchObject({ carriedDeciKwh: 200, test: true });
		expect(one.issueCredit(ORDER)).toEqual(token);
		expect(other.issueCredit(ORDER)).toEqual(token);
		expect(one.usage({ after: 0 })).toEqual({ tokens: 1 });
	});

	it('makes another token for another request', () => {
		const module = make();
		const tokens = Array.from({ length: 40 }, (_, at) =>
			JSON.stringify(module.issueCredit({ ...ORDER, requestId: `request-${at}` })),
		);
		// Sixteen random fields; the rest of these requests is the same.
		expect(new Set(tokens).size).toBeGreaterThan(8);
	});

	it.each([
		['amount', { amountDeciKwh: 201 }],
		['token number', { tid: 6_000_002 }],
		['meter', { drn: '00000000026' }],
		['algorithm', { ea: 7 as const }],
	])('refuses a request id that comes back with another %s', (_, change) => {
		const module = make();
		module.issueCredit(ORDER);
		expect(module.issueCredit({ ...ORDER, ...change })).toEqual({ refusal: 'id-reused' });
	});

	it.each([
		[{ slot: 'nowhere' }, 'vending-key-unknown'],
		[{ sgc: '400171' }, 'vending-key-unknown'],
		[{ krn: 2 }, 'vending-key-unknown'],
		[{ slot: 'lakeside-town', sgc: '400171', krn: 1 }, 'vending-key-unknown'],
		[{ amountDeciKwh: 18_201_625 }, 'amount-above-maximum'],
	] as const)('refuses %j with %s', (change, refusal) => {
		expect(make().issueCredit({ ...ORDER, ...change })).toEqual({ refusal });
	});

	it('refuses a token number past the expiry number of its key', () => {
		const keys = new Map([['public-test', { ...TEST_KEYS.keys.get('public-test')!, ken: 90 }]]);
		const module = softwareModule({ ...TEST_KEYS, keys }, openUsageJournal(':memory:'));
		expect(module.issueCredit({ ...ORDER, tid: 91 * 65_536 })).toEqual({
			refusal: 'vending-key-expired',
		});
		expect(module.issueCredit({ ...ORDER, tid: 91 * 65_536 - 1 })).toMatchObject({ test: true });
	});

	it('hands out the decoder key of a public-test meter and of no other', () => {
		const module = make();
		expect(module.decoderKey(ORDER)).toEqual({
			decoderKeyHex: expect.stringMatching(/^[0-9a-f]{32}$/),
		});
		for (const { slot, sgc, krn, publicTest } of DEMO_SLOTS)
			if (!publicTest)
				expect(module.decoderKey({ ...ORDER, slot, sgc, krn, ea: 7 })).toEqual({
					refusal: 'decoder-key-withheld',
				});
	});

	it('tells what a key is, never what it is made of', () => {
		const told = JSON.stringify(DEMO_SLOTS.map(({ slot }) => make().attributes(slot)));
		expect(JSON.parse(told)).toEqual(DEMO_SLOTS);
		expect(told).not.toMatch(/bytes|abab/i);
	});
});

describe('the key file', () => {
	let folder: string;
	const paths = () => ({
		keyFile: join(folder, 'keys.json'),
		passphraseFile: join(folder, 'passphrase'),
	});
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'tokenline-keys-'));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	it('is made once, for its owner only, with keys of the right kind', () => {
		expect(initialiseKeyFile(paths(), DEMO_SLOTS)).toBe(true);
		const first = readFileSync(paths().keyFile);
		expect(initialiseKeyFile(paths(), DEMO_SLOTS)).toBe(false);
		expect(readFileSync(paths().keyFile)).toEqual(first);
		for (const path of Object.values(paths())) expect(statSync(path).mode & 0o777).toBe(0o600);
		for (const { dkga, bytes } of openKeyFile(paths()).keys.values())
			expect(checkVendingKey({ dkga: dkga === 2 ? 2 : 4, bytes })).toBeUndefined();
	});

	it('shows no key, and opens with its own passphrase only', () => {
		initialiseKeyFile(paths(), DEMO_SLOTS);
		const text = readFileSync(paths().keyFile, 'latin1');
		for (const { bytes } of openKeyFile(paths()).keys.values())
			for (const encoding of ['latin1', 'hex', 'base64'] as const)
				expect(text).not.toContain(bytes.toString(encoding));
		writeFileSync(paths().passphraseFile, 'guess');
		expect(() => openKeyFile(paths())).toThrow('the passphrase does not open the key file');
	});

	it('does not open when one octet of it was changed', () => {
		initialiseKeyFile(paths(), DEMO_SLOTS);
		const file = JSON.parse(readFileSync(paths().keyFile, 'utf8')) as { sealed: string };
		const sealed = Buffer.from(file.sealed, 'base64');
		sealed.writeUInt8(sealed.readUInt8(20) ^ 1, 20);
		writeFileSync(paths().keyFile, JSON.stringify({ ...file, sealed: sealed.toString('base64') }));
		expect(() => openKeyFile(paths())).toThrow();
	});
});
