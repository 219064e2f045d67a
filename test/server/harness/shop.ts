/**
 * A backend in this process: the real database, ledger, sandbox provider and software module, a clock that
 * stands still until it is moved, and a security module that can be told to hang or refuse.
 */
import { DEFAULT_TILL } from '#lib/server/till/settings.ts';
import { makePushKey, pushKeyOf } from '#lib/server/push/push-key.ts';
import { readPushSettings } from '#lib/server/push/settings.ts';
import { makeSaleKey, saleKeyOf } from '#lib/server/till/sale-key.ts';
import type { VendAnswer, VendRequest } from '#lib/core/sync/wire.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import type { Backend } from '#lib/server/backend.ts';
import type { Clock } from '#lib/server/clock.ts';
import { DEFAULT_ACCESS } from '#lib/server/access/settings.ts';
import { GENEROUS_RATES } from '../../harness/generous-rates.ts';
import { closeFleeting, openFleeting } from '#lib/server/database/fleeting.ts';
import { openDatabase } from '#lib/server/database/open.ts';
import type { Permit } from '#lib/server/continuity/permit.ts';
import { makeDuty } from '#lib/server/duty.ts';
import { DEFAULT_FETCH } from '#lib/server/fetch/settings.ts';
import { DEFAULT_FIELD } from '#lib/server/field/settings.ts';
import { Fault } from '#lib/server/fault.ts';
import { makeMeasure } from '#lib/server/measure/measure.ts';
import type { Message, MessageProvider } from '#lib/server/message/port.ts';
import { sandboxMessenger } from '#lib/server/message/sandbox-messenger.ts';
import type { Charge, PaymentProvider } from '#lib/server/payment/port.ts';
import { requestPayment } from '#lib/server/payment/request-payment.ts';
import { answerCharge, sandboxProvider } from '#lib/server/payment/sandbox-provider.ts';
import { receiveWebhook } from '#lib/server/payment/webhook.ts';
import { signWebhook } from '#lib/server/payment/webhook-signature.ts';
import { isRefusal, type Refusal } from '#lib/server/refusal.ts';
import { DEMO_SLOTS } from '#lib/server/security-module/demo-slots.ts';
import type { KeyStore } from '#lib/server/security-module/key-file.ts';
import type {
	CreditOrder,
	DecoderKeyOrder,
	KeyChangeOrder,
	ManagementOrder,
	SecurityModule,
	VerifyOrder,
} from '#lib/server/security-module/port.ts';
import { softwareModule, type Operations } from '#lib/server/security-module/software-module.ts';
import { openUsageJournal } from '#lib/server/security-module/usage-journal.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { MORNING_MS } from './morning.ts';
import { makeDatabase } from './test-database.ts';
import { TEST_SEAL } from './test-seal.ts';

export { MORNING_MS };

/** Virtual meters of the public-test estate: flat tariff EA07, EA11; step tariff EA07; one before its rollover. */
export const KITCHEN = '00000000018';
export const WORKSHOP = '00000000026';
export const STEPS = '00000000034';
export const COTTAGE = '00000000059';
/** The same, with a technician's job. */
export const BARN = '00000000067';

/** Somebody at the demo utility's address. */
export const GUEST: Caller = { utilityId: 'lakeside', roles: ['guest'], address: '127.0.0.1' };

export class TestClock implements Clock {
	ms = MORNING_MS;
	nowMs(): number {
		return this.ms;
	}
}

/** Keys that everyone may know: the test's own. */
export const TEST_KEYS: KeyStore = {
	rndSecret: Buffer.alloc(32, 7),
	keys: new Map(
		DEMO_SLOTS.map((slot) => [
			slot.slot,
			{ ...slot, bytes: Buffer.alloc(slot.dkga === 2 ? 8 : 20, 0xab) },
		]),
	),
};

type Operation = keyof Omit<SecurityModule, 'close'>;
/** `answers late`: it does what it is asked, but nobody hears of it. */
export type ModuleBehaviour = 'answers' | 'answers late' | 'hangs' | RefusalCode;

export class ScriptedModule implements SecurityModule {
	/** What the orders to make something meet. */
	behaviour: ModuleBehaviour = 'answers';
	/** What one operation meets, whatever the others do. */
	readonly behaviours: Partial<Record<Operation, ModuleBehaviour>> = {};
	/** The credit orders. */
	readonly orders: CreditOrder[] = [];
	/** Everything it was asked for, in order. */
	readonly asked: { operation: Operation; order: unknown }[] = [];
	readonly #module: Operations;

	constructor(keys: KeyStore = TEST_KEYS) {
		this.#module = softwareModule(keys, openUsageJournal(':memory:'));
	}

	#meet<Result extends object>(
		operation: Operation,
		order: unknown,
		answer: () => Result | Refusal,
		otherwise: ModuleBehaviour = 'answers',
	): Result | Refusal {
		this.asked.push({ operation, order });
		const behaviour = this.behaviours[operation] ?? otherwise;
		if (behaviour === 'hangs') throw new Fault('security-module-unavailable', 'as told');
		if (behaviour !== 'answers' && behaviour !== 'answers late') return { refusal: behaviour };
		const result = answer();
		if (behaviour === 'answers late') throw new Fault('security-module-unavailable', 'too late');
		return result;
	}

	async issueCredit(order: CreditOrder) {
		this.orders.push(order);
		const answer = () => this.#module.issueCredit(order);
		return this.#meet('issueCredit', order, answer, this.behaviour);
	}
	async issueManagement(order: ManagementOrder) {
		const answer = () => this.#module.issueManagement(order);
		return this.#meet('issueManagement', order, answer, this.behaviour);
	}
	async issueKeyChange(order: KeyChangeOrder) {
		const answer = () => this.#module.issueKeyChange(order);
		return this.#meet('issueKeyChange', order, answer, this.behaviour);
	}
	async verifyToken(order: VerifyOrder) {
		return this.#meet('verifyToken', order, () => this.#module.verifyToken(order));
	}
	async decoderKey(order: DecoderKeyOrder) {
		return this.#meet('decoderKey', order, () => this.#module.decoderKey(order));
	}
	async attributes(slot: string) {
		return this.#meet('attributes', slot, () => this.#module.attributes(slot));
	}
	async usage(order: { readonly after: number }) {
		if (this.behaviours.usage === 'hangs')
			throw new Fault('security-module-unavailable', 'as told');
		return this.#module.usage(order);
	}
	async close() {}
}

/** A line to a provider. `deaf`: no question arrives; `mute`: it arrives, the answer does not. */
export type Line = 'answers' | 'deaf' | 'mute';

async function overTheLine<Answer>(line: Line, question: () => Promise<Answer>): Promise<Answer> {
	if (line === 'deaf') throw new Fault('provider-unavailable', 'as told');
	const answer = await question();
	if (line === 'mute') throw new Fault('provider-unavailable', 'as told');
	return answer;
}

/** The sandbox provider behind a bad line. */
export class ScriptedProvider implements PaymentProvider {
	behaviour: Line = 'answers';
	/** References that were asked for, in their order. */
	readonly asked: string[] = [];
	readonly name = 'sandbox';
	readonly #provider: PaymentProvider;

	constructor(provider: PaymentProvider) {
		this.#provider = provider;
	}

	ask = (charge: Charge) => {
		this.asked.push(charge.reference);
		return overTheLine(this.behaviour, () => this.#provider.ask(charge));
	};
	status = (reference: string) =>
		overTheLine(this.behaviour, () => this.#provider.status(reference));
	payUrl = (reference: string) => this.#provider.payUrl(reference);
}

/** The sandbox's messages to phones behind a bad line, as above. */
export class ScriptedMessenger implements MessageProvider {
	behaviour: Line = 'answers';
	/** What was sent, in its order, whether it arrived or not. */
	readonly sent: Message[] = [];
	readonly name = 'sandbox-sms';
	readonly #messenger: MessageProvider;

	constructor(messenger: MessageProvider) {
		this.#messenger = messenger;
	}

	send = (message: Message) => {
		this.sent.push(message);
		return overTheLine(this.behaviour, () => this.#messenger.send(message));
	};
	status = (reference: string) =>
		overTheLine(this.behaviour, () => this.#messenger.status(reference));
}

/** What tills of the tests seal to. */
export const TEST_SALE_KEY = await saleKeyOf(makeSaleKey());

const TEST_PUSH = readPushSettings({}, 'demo');
export const TEST_PUSH_KEY = await pushKeyOf(makePushKey(), TEST_PUSH.contact);

/** Of a database that nobody doubts. */
const UNGUARDED: Permit = {
	refusal: () => undefined,
	cover: () => Promise.resolve(),
	beat: () => Promise.resolve(),
	distrust: () => Promise.resolve(),
};

export interface Shop {
	readonly backend: Backend;
	readonly clock: TestClock;
	readonly module: ScriptedModule;
	readonly provider: ScriptedProvider;
	readonly messenger: ScriptedMessenger;
	/** What was logged, one line each. */
	readonly lines: string[];
	/** Where its database is. */
	readonly place: string;
	/** A second connection to the same database, or to a copy, as after a restart. Not for use at the same time. */
	reopened(place?: string): Backend;
	dispose(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
	const copy = await makeDatabase('seeded');
	const { place } = copy;
	const clock = new TestClock();
	const module = new ScriptedModule();
	const lines: string[] = [];
	const open: Backend[] = [];
	const first = openDatabase(place);
	const fleeting = await openFleeting(first, ':memory:');
	const connect = (database = openDatabase(place)): Backend => {
		const backend: Backend = {
			...{ database, fleeting, clock, access: { ...DEFAULT_ACCESS, rates: GENEROUS_RATES } },
			securityModule: module,
			provider: new ScriptedProvider(sandboxProvider(database, clock)),
			messenger: new ScriptedMessenger(sandboxMessenger(database, clock)),
			webhookSecret: Buffer.from('a secret of the test'),
			homeSecret: Buffer.from('another secret of the test'),
			...{ secretSeal: TEST_SEAL, saleKey: TEST_SALE_KEY, field: DEFAULT_FIELD },
			...{ till: DEFAULT_TILL, fetch: DEFAULT_FETCH, pushKey: TEST_PUSH_KEY, push: TEST_PUSH },
			log: (level, event, facts) => lines.push(JSON.stringify({ level, event, ...facts })),
			...{ measure: makeMeasure(), duty: makeDuty(), permit: UNGUARDED },
		};
		open.push(backend);
		return backend;
	};
	const backend = connect(first);
	return {
		...{ backend, clock, module, lines, place },
		provider: backend.provider as ScriptedProvider,
		messenger: backend.messenger as ScriptedMessenger,
		reopened: (other = place) => connect(openDatabase(other)),
		async dispose() {
			await closeFleeting(fleeting);
			for (const one of open) await one.database.destroy();
			await copy.dispose();
		},
	};
}

let lastId = 0;

/** Ids of version 7, each new. */
export function newId(): string {
	lastId += 1;
	return `01930000-0000-7000-8000-${lastId.toString(16).padStart(12, '0')}`;
}

export interface Sale {
	readonly id: string;
	readonly paymentId: string;
	readonly request: VendRequest;
}

/** A sale to which the person agreed, whatever it buys. */
export function saleOf(drn: string, amountMinor: number, agreedDeciKwh = 0): Sale {
	const paymentId = newId();
	return {
		id: newId(),
		paymentId,
		request: {
			drn,
			amountMinor,
			currency: 'KES',
			paymentId,
			agreed: { energyDeciKwh: agreedDeciKwh, tariff: { id: 'domestic-flat', version: 1 } },
			requestedAtMs: MORNING_MS,
		},
	};
}

/** Hands the sale in and asks for its money. */
export async function order(backend: Backend, sale: Sale): Promise<void> {
	mustBeTaken(await requestVend(backend, GUEST, sale.id, sale.request));
	mustBeTaken(
		await requestPayment(backend, GUEST, sale.paymentId, {
			vendId: sale.id,
			amountMinor: sale.request.amountMinor,
			currency: sale.request.currency,
			method: 'sandbox',
		}),
	);
}

/** The payer's tap at the provider's, and the provider's message. */
export async function pay(
	backend: Backend,
	sale: Sale,
	decision: 'approved' | 'declined' = 'approved',
): Promise<void> {
	await answerCharge(backend.database, sale.paymentId, decision, backend.clock.nowMs());
	mustBeTaken(await sendWebhook(backend, sale.paymentId));
}

export async function sendWebhook(
	backend: Backend,
	reference: string,
	eventId = `${reference}:event`,
): Promise<object> {
	const body = JSON.stringify({ eventId, reference });
	const signature = signWebhook(backend.webhookSecret, body, backend.clock.nowMs());
	return await receiveWebhook(backend, body, signature);
}

/** The sale from the tap to its end. */
export async function buy(
	backend: Backend,
	drn: string,
	amountMinor: number,
): Promise<Sale & { answer: VendAnswer }> {
	const sale = saleOf(drn, amountMinor);
	await order(backend, sale);
	await pay(backend, sale);
	return { ...sale, answer: await vendOf(backend, sale.id) };
}

export async function vendOf(backend: Backend, id: string): Promise<VendAnswer> {
	const read = mustBeTaken(await readVend(backend, GUEST, id));
	return JSON.parse(read.body) as VendAnswer;
}

/** The digits of an issued sale's token. */
export function digitsOf(answer: VendAnswer): string {
	if (answer.state !== 'issued') throw new Error(`not issued but ${answer.state}`);
	return answer.tokens[0]!.digits;
}

export function mustBeTaken<Result extends object>(result: Result | Refusal): Result {
	if (isRefusal(result)) throw new Error(`refused: ${result.refusal}`);
	return result;
}
