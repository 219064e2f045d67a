/** From twenty digits and a meter to who, when, where and under which key; and to nobody else's. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { searchToken } from '#lib/server/audit/token-search.ts';
import { buy, digitsOf, GUEST, KITCHEN, openShop, STEPS, type Shop } from '../harness/shop.ts';

const AUDITOR = { ...GUEST, roles: ['auditor'], operatorId: 'an-auditor' } as const;

let shop: Shop;
beforeEach(async () => void (shop = await openShop()));
afterEach(() => shop.dispose());

describe('a token search', () => {
	it('finds the vend, its key and all that was written down', async () => {
		const sale = await buy(shop.backend, KITCHEN, 50_000);
		const digits = digitsOf(sale.answer);
		const found = await searchToken(shop.backend, AUDITOR, { digits, drn: KITCHEN });
		expect(found).toMatchObject({
			found: true,
			vend: { id: sale.id, state: 'issued', amountMinor: 50_000, issuingPoint: 'WEB' },
			token: { kind: 'credit', sequence: 1, energyDeciKwh: 200 },
			who: { vendor: null, terminal: null, operator: null, approvedBy: null },
			reprints: [],
		});
		if (!('found' in found) || !found.found) throw new Error('not found');
		expect(found.key.slot).not.toBeNull();
		expect(found.token.tid).toBeGreaterThan(0);
		expect(found.events.map(({ action }) => action)).toContain('vend-issued');
	});

	it('says of digits that were never sold what they say under the key of the meter', async () => {
		const sale = await buy(shop.backend, KITCHEN, 50_000);
		const digits = digitsOf(sale.answer);
		const other = await searchToken(shop.backend, AUDITOR, { digits, drn: STEPS });
		expect(other).toEqual({
			found: false,
			verification: { readable: false, code: 'token-unreadable' },
		});
		const noMeter = await searchToken(shop.backend, AUDITOR, { digits, drn: '00000000000' });
		expect(noMeter).toEqual({ refusal: 'meter-unknown' });
	});

	it('finds nothing of another utility', async () => {
		const sale = await buy(shop.backend, KITCHEN, 50_000);
		const stranger = { ...AUDITOR, utilityId: 'elsewhere' };
		const asked = { digits: digitsOf(sale.answer), drn: KITCHEN };
		expect(await searchToken(shop.backend, stranger, asked)).toEqual({ refusal: 'meter-unknown' });
	});

	it('is written down, without the digits', async () => {
		const sale = await buy(shop.backend, KITCHEN, 50_000);
		const digits = digitsOf(sale.answer);
		await searchToken(shop.backend, AUDITOR, { digits, drn: KITCHEN });
		const events = await shop.backend.database.selectFrom('audit_event').selectAll().execute();
		expect(events.find(({ action }) => action === 'token-searched')).toMatchObject({
			actor: 'operator:an-auditor',
			subject_id: KITCHEN,
			facts: JSON.stringify({ found: true, vend: sale.id }),
		});
		expect(JSON.stringify(events) + shop.lines.join('')).not.toContain(digits);
	});
});
