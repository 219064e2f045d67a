import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '#lib/server/backend.ts';
import { transact } from '#lib/server/database/transact.ts';
import { MESSAGE_LIFE_MS } from '#lib/server/message/decide-message.ts';
import { queueMessage } from '#lib/server/message/queue.ts';
import { receiveReceipt } from '#lib/server/message/receipt.ts';
import { DELIVERY_MS } from '#lib/server/message/sandbox-messenger.ts';
import { phonePage } from '#lib/server/message/sandbox-phone.ts';
import { sendMessages } from '#lib/server/message/send-messages.ts';
import { signWebhook } from '#lib/server/payment/webhook-signature.ts';
import { sendNotices } from '#lib/server/sandbox/notices.ts';
import { noticeSender } from '#lib/server/sandbox/send-notice.ts';
import { buy, digitsOf, KITCHEN, openShop, type Shop } from '../harness/shop.ts';

const PHONE = '+254712345678';
const HOUR_MS = 3_600_000;

let shop: Shop;
let digits: string;
let vendId: string;
beforeEach(async () => {
	shop = await openShop();
	const bought = await buy(shop.backend, KITCHEN, 50_000);
	vendId = bought.id;
	digits = digitsOf(bought.answer);
});
afterEach(() => shop.dispose());

const queue = (phone = PHONE, subjectId = vendId) =>
	transact(shop.backend.database, (write) =>
		queueMessage(
			write,
			{ utilityId: 'lakeside', phone, template: 'token', subjectId },
			shop.clock.ms,
		),
	);
const message = () =>
	shop.backend.database.selectFrom('message').selectAll().executeTakeFirstOrThrow();
const state = async () => (await message()).state;
const book = () => shop.backend.database.selectFrom('sandbox_message').selectAll().execute();
async function wait(ms: number, backend: Backend = shop.backend): Promise<void> {
	shop.clock.ms += ms;
	await sendNotices(backend, noticeSender(backend));
	await sendMessages(backend);
}

describe('a message with a token', () => {
	it('is sent once, and delivered with the provider’s receipt', async () => {
		await queue();
		await wait(0);
		expect(await state()).toBe('sent');
		await wait(DELIVERY_MS);
		expect(await state()).toBe('delivered');
		await wait(HOUR_MS);
		expect(shop.messenger.sent).toHaveLength(1);
	});

	it('says what to key in, for which meter, and that it is a test', async () => {
		await queue();
		await wait(0);
		const [sent] = shop.messenger.sent;
		expect(sent?.phone).toBe(PHONE);
		expect(sent?.text.split('\n')).toEqual([
			'Lakeside Power & Light',
			'Meter 0000 0000 018',
			'20.0 kWh for KES 500',
			'Token:',
			digits.replace(/(\d{4})(?=\d)/g, '$1 '),
			'Receipt WEB-000001',
			'TEST: no real meter takes it.',
		]);
	});

	it('leaves no digits in the outbox or the log', async () => {
		await queue();
		await wait(0);
		const kept = JSON.stringify(await message()) + shop.lines.join();
		expect(kept).not.toContain(digits.slice(0, 8));
		expect(kept).not.toContain(digits.slice(0, 4) + ' ');
	});

	it('to a phone that is off has failed', async () => {
		await queue('+254712340000');
		await wait(0);
		await wait(DELIVERY_MS);
		expect(await state()).toBe('failed');
	});

	it('that nobody has words for is given up', async () => {
		await transact(shop.backend.database, (write) =>
			queueMessage(
				write,
				{ utilityId: 'lakeside', phone: PHONE, template: 'no-such', subjectId: vendId },
				shop.clock.ms,
			),
		);
		await wait(0);
		expect(await state()).toBe('failed');
	});
});

describe('a provider that does not answer', () => {
	it.each([
		['deaf', 2],
		['mute', 1],
	] as const)('(%s) has each message once', async (behaviour, sends) => {
		shop.messenger.behaviour = behaviour;
		await queue();
		await wait(0);
		expect(await state()).toBe('unknown');
		await wait(HOUR_MS);
		expect(await state()).toBe('unknown');
		shop.messenger.behaviour = 'answers';
		await wait(2 * HOUR_MS);
		expect(['sent', 'delivered']).toContain(await state());
		expect(await book()).toHaveLength(1);
		// Never sent again before the provider has said that it never heard of it.
		expect(shop.messenger.sent).toHaveLength(sends);
		expect(new Set(shop.messenger.sent.map(({ reference }) => reference)).size).toBe(1);
	});

	it('for a day has the message given up', async () => {
		shop.messenger.behaviour = 'deaf';
		await queue();
		for (let hour = 0; hour < 30; hour += 1) await wait(HOUR_MS);
		expect(shop.clock.ms - (await message()).created_at_ms).toBeGreaterThan(MESSAGE_LIFE_MS);
		expect(await state()).toBe('failed');
		expect((await message()).attempts).toBeLessThan(60);
	});
});

describe('several nodes', () => {
	it('send a message once when they look at the same time', async () => {
		await queue();
		const other = { ...shop.backend };
		await Promise.all([sendMessages(shop.backend), sendMessages(other), sendMessages(other)]);
		expect(shop.messenger.sent).toHaveLength(1);
	});

	it('go on where one ended between claim and sending', async () => {
		await queue();
		const { messenger } = shop.backend;
		const dying = {
			name: messenger.name,
			status: messenger.status,
			send: () => new Promise<never>(() => undefined),
		};
		void sendMessages({ ...shop.backend, messenger: dying });
		await expect.poll(async () => (await message()).attempts).toBe(1);
		await wait(0);
		expect(shop.messenger.sent).toHaveLength(0);
		await wait(HOUR_MS);
		expect(shop.messenger.sent).toHaveLength(1);
	});
});

describe('a delivery receipt', () => {
	const receipt = async (signature?: string) => {
		const body = JSON.stringify({ eventId: 'one', reference: (await message()).id });
		const right = signWebhook(shop.backend.webhookSecret, body, shop.clock.ms);
		return await receiveReceipt(shop.backend, body, signature ?? right);
	};

	it('is not believed without a signature, nor before the provider says so itself', async () => {
		await queue();
		await wait(0);
		expect(await receipt('t=1,v1=00')).toEqual({ refusal: 'webhook-signature' });
		expect(await receipt()).toEqual({ received: true });
		expect(await state()).toBe('sent');
		shop.clock.ms += DELIVERY_MS;
		expect(await receipt()).toEqual({ received: true });
		expect(await receipt()).toEqual({ received: true });
		expect(await state()).toBe('delivered');
	});
});

describe('the demo’s phone', () => {
	it('shows what was sent, of all numbers or one', async () => {
		await queue();
		await wait(0);
		const all = await (await phonePage(shop.backend, undefined)).text();
		expect(all).toContain(digits.slice(0, 4));
		expect(all).toContain('On its way');
		expect(await (await phonePage(shop.backend, ' 254712345678')).text()).toContain(PHONE);
		expect(await (await phonePage(shop.backend, '+254700000001')).text()).toContain('No messages');
	});
});
