/** What others do for a technician before the day begins: a customer buys, the office makes a job. Over HTTP. */
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import type { DeliveryList } from '#lib/core/sync/wire-deliveries.ts';
import type { JobRequest } from '#lib/core/sync/wire-jobs.ts';
import type { OperatorRequest } from '#lib/core/sync/wire-people.ts';
import { ask, orderOverHttp, tap, vendAt } from '../../server/harness/http-shop.ts';
import { newId } from '../../server/harness/shop.ts';
import { eventually } from './eventually.ts';

/** Of every sale here, in the currency's smallest part. */
const AMOUNT_MINOR = 20_000;

export interface SoldCredit {
	readonly vendId: string;
	readonly digits: string;
}

/** A credit for a meter, bought by a guest and paid for. */
export async function sellCredit(origin: string, drn: string): Promise<SoldCredit> {
	const sale = await orderOverHttp(origin, drn, AMOUNT_MINOR);
	await tap(origin, sale);
	let digits: string | undefined;
	await eventually('the sale is issued', async () => {
		const answer = await vendAt(origin, sale.id);
		digits = answer.state === 'issued' ? answer.tokens.at(-1)?.digits : undefined;
		return digits !== undefined;
	});
	return { vendId: sale.id, digits: digits as string };
}

/** Somebody of the office, signed in. */
export class OfficeDesk {
	readonly #origin: string;
	readonly #headers: Record<string, string>;

	private constructor(origin: string, token: string) {
		this.#origin = origin;
		this.#headers = { authorization: `Bearer ${token}` };
	}

	static async of(
		origin: string,
		login: 'admin' | 'auditor' | 'clerk' | 'manager',
	): Promise<OfficeDesk> {
		const body = { by: 'password', login, password: DEMO_PASSWORD, carrier: 'bearer' };
		const { json } = await ask(origin, 'POST', '/api/v1/login-sessions', body);
		return new OfficeDesk(origin, (json as { token: string }).token);
	}

	async get<Answer>(path: string): Promise<Answer> {
		const { json } = await ask(this.#origin, 'GET', `/api/v1/${path}`, undefined, this.#headers);
		return json as Answer;
	}

	/** @throws {Error} what it was refused for */
	async send<Answer>(method: 'POST' | 'PUT', path: string, body?: unknown): Promise<Answer> {
		const answer = await ask(this.#origin, method, `/api/v1/${path}`, body, this.#headers);
		const { status, text, json } = answer;
		if (status !== 200) throw new Error(text);
		return json as Answer;
	}

	/** Somebody more who sells for a vendor. */
	async makeAgent(vendorId: string, login: string, name: string): Promise<void> {
		const id = newId();
		const request: OperatorRequest = {
			...{ login, name, roles: ['agent'], vendorId, state: 'active' },
		};
		await this.send('PUT', `operators/${id}`, request);
		await this.send('PUT', `operators/${id}/password`, { password: DEMO_PASSWORD });
	}

	/** An open job of the demo's technician: these vends at this meter. */
	async makeJob(drn: string, vendIds: readonly string[]): Promise<void> {
		const { jobs } = await this.get<{ jobs: { operatorId: string }[] }>('jobs?state=open');
		const request: JobRequest = {
			operatorId: jobs[0]?.operatorId ?? '',
			meters: [{ drn, tokens: { which: 'vends', vendIds: [...vendIds] }, work: ['reading'] }],
			...{ reason: 'Keypad out of order', note: '', packHours: null, lab: false },
		};
		await this.send('PUT', `jobs/${newId()}`, request);
	}

	/** What technicians' journals say about a meter, the newest first. */
	async deliveries(drn: string): Promise<DeliveryList['entries']> {
		return (await this.get<DeliveryList>(`deliveries?drn=${drn}`)).entries;
	}
}
