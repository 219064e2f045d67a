import { describe, expect, it } from 'vitest';
import { brokenArrow, impurity, target } from '../../src/cli/floors.ts';

const CORE = 'src/lib/core';

describe('the floor law', () => {
	it.each([
		[`${CORE}/sts/token.ts`, `${CORE}/bytes/hex.ts`],
		[`${CORE}/sts/ciphers/sta.ts`, `${CORE}/sts/token.ts`],
		[`${CORE}/meter/meter.ts`, `${CORE}/sts/token.ts`],
		['src/lib/browser/sync/drain.ts', `${CORE}/sync/outbox.ts`],
		['service-worker/index.ts', 'src/lib/browser/store/store.ts'],
		['src/routes/api/v1/vends/[id]/+server.ts', 'src/lib/server/vend/vend.ts'],
		[`${CORE}/sts/mac.ts`, '@noble/hashes/hmac.js'],
	])('lets %s import %s', (from, to) => {
		expect(brokenArrow(from, to)).toBeUndefined();
	});

	it.each([
		[`${CORE}/sts/token.ts`, `${CORE}/meter/meter.ts`, /up to floor 2/],
		[`${CORE}/sts/token.ts`, `${CORE}/dlms/hdlc/frame.ts`, /siblings on floor 1/],
		['src/lib/browser/api/api.ts', 'src/lib/server/vend/vend.ts', /siblings on floor 5/],
		['src/lib/ui/components/Pay.svelte', 'src/lib/server/vend/vend.ts', /over the API/],
		['src/routes/(consumer)/+page.svelte', 'src/lib/server/vend/vend.ts', /no backend code/],
		['service-worker/index.ts', 'src/lib/ui/state/app.svelte.ts', /service worker/],
		[`${CORE}/sts/token.ts`, 'node:crypto', /without a host/],
		[`${CORE}/sync/outbox.ts`, 'dexie', /without a host/],
	])('stops %s from importing %s', (from, to, why) => {
		expect(brokenArrow(from, to)).toMatch(why);
	});

	it('reads #lib and relative imports alike', () => {
		expect(target('#lib/core/sts/token.ts', 'src/cli/x.ts')).toBe(`${CORE}/sts/token.ts`);
		expect(target('../bytes/hex.ts', `${CORE}/sts/token.ts`)).toBe(`${CORE}/bytes/hex.ts`);
		expect(target('kysely', 'src/cli/x.ts')).toBe('kysely');
	});
});

describe('the pure core', () => {
	it.each(['const now = Date.now();', 'return Math.random()', 'new Date()', 'process.env.X'])(
		'has no place for %s',
		(line) => {
			expect(impurity(line)).toBeDefined();
		},
	);

	it('may speak of them in comments', () => {
		expect(impurity('	// unlike Date.now(), an argument')).toBeUndefined();
		expect(impurity('const date = new Date(instantMs);')).toBeUndefined();
	});
});
