/** The built backend over HTTP, as the app and the payer's browser speak to it. */
import * as v from 'valibot';
import { PaymentAnswer, Problem, VendAnswer } from '#lib/core/sync/wire.ts';
import { notAsDescribed } from './described.ts';
import { saleOf, type Sale } from './shop.ts';

export interface Answer {
	readonly status: number;
	readonly type: string | null;
	readonly text: string;
	readonly json: unknown;
	readonly headers: Headers;
}

/** Every answer in every test is held against the API's description. */
export async function ask(
	origin: string,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Answer> {
	const response = await fetch(`${origin}${path}`, {
		method,
		redirect: 'manual',
		headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
		...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	const text = await response.text();
	const type = response.headers.get('content-type');
	const json: unknown = type?.includes('json') ? JSON.parse(text) : undefined;
	const answer = { status: response.status, type, text, json, headers: response.headers };
	const wrong = notAsDescribed(method, path, answer);
	if (wrong !== undefined) throw new Error(`${method} ${path} is not as described: ${wrong}`);
	return answer;
}

/** The answer of a vend, checked against the wire's schema. */
export async function vendAt(origin: string, id: string): Promise<VendAnswer> {
	return v.parse(VendAnswer, (await ask(origin, 'GET', `/api/v1/vends/${id}`)).json);
}

/** A refusal, checked against the wire's schema and its own status. */
export function problemIn(answer: Answer): Problem {
	const problem = v.parse(Problem, answer.json);
	if (answer.type !== 'application/problem+json' || problem.status !== answer.status)
		throw new Error(`not a problem document: ${answer.status} ${answer.type}`);
	return problem;
}

/** Sale and payment handed in; nobody has approved yet. */
export async function orderOverHttp(
	origin: string,
	drn: string,
	amountMinor: number,
): Promise<Sale> {
	const sale = saleOf(drn, amountMinor);
	const vend = await ask(origin, 'PUT', `/api/v1/vends/${sale.id}`, sale.request);
	if (vend.status !== 202) throw new Error(vend.text);
	v.parse(VendAnswer, vend.json);
	const payment = await ask(origin, 'PUT', `/api/v1/payments/${sale.paymentId}`, {
		vendId: sale.id,
		amountMinor,
		currency: 'KES',
		method: 'sandbox',
	});
	v.parse(PaymentAnswer, payment.json);
	return sale;
}

/** The payer's tap on the provider's page. */
export async function tap(origin: string, sale: Sale, button = 'approved'): Promise<Answer> {
	return await ask(origin, 'POST', `/sandbox/pay/${sale.paymentId}?${button}`, '', {
		'content-type': 'application/x-www-form-urlencoded',
		origin,
	});
}
