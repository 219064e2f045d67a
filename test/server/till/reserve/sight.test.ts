/** The digits of a sealed token: on its device only, until that has revealed it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import { meterHistory } from '#lib/server/meter/meter-history.ts';
import { listReserves } from '#lib/server/till/reserve/list-reserves.ts';
import { readLastVend } from '#lib/server/vend/last-vend.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { reprintVend } from '#lib/server/vend/reprint.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { requestVends } from '#lib/server/vend/vend-batch.ts';
import type { FloatVendRequest } from '#lib/core/sync/wire.ts';
import { whatIsWrong } from '../../harness/books.ts';
import { sell } from '../../harness/counter.ts';
import { giveJob, technicianWithDevice } from '../../harness/field.ts';
import { openReserveCounter, type ReserveDevice } from '../../harness/reserve.ts';
import {
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	WORKSHOP,
	type Shop,
} from '../../harness/shop.ts';

const OWNER = '+254700000001';
const clerk: Caller = { ...GUEST, roles: ['office-clerk'], operatorId: newId() };
const manager: Caller = { ...GUEST, roles: ['office-manager'], operatorId: newId() };
const auditor: Caller = { ...GUEST, roles: ['auditor'], operatorId: newId() };
const owner: Caller = { ...GUEST, roles: ['consumer'], phone: OWNER };

let shop: Shop;
let device: ReserveDevice;
let till: Caller;
beforeEach(async () => {
	shop = await openShop();
	device = await openReserveCounter(shop.backend);
	till = device.counter.caller;
	await shop.backend.database
		.updateTable('customer')
		.set({ phone: OWNER })
		.where('id', '=', `customer-${KITCHEN}`)
		.execute();
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

/** Everything that anybody could be told of a vend, as text. */
async function everything(id: string): Promise<string> {
	const { backend } = shop;
	const told: unknown[] = [];
	for (const caller of [till, clerk, manager, auditor, owner, GUEST]) {
		told.push(await readVend(backend, caller, id));
		told.push(await reprintVend(backend, caller, id, { id: newId() }));
		told.push(await meterHistory(backend, caller, KITCHEN, undefined));
	}
	const request = await storedRequest(id);
	told.push(await requestVend(backend, till, id, request));
	told.push(await requestVends(backend, till, { rows: [{ id, request }] }, () => 0));
	told.push(await readLastVend(backend, till));
	told.push(await listReserves(backend, manager, {}));
	return JSON.stringify(told);
}

/** What the till would have to ask to be taken for whoever asked first. */
async function storedRequest(id: string): Promise<FloatVendRequest> {
	const { request } = await shop.backend.database
		.selectFrom('vend')
		.select('request')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return JSON.parse(request) as FloatVendRequest;
}

describe('a sealed token', () => {
	it('is told to nobody in clear, also when it has ended', async () => {
		const { id, digits } = await device.take();
		expect(await everything(id)).not.toContain(digits);
		await device.end(id);
		expect(await everything(id)).not.toContain(digits);
		for (const caller of [till, clerk, manager]) {
			expect(await readVend(shop.backend, caller, id)).toEqual({ refusal: 'reserve-sealed' });
			const reprint = await reprintVend(shop.backend, caller, id, { id: newId() });
			expect(reprint).toEqual({ refusal: 'reserve-sealed' });
		}
		expect(await requestVend(shop.backend, till, id, await storedRequest(id))).toEqual({
			refusal: 'reserve-sealed',
		});
		const stranger: Caller = { ...till, vendorId: 'another', terminalId: 'T-999' };
		expect(await readVend(shop.backend, stranger, id)).toEqual({ refusal: 'not-found' });
	});

	it('is in no log line, and in no row but those of tokens and answers', async () => {
		const { id, digits } = await device.take();
		await device.reveal(id);
		expect(shop.lines.join('\n')).not.toContain(digits);
		for (const table of ['reserve', 'reserve_seal', 'reserve_end', 'audit_event'] as const) {
			const rows = await shop.backend.database.selectFrom(table).selectAll().execute();
			expect(JSON.stringify(rows)).not.toContain(digits);
		}
	});

	it('is shown like any vend once it was revealed', async () => {
		const { id, digits } = await device.take();
		await device.reveal(id);
		const read = mustBeTaken(await readVend(shop.backend, till, id));
		expect(read.body).toContain(digits);
		const copy = await reprintVend(shop.backend, till, id, { id: newId() });
		expect(JSON.stringify(copy)).toContain(digits);
		const seen = await meterHistory(shop.backend, owner, KITCHEN, undefined);
		expect(JSON.stringify(seen)).toContain(digits);
	});

	it('is not what a till’s last vend was answered', async () => {
		const sale = await sell(shop.backend, device.counter, WORKSHOP, 20_000);
		shop.clock.ms += 60_000;
		const { id } = await device.take();
		await device.reveal(id);
		const last = mustBeTaken(await readLastVend(shop.backend, till));
		expect(JSON.parse(last.body)).toMatchObject({ id: sale.id });
	});

	it('is no purchase of the meter’s owner before it is revealed; the office sees that it is out', async () => {
		const ids = async (caller: Caller) =>
			mustBeTaken(await meterHistory(shop.backend, caller, KITCHEN, undefined)).vends.map(
				(each) => each.id,
			);
		const { id } = await device.take();
		expect(await ids(owner)).not.toContain(id);
		expect(await ids(clerk)).toContain(id);
		await device.reveal(id);
		expect(await ids(owner)).toContain(id);
	});

	it('is brought to its meter by no technician before it is revealed', async () => {
		const { id } = await device.take();
		const field = await technicianWithDevice(shop.backend);
		const named = { which: 'vends' as const, vendIds: [id] };
		const { operatorId } = field.technician;
		await giveJob(shop.backend, operatorId, [{ drn: KITCHEN, tokens: named }]);
		await giveJob(shop.backend, operatorId, [
			{ drn: KITCHEN, tokens: { which: 'undelivered' as const } },
		]);
		const packed = async () =>
			(await field.takePack()).meters.flatMap(({ tokens }) => tokens.map(({ vendId }) => vendId));
		expect(await packed()).not.toContain(id);
		await device.reveal(id);
		expect(await packed()).toContain(id);
	});
});

describe('the list of sealed tokens', () => {
	it('says what became of each, the newest first, a vendor’s own, a page at a time', async () => {
		const { backend } = shop;
		const ids = [];
		for (const drn of [KITCHEN, WORKSHOP, KITCHEN, KITCHEN]) {
			const { id } = await device.take(newId(), drn);
			ids.push(id);
		}
		const [first = '', second = '', third = '', fourth = ''] = ids;
		shop.clock.ms += 60_000;
		await device.reveal(first);
		await device.end(second);
		const list = await listReserves(backend, manager, {});
		expect(list.next).toBeNull();
		expect(list.reserves.map(({ vendId, state }) => [vendId, state])).toEqual([
			...[[fourth, 'sealed'] as const, [third, 'sealed'] as const],
			...[[second, 'expired'] as const, [first, 'revealed'] as const],
		]);
		expect(list.reserves[3]).toMatchObject({
			...{ vendorId: 'corner-shop', terminalId: 'T-101', drn: KITCHEN },
			...{ denominationMinor: 10_000, currency: { code: 'KES' }, endedAtMs: shop.clock.ms },
		});
		// Nothing is said of one that nobody has heard the end of, only its time is over.
		shop.clock.ms += 30 * 24 * 3_600_000;
		expect((await listReserves(backend, manager, {})).reserves[0]).toMatchObject({
			...{ state: 'sealed', endedAtMs: null },
		});
		const after = await listReserves(backend, manager, { after: third });
		expect(after.reserves.map(({ vendId }) => vendId)).toEqual([second, first]);
		expect((await listReserves(backend, manager, { vendor: 'another' })).reserves).toEqual([]);
	});
});
