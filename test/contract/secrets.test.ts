/**
 * A whole sale with a key change, a technician's delivery, refusals and faults, over HTTP, on the built server: afterwards no digit of a
 * token, no key, no DLMS secret, no phone and no password is in a log line, an answer that went wrong, or the audit.
 */
import { DatabaseSync } from 'node:sqlite';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import generic from '#lib/core/dlms/profile/generic.json' with { type: 'json' };
import type { JobPackAnswer } from '#lib/core/sync/wire-packs.ts';
import type { LoginSessionAnswer } from '#lib/core/sync/wire-people.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { delivery } from '../core/sync/journal.ts';
import { Backend } from '../harness/backend.ts';
import { ensureBuild } from '../server/harness/ensure-build.ts';
import { FieldDevice } from '../server/harness/field.ts';
import { ask, tap, vendAt } from '../server/harness/http-shop.ts';
import { KITCHEN, newId, saleOf } from '../server/harness/shop.ts';

const PHONE = '+254711222333';
const PASSWORD = 'correct-horse-battery-77';

let backend: Backend;
let books: DatabaseSync;

beforeAll(async () => {
	await ensureBuild();
	backend = await Backend.prepared();
	books = new DatabaseSync(join(backend.home, 'tokenline.db'), { readOnly: true });
}, 180_000);
afterAll(async () => {
	books.close();
	await backend.dispose();
});

const one = (query: string, ...values: string[]): Record<string, unknown> =>
	books.prepare(query).get(...values) ?? {};

it('says no secret anywhere but in the answer to whom it belongs', async () => {
	const { origin } = backend;
	const told: string[] = [];
	const telling = async (...asked: Parameters<typeof ask>) => {
		const answer = await ask(...asked);
		if (answer.status >= 400) told.push(answer.text);
		return answer;
	};

	// A meter whose key is behind: key-change tokens before the credit.
	const behind = one(`select drn from meter join supply_group on supply_group.sgc = meter.sgc
		where meter.krn < supply_group.current_krn and state = 'active' and length(drn) = 11
		limit 1`);
	const drn = String(behind.drn);
	const sale = saleOf(drn, 50_000);
	const request = { ...sale.request, notifyPhone: PHONE };
	const taken = await telling(origin, 'PUT', `/api/v1/vends/${sale.id}`, request);
	expect(taken.status).toBe(202);
	const payment = { vendId: sale.id, amountMinor: 50_000, currency: 'KES', method: 'sandbox' };
	await telling(origin, 'PUT', `/api/v1/payments/${sale.paymentId}`, payment);
	await tap(origin, sale);
	const issued = await vendAt(origin, sale.id);
	if (issued.state !== 'issued') throw new Error(issued.state);
	const digits = issued.tokens.map((token) => token.digits);
	expect(issued.tokens.map(({ kind }) => kind)).toContain('key-change');

	// What is refused, what is not understood, what is guessed.
	const [token = ''] = digits;
	await telling(origin, 'PUT', `/api/v1/vends/${sale.id}`, { ...request, amountMinor: 60_000 });
	await telling(origin, 'PUT', `/api/v1/vends/${newId()}`, `{"drn": "${token}", ${PHONE}`);
	await telling(origin, 'PUT', `/api/v1/vends/${newId()}`, { ...request, notifyPhone: token });
	await telling(origin, 'GET', `/api/v1/meters/${token}`);
	await telling(origin, 'POST', '/api/v1/audit/token-searches', { digits: token, drn });
	for (const body of [
		{ by: 'password', login: 'nobody', password: PASSWORD, carrier: 'bearer' },
		{ by: 'password', login: PASSWORD, password: PASSWORD, carrier: 'bearer' },
		{ login: PASSWORD, password: PASSWORD },
		{ phone: PHONE, code: '123456' },
	])
		await telling(origin, 'POST', '/api/v1/login-sessions', body);
	await telling(origin, 'POST', '/api/v1/one-time-codes', { phone: PHONE });
	const provision = await telling(origin, 'GET', `/api/v1/virtual-meters/${KITCHEN}`);
	const { decoderKeyHex } = provision.json as { decoderKeyHex: string };
	const dlms = await workInField(origin, telling, drn);
	const metrics = await telling(origin, 'GET', '/metrics');
	expect(metrics.text).toContain('tokenline_requests_total');
	await backend.stop();

	const passphrase = readFileSync(join(backend.home, 'security-module/passphrase'), 'utf8').trim();
	const secrets = [...digits, ...digits.map(grouped), PHONE, PHONE.slice(1), PASSWORD, ...dlms];
	const events = JSON.stringify(books.prepare('select * from audit_event').all());
	const places = { log: backend.output, refusals: told.join('\n'), events, metrics: metrics.text };
	expect(backend.output).toContain('"event":"request"');
	expect(events).toContain('vend-issued');
	for (const [place, text] of Object.entries(places))
		for (const secret of [...secrets, decoderKeyHex, passphrase])
			expect(text.toLowerCase().includes(secret.toLowerCase()), `${place}: ${secret}`).toBe(false);
});

type Telling = (...asked: Parameters<typeof ask>) => ReturnType<typeof ask>;

/** DLMS secrets set, handed out in a sealed pack, and sent where they do not belong. Answers them. */
async function workInField(origin: string, telling: Telling, drn: string): Promise<string[]> {
	const secrets = { unicastKeyHex: 'a1b2'.repeat(8), authenticationKeyHex: 'c3d4'.repeat(8) };
	const signIn = async (login: string) => {
		const body = { by: 'password', login, password: DEMO_PASSWORD, carrier: 'bearer' };
		const { json } = await telling(origin, 'POST', '/api/v1/login-sessions', body);
		return json as LoginSessionAnswer;
	};
	const [officer, clerk, moraa] = [
		await signIn('keys'),
		await signIn('clerk'),
		await signIn('technician'),
	];
	const as = ({ token }: LoginSessionAnswer) => ({ authorization: `Bearer ${token}` });
	const path = `/api/v1/meters/${drn}/association`;
	const association = { profile: generic, secrets };
	expect((await telling(origin, 'PUT', path, association, as(officer))).status).toBe(200);
	await telling(origin, 'PUT', path, { ...association, more: secrets }, as(officer));
	await telling(origin, 'PUT', path, { profile: { ...generic, suite: 2 }, secrets }, as(officer));
	await telling(origin, 'PUT', path, association, as(clerk));
	const { person } = moraa;
	if (person.kind !== 'operator') throw new Error(person.kind);
	const { operatorId } = person;
	const job = {
		...{ operatorId, reason: 'Worn keypad', note: '', packHours: null, lab: false },
		meters: [{ drn, tokens: { which: 'undelivered' }, work: [] }],
	};
	await telling(origin, 'PUT', `/api/v1/jobs/${newId()}`, job, as(clerk));
	const device = new FieldDevice({} as never, {
		...{ utilityId: moraa.utilityId, roles: ['technician'], operatorId, address: '' },
	});
	const at = `/api/v1/field-devices/${device.id}`;
	await telling(origin, 'PUT', at, device.request(), as(moraa));
	const asked = `/api/v1/packs/job?device=${device.id}`;
	const packed = await telling(origin, 'GET', asked, undefined, as(moraa));
	const { pack } = await device.openPack(packed.json as JobPackAnswer);
	const meter = pack.meters.find((one) => one.drn === drn);
	expect(meter?.association?.secrets).toEqual(secrets);
	const [token] = meter?.tokens ?? [];
	expect(token).toBeDefined();
	const { vendId, sequence, digits } = token as NonNullable<typeof token>;
	const content = delivery('refused', { vendId, sequence, digits });
	const entry = device.journal.write('token-delivery', content, { drn });
	const delivered = `/api/v1/deliveries/${entry.id}`;
	await telling(origin, 'PUT', delivered, { ...entry, atMs: 1 }, as(moraa));
	expect((await telling(origin, 'PUT', delivered, entry, as(moraa))).status).toBe(200);
	const list = await telling(origin, 'GET', `/api/v1/deliveries?drn=${drn}`, undefined, as(clerk));
	expect(list.text).not.toContain(digits);
	return [...Object.values(secrets), packed.text.slice(-200)];
}

const grouped = (digits: string) => digits.replace(/(\d{4})(?=\d)/g, '$1 ');
