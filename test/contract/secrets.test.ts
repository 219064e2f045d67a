/**
 * A whole sale with a key change, refusals and faults, over HTTP, on the built server: afterwards no digit of a
 * token, no key, no phone and no password is in a log line, an answer that went wrong, or the audit.
 */
import { DatabaseSync } from 'node:sqlite';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backend } from '../harness/backend.ts';
import { ensureBuild } from '../server/harness/ensure-build.ts';
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
	const metrics = await telling(origin, 'GET', '/metrics');
	expect(metrics.text).toContain('tokenline_requests_total');
	await backend.stop();

	const passphrase = readFileSync(join(backend.home, 'security-module/passphrase'), 'utf8').trim();
	const secrets = [...digits, ...digits.map(grouped), PHONE, PHONE.slice(1), PASSWORD];
	const events = JSON.stringify(books.prepare('select * from audit_event').all());
	const places = { log: backend.output, refusals: told.join('\n'), events, metrics: metrics.text };
	expect(backend.output).toContain('"event":"request"');
	expect(events).toContain('vend-issued');
	for (const [place, text] of Object.entries(places))
		for (const secret of [...secrets, decoderKeyHex, passphrase])
			expect(text.toLowerCase().includes(secret.toLowerCase()), `${place}: ${secret}`).toBe(false);
});

const grouped = (digits: string) => digits.replace(/(\d{4})(?=\d)/g, '$1 ');
