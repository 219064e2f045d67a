/**
 * What the database holds that somebody should look at: work that is not finished, by state and age. Every
 * question runs over an index of unfinished rows, so that it costs the same after a million sales.
 */
import type { Backend } from '../backend.ts';
import type { Shown } from './measure.ts';

export async function countRows(backend: Pick<Backend, 'database' | 'clock'>): Promise<Shown[]> {
	return [
		...(await unfinishedVends(backend)),
		...(await payments(backend)),
		...(await messages(backend)),
	];
}

type Source = Pick<Backend, 'database' | 'clock'>;

interface Group {
	readonly state: string;
	readonly rows: number;
	readonly oldest_ms: number;
}

async function unfinishedVends({ database, clock }: Source): Promise<Shown[]> {
	const groups = await database
		.selectFrom('vend')
		.select(['state', ({ fn }) => fn.countAll<number>().as('rows')])
		.select(({ fn }) => fn.min('state_at_ms').as('oldest_ms'))
		.where('state', 'in', ['awaiting-payment', 'paid', 'issuing'])
		.groupBy('state')
		.execute();
	return [
		byState('vends_unfinished', 'Vends that are not final.', groups),
		{
			name: 'vend_oldest_unfinished_seconds',
			help: 'Age of the oldest vend whose money is here and whose token is not.',
			values: {
				'': ageOf(
					groups.filter(({ state }) => state !== 'awaiting-payment'),
					clock.nowMs(),
				),
			},
		},
	];
}

async function payments({ database, clock }: Source): Promise<Shown[]> {
	const groups = await database
		.selectFrom('payment')
		.select(['state', ({ fn }) => fn.countAll<number>().as('rows')])
		.select(({ fn }) => fn.min('created_at_ms').as('oldest_ms'))
		.where('state', 'in', ['created', 'pending', 'unknown'])
		.groupBy('state')
		.execute();
	return [
		byState('payments_unfinished', 'Payments that are not final.', groups),
		{
			name: 'payment_oldest_unfinished_seconds',
			help: 'Age of the oldest payment that is not final.',
			values: { '': ageOf(groups, clock.nowMs()) },
		},
	];
}

async function messages({ database, clock }: Source): Promise<Shown[]> {
	const groups = await database
		.selectFrom('message')
		.select(['state', ({ fn }) => fn.countAll<number>().as('rows')])
		.select(({ fn }) => fn.min('created_at_ms').as('oldest_ms'))
		.where('state', 'in', ['queued', 'sent', 'unknown'])
		.groupBy('state')
		.execute();
	return [
		byState('messages_unfinished', 'Messages that are not delivered and not given up.', groups),
		{
			name: 'message_oldest_queued_seconds',
			help: 'Age of the oldest message that is not sent.',
			values: {
				'': ageOf(
					groups.filter(({ state }) => state === 'queued'),
					clock.nowMs(),
				),
			},
		},
	];
}

function byState(name: string, help: string, groups: readonly Group[]): Shown {
	const values = Object.fromEntries(groups.map(({ state, rows }) => [state, Number(rows)]));
	return { name, help, label: 'state', values };
}

/** Seconds; 0 when there is none. */
function ageOf(groups: readonly Group[], nowMs: number): number {
	if (groups.length === 0) return 0;
	const oldestMs = Math.min(...groups.map(({ oldest_ms }) => Number(oldest_ms)));
	return Math.max(0, nowMs - oldestMs) / 1_000;
}
