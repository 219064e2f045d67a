/**
 * Backend and browser are killed (SIGKILL) at every step between the tap and the token, with two tabs open;
 * then both come back and go on by themselves. Every sale ends with one token and one booking.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { Backend } from '../harness/backend.ts';
import { readBooks } from './harness/books.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { askFor, tokenShown } from './harness/consumer.ts';
import { WORKSHOP } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { Gate, type Exchange } from './harness/gate.ts';
import { approve } from './harness/payer.ts';

interface Moment {
	readonly name: string;
	readonly side: 'request' | 'answer';
	readonly is: (exchange: Exchange) => boolean;
}

const puts = (kind: 'vends' | 'payments') => (exchange: Exchange) =>
	exchange.method === 'PUT' && exchange.path.startsWith(`/api/v1/${kind}/`);
const approves = ({ method, path }: Exchange) =>
	method === 'POST' && path.startsWith('/sandbox/pay/');
const asks = ({ method, path }: Exchange) => method === 'GET' && path.startsWith('/api/v1/vends/');

const MOMENTS: Moment[] = [
	{ name: 'before the sale arrives', side: 'request', is: puts('vends') },
	{ name: 'after the sale is stored, unheard', side: 'answer', is: puts('vends') },
	{ name: 'before the payment is asked for', side: 'request', is: puts('payments') },
	{ name: 'after the payment is asked for, unheard', side: 'answer', is: puts('payments') },
	{ name: 'before the approval arrives', side: 'request', is: approves },
	{ name: 'after the approval, unheard', side: 'answer', is: approves },
	{ name: 'while asking after the token', side: 'request', is: asks },
	{
		name: 'after the token is made, unheard',
		side: 'answer',
		is: (exchange) => asks(exchange) && exchange.status === 200,
	},
];

let gate: Gate;
let backend: Backend;
let phone: Phone;
let tabs: Page[];

async function openTabs(): Promise<void> {
	tabs = [await phone.tab(), await phone.tab()];
	for (const tab of tabs) await tab.goto(`${gate.origin}/purchases`);
}

async function reviveBackend(): Promise<void> {
	await backend.start();
}

async function revivePhone(): Promise<void> {
	await phone.start();
	await openTabs();
}

const KILLS = {
	'the backend': { kill: () => backend.kill(), revive: reviveBackend },
	'the browser': { kill: () => phone.kill(), revive: revivePhone },
	both: {
		kill: async () => {
			await phone.kill();
			await backend.kill();
		},
		revive: async () => {
			await reviveBackend();
			await revivePhone();
		},
	},
};

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
	phone = await Phone.start();
	await openTabs();
	await untilInstalled(tabs[0]!);
});

afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
	await gate?.close();
});

/** Kills at the first exchange that is the moment. Resolves when it has happened. */
function killAt(moment: Moment, kill: () => Promise<void>): Promise<void> {
	return new Promise((resolve, reject) => {
		const watch = async (exchange: Exchange) => {
			if (!moment.is(exchange)) return 'pass';
			gate.watchNothing();
			await kill().then(resolve, reject);
			return 'lose';
		};
		if (moment.side === 'request') gate.onRequest = watch;
		else gate.onAnswer = watch;
	});
}

/** The id of the sale's payment, once the backend was asked for it. */
async function paymentOf(id: string): Promise<string> {
	await eventually(
		'the payment is asked for',
		() => readBooks(backend.home, id).paymentId !== null,
	);
	return readBooks(backend.home, id).paymentId ?? '';
}

// A token that does not come is a lost sale, not a slow machine.
describe.each(Object.entries(KILLS))('with %s killed', { retry: 0 }, (_, { kill, revive }) => {
	it.each(MOMENTS)('$name: one token, one booking', async (moment) => {
		const isLater = moment.is === approves || MOMENTS.indexOf(moment) >= 6;
		// The id is read off the address: the exchange is held until it stands there.
		const shown = Promise.withResolvers<undefined>();
		const early = isLater ? undefined : killAt(moment, () => shown.promise.then(kill));
		const id = await askFor(tabs[0]!, gate.origin, WORKSHOP, '100');
		shown.resolve(undefined);
		if (early) {
			await early;
			await revive();
			await approve(gate.origin, await paymentOf(id));
		} else {
			const paymentId = await paymentOf(id);
			const late = killAt(moment, kill);
			await Promise.all([late.then(revive), approve(gate.origin, paymentId)]);
		}
		const [first, second] = await Promise.all(
			tabs.map(async (tab) => {
				await tab.goto(`${gate.origin}/purchases/${id}`);
				return tokenShown(tab);
			}),
		);
		const books = readBooks(backend.home, id);
		expect(books).toMatchObject({
			vends: 1,
			tokens: [first],
			booked: 1,
			ledgerSum: 0,
			repeatedTids: 0,
		});
		expect(second).toBe(first);
	});
});
