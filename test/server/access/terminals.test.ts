/** Tills from the office's wish to the device that signs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import { enrolTerminal } from '#lib/server/access/enrol-terminal.ts';
import { terminalOfSignature } from '#lib/server/access/terminal-signature.ts';
import {
	listTerminals,
	makeEnrolmentCode,
	putTerminal,
	revokeTerminal,
} from '#lib/server/access/terminals.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { ORIGIN, requestTo, send } from '../harness/rim.ts';
import { GUEST, MORNING_MS, openShop, type Shop } from '../harness/shop.ts';
import { Till } from '../harness/till.ts';

const OFFICE: Caller = { ...GUEST, roles: ['office-manager'], operatorId: 'office-1' };
const ELSEWHERE: Caller = { ...OFFICE, utilityId: 'hilltop' };
const DAY_MS = 24 * 60 * 60_000;
const WISH = { vendorId: 'vendor-1', name: 'Front till' };

let shop: Shop;

beforeEach(async () => {
	shop = await openShop();
	for (const id of ['vendor-1', 'vendor-2'])
		await shop.backend.database
			.insertInto('vendor')
			.values({
				...{ id, utility_id: 'lakeside', name: 'Corner shop', state: 'active' },
				...{ float_minor: 0, credit_limit_minor: 0, commission_basis_points: 0, blind_vend: 0 },
			})
			.execute();
	await putTerminal(shop.backend, OFFICE, 'T-901', WISH);
});
afterEach(() => shop.dispose());

async function newCode(): Promise<string> {
	const made = await makeEnrolmentCode(shop.backend, OFFICE, 'T-901');
	if (isRefusal(made)) throw new Error(made.refusal);
	return made.code;
}

const device = () => new Till('T-901', () => shop.clock.ms);
const enrol = (till: Till, code: string) =>
	enrolTerminal(shop.backend, GUEST, till.enrolment(code));

async function canAsk(till: Till) {
	const request = till.request('GET', `${ORIGIN}/x`);
	const url = new URL(request.url);
	return await terminalOfSignature(shop.backend, { request, url, text: '' });
}

/** In the order of the alphabet: the clock stands still. */
const deeds = async () =>
	(await shop.backend.database.selectFrom('audit_event').select(['action', 'actor']).execute())
		.map(({ action, actor }) => `${action} by ${actor}`)
		.sort();

describe('a till of the office', () => {
	it('is made once, and named anew', async () => {
		const made = { id: 'T-901', ...WISH, state: 'awaiting-enrolment' };
		expect(await putTerminal(shop.backend, OFFICE, 'T-901', WISH)).toMatchObject(made);
		const renamed = { ...WISH, name: 'Back till' };
		expect(await putTerminal(shop.backend, OFFICE, 'T-901', renamed)).toMatchObject(renamed);
		const { terminals } = await listTerminals(shop.backend, OFFICE);
		expect(terminals.filter(({ id }) => id === 'T-901')).toMatchObject([renamed]);
		expect(await deeds()).toEqual([
			'terminal-made by operator:office-1',
			'terminal-renamed by operator:office-1',
		]);
	});

	it('never changes hands', async () => {
		const wish = { ...WISH, vendorId: 'vendor-2' };
		expect(await putTerminal(shop.backend, OFFICE, 'T-901', wish)).toEqual({
			refusal: 'id-reused',
		});
	});

	it.each(['WEB', 'OFFICE', 't-001', 'T-', 'T-0000001', '', 'T-901\n'])(
		'is not called %j',
		async (id) => {
			expect(await putTerminal(shop.backend, OFFICE, id, WISH)).toHaveProperty(
				'refusal',
				'body-shape',
			);
		},
	);

	it('of another utility is not there', async () => {
		const nothing = { refusal: 'not-found' };
		expect(await putTerminal(shop.backend, ELSEWHERE, 'T-902', WISH)).toEqual(nothing);
		expect(await makeEnrolmentCode(shop.backend, ELSEWHERE, 'T-901')).toEqual(nothing);
		expect(await revokeTerminal(shop.backend, ELSEWHERE, 'T-901')).toEqual(nothing);
		expect(await listTerminals(shop.backend, ELSEWHERE)).toEqual({ terminals: [] });
	});
});

describe('enrolment', () => {
	it('makes a till of the device that has the code', async () => {
		const till = device();
		expect(await canAsk(till)).toEqual({ refusal: 'terminal-unknown' });
		expect(await enrol(till, await newCode())).toMatchObject({
			terminalId: 'T-901',
			vendor: { id: 'vendor-1', name: 'Corner shop' },
			utility: { name: 'Lakeside Power & Light' },
			serverMs: MORNING_MS,
		});
		expect(await canAsk(till)).toHaveProperty('terminalId', 'T-901');
		expect(await deeds()).toEqual([
			'terminal-code-made by operator:office-1',
			'terminal-enrolled by terminal:T-901',
			'terminal-made by operator:office-1',
		]);
	});

	it('keeps neither the code nor anything it could be made from', async () => {
		const code = (await newCode()).replaceAll('-', '');
		const rows = await shop.backend.database.selectFrom('terminal').selectAll().execute();
		const events = await shop.backend.database.selectFrom('audit_event').selectAll().execute();
		expect(JSON.stringify([rows, events])).not.toContain(code.slice(0, 8));
	});

	it('may be asked for again by the same device, and by no other', async () => {
		const [till, thief, code] = [device(), device(), await newCode()];
		const first = await enrol(till, code);
		expect(await enrol(till, code)).toEqual(first);
		expect(await enrol(thief, code)).toEqual({ refusal: 'enrolment-code' });
		expect(await canAsk(thief)).toEqual({ refusal: 'signature-wrong' });
	});

	it('ends with the day of the code', async () => {
		const code = await newCode();
		shop.clock.ms += DAY_MS;
		expect(await enrol(device(), code)).toEqual({ refusal: 'enrolment-code' });
		shop.clock.ms -= 1;
		expect(await enrol(device(), code)).toHaveProperty('terminalId');
	});

	it('takes the last code only', async () => {
		const [old, last] = [await newCode(), await newCode()];
		expect(await enrol(device(), old)).toEqual({ refusal: 'enrolment-code' });
		expect(await enrol(device(), last)).toHaveProperty('terminalId');
	});

	it('is refused without the key, and with one that is no point of the curve', async () => {
		const code = await newCode();
		const [till, other] = [device(), device()];
		const borrowed = { ...till.enrolment(code), publicKey: other.publicKey };
		expect(await enrolTerminal(shop.backend, GUEST, borrowed)).toEqual({
			refusal: 'signature-wrong',
		});
		const flat = { ...till.enrolment(code), publicKey: { ...till.publicKey, y: 'A'.repeat(43) } };
		expect(await enrolTerminal(shop.backend, GUEST, flat)).toEqual({ refusal: 'signature-wrong' });
	});

	it('goes over the API with no rights at all', async () => {
		const body = JSON.stringify(device().enrolment(await newCode()));
		const request = requestTo('/api/v1/terminal-enrolments', { method: 'POST', body });
		const answer = await send(shop.backend, request);
		expect(answer.status).toBe(200);
		expect(await answer.json()).toHaveProperty('terminalId', 'T-901');
	});
});

describe('a new device for a till', () => {
	it('takes the old one’s place when it enrols, not before', async () => {
		const [old, next] = [device(), device()];
		await enrol(old, await newCode());
		const code = await newCode();
		expect(await canAsk(old)).toHaveProperty('terminalId');
		await enrol(next, code);
		expect(await canAsk(old)).toEqual({ refusal: 'signature-wrong' });
		expect(await canAsk(next)).toHaveProperty('terminalId');
	});
});

describe('revoking', () => {
	it('ends the till and its codes until it is enrolled anew', async () => {
		const till = device();
		const used = await newCode();
		await enrol(till, used);
		const pending = await newCode();
		expect(await revokeTerminal(shop.backend, OFFICE, 'T-901')).toMatchObject({
			state: 'revoked',
			codeExpiresAtMs: null,
		});
		expect(await canAsk(till)).toEqual({ refusal: 'terminal-revoked' });
		for (const code of [used, pending])
			expect(await enrol(till, code)).toEqual({ refusal: 'enrolment-code' });
		const code = await newCode();
		expect(await canAsk(till)).toEqual({ refusal: 'terminal-revoked' });
		await enrol(till, code);
		expect(await canAsk(till)).toHaveProperty('terminalId');
	});

	it('is heard by every device that was, for ever, when another one has the till’s place', async () => {
		const [stolen, lost, next, thief] = [device(), device(), device(), device()];
		for (const revoked of [stolen, lost]) {
			await enrol(revoked, await newCode());
			await revokeTerminal(shop.backend, OFFICE, 'T-901');
		}
		await enrol(next, await newCode());
		for (const revoked of [stolen, lost])
			expect(await canAsk(revoked)).toEqual({ refusal: 'terminal-revoked' });
		expect(await canAsk(next)).toHaveProperty('terminalId');
		expect(await canAsk(thief)).toEqual({ refusal: 'signature-wrong' });
	});

	it('is heard as well by a device that a release before revoked, which noted no key', async () => {
		const [stolen, next] = [device(), device()];
		await enrol(stolen, await newCode());
		await shop.backend.database
			.updateTable('terminal')
			.set({ state: 'revoked', enrolment_code_hash: null, enrolment_expires_at_ms: null })
			.where('id', '=', 'T-901')
			.execute();
		expect(await canAsk(stolen)).toEqual({ refusal: 'terminal-revoked' });
		await enrol(next, await newCode());
		expect(await canAsk(stolen)).toEqual({ refusal: 'terminal-revoked' });
		expect(await canAsk(next)).toHaveProperty('terminalId');
	});

	it('of one till says nothing of another’s device', async () => {
		await putTerminal(shop.backend, OFFICE, 'T-902', WISH);
		const [other, next] = [new Till('T-902', () => shop.clock.ms), device()];
		const code = await makeEnrolmentCode(shop.backend, OFFICE, 'T-902');
		if (isRefusal(code)) throw new Error(code.refusal);
		await enrol(other, code.code);
		await revokeTerminal(shop.backend, OFFICE, 'T-902');
		await enrol(next, await newCode());
		const request = other.request('GET', `${ORIGIN}/x`, undefined, { keyId: 'T-901' });
		const url = new URL(request.url);
		expect(await terminalOfSignature(shop.backend, { request, url, text: '' })).toEqual({
			refusal: 'signature-wrong',
		});
	});

	it('twice is the same as once', async () => {
		const first = await revokeTerminal(shop.backend, OFFICE, 'T-901');
		expect(await revokeTerminal(shop.backend, OFFICE, 'T-901')).toEqual(first);
		expect((await deeds()).filter((deed) => deed.startsWith('terminal-revoked'))).toHaveLength(1);
	});
});
