/** The hardware module's line when it is not well: what is not heard for sure is unknown, and asked again. */
import { afterEach, describe, expect, it } from 'vitest';
import { backOffMs } from '#lib/server/security-module/hsm/pool.ts';
import { STATUSES } from '#lib/server/security-module/hsm/statuses.ts';
import type { Mischief } from '../../../harness/hsm-simulator.ts';
import { openHsm, type HsmFixture } from '../contract-fixtures.ts';
import { CREDIT, KEY_CHANGE, NOW_MS, TARGET } from '../orders.ts';

const UNAVAILABLE = { kind: 'security-module-unavailable' };
const open: HsmFixture[] = [];
afterEach(async () => {
	for (const one of open.splice(0)) await one.dispose();
});

async function hsm(...order: Parameters<typeof openHsm>): Promise<HsmFixture> {
	const fixture = await openHsm(...order);
	open.push(fixture);
	// The first use of a slot looks at its register: done before anything misbehaves.
	await untilAnswered(() => fixture.module.attributes('public-test'));
	return fixture;
}

/** A credit is asked for once, after `mischief`; then again, which must be answered. */
async function meet({ module, simulator }: HsmFixture, mischief: Mischief) {
	simulator.mischief.push(mischief);
	await expect(module.issueCredit(CREDIT)).rejects.toMatchObject(UNAVAILABLE);
	expect(simulator.mischief).toEqual([]);
	expect(await untilAnswered(() => module.issueCredit(CREDIT))).toMatchObject({
		carriedDeciKwh: 200,
	});
}

/** An answer that is held back until it is let go. */
function held(): { mischief: Mischief; release: () => void } {
	const { promise, resolve } = Promise.withResolvers<undefined>();
	return { mischief: { kind: 'held', until: promise }, release: () => resolve(undefined) };
}

async function until(is: () => boolean): Promise<void> {
	while (!is()) await new Promise((resolve) => setImmediate(resolve));
}

/** As the recovery does: again, until somebody answers. */
async function untilAnswered<Result>(ask: () => Promise<Result>): Promise<Result> {
	for (;;) {
		try {
			return await ask();
		} catch (error) {
			expect(error).toMatchObject(UNAVAILABLE);
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
}

describe('an answer that', () => {
	it('is cut after any of its octets is unknown; the next connection answers', async () => {
		const fixture = await hsm({ connections: 1 });
		const whole = `SM!VC00P${'0'.repeat(20)}~H${'0'.repeat(17)}~0000\r`.length;
		for (let octets = 0; octets < whole; octets += 1) await meet(fixture, { kind: 'cut', octets });
	});

	it('is cut after its last octet is an answer', async () => {
		const { module, simulator } = await hsm();
		simulator.mischief.push({ kind: 'cut', octets: 1_000 });
		expect(await module.issueCredit(CREDIT)).toMatchObject({ carriedDeciKwh: 200 });
	});

	it('comes octet by octet is an answer', async () => {
		const { module, simulator } = await hsm();
		simulator.mischief.push({ kind: 'drip' });
		expect(await module.issueCredit(CREDIT)).toMatchObject({ carriedDeciKwh: 200 });
	});

	it.each<[string, Mischief]>([
		['is garbage', { kind: 'octets', octets: '\x00\xff\x13garbage\r' }],
		['is text without sense', { kind: 'octets', octets: 'HTTP/1.1 400 Bad Request\r\n' }],
		['is half of one, with an end', { kind: 'line', change: (line) => `${line.slice(0, 20)}\r` }],
		['has a wrong check', { kind: 'line', change: (line) => line.replace(/....\r$/, '0000\r') }],
		['has one digit changed', { kind: 'line', change: (line) => line.replace(/P./, 'Pz') }],
		['is an error of the line', { kind: 'text', change: () => 'GL!ER20' }],
		['is for another command', { kind: 'text', change: (text) => text.replace('!VC', '!VM') }],
		['has no token', { kind: 'text', change: () => 'SM!VC00' }],
		[
			'has a token of another class',
			{ kind: 'text', change: () => `SM!VC00P00000000000268435456~` },
		],
		['never ends', { kind: 'octets', octets: 'S'.repeat(5_000) }],
		['is a request', { kind: 'text', change: (text) => text.replace('!', '?') }],
	])('%s is unknown; the next one is heard', async (_, mischief) => {
		await meet(await hsm(), mischief);
	});

	it('never comes is unknown when its time is over, and its connection is dropped', async () => {
		const fixture = await hsm({ connections: 1 }, { answerWithinMs: 300 });
		await meet(fixture, { kind: 'hang' });
		expect(fixture.simulator.connections.made).toBeGreaterThan(1);
		expect(fixture.events).toContain('security-module-late');
	});

	it('comes late is never taken for the answer to the next request', async () => {
		const { module, simulator } = await hsm({ connections: 1 }, { answerWithinMs: 500 });
		const [late, next] = [held(), held()];
		simulator.mischief.push(late.mischief, next.mischief);
		await expect(module.issueCredit({ ...CREDIT, amountDeciKwh: 999 })).rejects.toMatchObject(
			UNAVAILABLE,
		);
		const asked = untilAnswered(() => module.issueCredit({ ...CREDIT, amountDeciKwh: 111 }));
		// The late answer goes out while the next request is waiting for its own.
		await until(() => simulator.heard.filter((text) => text.startsWith('SM?VC')).length >= 2);
		late.release();
		next.release();
		const token = await asked;
		if ('refusal' in token) throw new Error(token.refusal);
		const said = await untilAnswered(() => module.verifyToken({ ...TARGET, digits: token.digits }));
		expect(said).toMatchObject({ amount: 111 });
	});

	it('is followed by another one is taken, and its connection is not used again', async () => {
		const { module, simulator } = await hsm({ connections: 1 });
		simulator.mischief.push({ kind: 'line', change: (line) => line + line });
		expect(await module.issueCredit(CREDIT)).toMatchObject({ carriedDeciKwh: 200 });
		expect(await module.issueCredit(CREDIT)).toMatchObject({ carriedDeciKwh: 200 });
		expect(simulator.connections.made).toBe(2);
	});
});

describe('a status of the module', () => {
	it.each(Object.entries(STATUSES).map(([status, { refusal }]) => [status, refusal] as const))(
		'%s is %s (null: a fault), and is logged',
		async (status, refusal) => {
			const { module, simulator, logged } = await hsm();
			simulator.mischief.push({ kind: 'status', status });
			const asked = module.issueCredit(CREDIT);
			if (refusal === null) await expect(asked).rejects.toMatchObject(UNAVAILABLE);
			else expect(await asked).toEqual({ refusal });
			expect(logged.join()).toContain(`"status":"${status}"`);
			// The line itself is well: no new connection is needed.
			expect(await module.issueCredit(CREDIT)).toMatchObject({ test: true });
			expect(simulator.connections.made).toBe(1);
		},
	);

	it('that nobody knows is a fault', async () => {
		const { module, simulator } = await hsm();
		simulator.mischief.push({ kind: 'status', status: '99' });
		await expect(module.issueCredit(CREDIT)).rejects.toMatchObject(UNAVAILABLE);
	});

	it('comes of its clock when the token number is out of its window', async () => {
		const { module, simulator } = await hsm();
		simulator.windowMinutes = 60;
		simulator.nowMs = NOW_MS + 86_400_000;
		expect(await module.issueCredit(CREDIT)).toEqual({ refusal: 'security-module-refused' });
	});
});

describe('connections', () => {
	it('are a few, each with one request at a time', async () => {
		const { module, simulator } = await hsm({ connections: 3 });
		const hold = held();
		simulator.mischief.push(hold.mischief, hold.mischief, hold.mischief);
		const asked = Array.from({ length: 30 }, (_, at) =>
			module.issueCredit({ ...CREDIT, amountDeciKwh: at + 1 }),
		);
		const heard = () => simulator.heard.filter((text) => text.startsWith('SM?VC')).length;
		await until(() => heard() === 3);
		for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
		expect(heard()).toBe(3);
		hold.release();
		await Promise.all(asked);
		expect(simulator.connections).toEqual({ made: 3, standing: 3, most: 3 });
	});

	it('are made again when the module was away; meanwhile every request fails soon', async () => {
		const { module, simulator } = await hsm({ connections: 2 });
		await simulator.stopListening();
		for (let attempt = 0; attempt < 5; attempt += 1)
			await expect(module.issueCredit(CREDIT)).rejects.toMatchObject(UNAVAILABLE);
		await simulator.listenAgain();
		expect(await untilAnswered(() => module.issueCredit(CREDIT))).toMatchObject({ test: true });
	});

	it('are not tried again at once when the module takes none', async () => {
		const { module, simulator, events } = await hsm({ connections: 1 }, { restMs: 600_000 });
		await simulator.stopListening();
		const before = simulator.connections.made;
		for (let attempt = 0; attempt < 20; attempt += 1)
			await expect(module.issueCredit(CREDIT)).rejects.toMatchObject(UNAVAILABLE);
		await simulator.listenAgain();
		await expect(module.issueCredit(CREDIT)).rejects.toMatchObject(UNAVAILABLE);
		expect(simulator.connections.made).toBe(before);
		// The line that was cut, and one that was refused.
		expect(events.filter((event) => event === 'security-module-line-ended').length).toBeLessThan(4);
	});

	it('that fail again and again are tried more and more seldom', () => {
		expect([1, 2, 3, 7, 8, 100].map((failures) => backOffMs(failures))).toEqual([
			...[100, 200, 400, 6_400, 10_000, 10_000],
		]);
	});

	it('that speak without being asked are dropped', async () => {
		const { module, simulator } = await hsm({ connections: 1 });
		simulator.mischief.push({ kind: 'line', change: (line) => `${line}${line}${line}` });
		await module.issueCredit(CREDIT);
		expect(await module.issueCredit(CREDIT)).toMatchObject({ test: true });
	});

	it('carry the octets of a bridge when the operator says so', async () => {
		const { module } = await hsm({ framing: 'bridge' });
		expect(await module.issueCredit(CREDIT)).toMatchObject({ carriedDeciKwh: 200 });
		expect(await module.issueKeyChange(KEY_CHANGE)).toMatchObject({ digits: { length: 4 } });
	});

	it('are given back on closing, and what waits is unknown', async () => {
		const { module, simulator } = await hsm();
		simulator.mischief.push({ kind: 'hang' });
		const asked = module.issueCredit(CREDIT);
		await module.close();
		await expect(asked).rejects.toMatchObject(UNAVAILABLE);
		await expect(module.issueCredit(CREDIT)).rejects.toMatchObject(UNAVAILABLE);
	});
});

describe('a register', () => {
	it('is looked at before it is used for the first time, and only then', async () => {
		const { module, simulator } = await hsm();
		await module.issueCredit(CREDIT);
		await module.issueCredit(CREDIT);
		expect(simulator.heard.map((text) => text.slice(0, 5))).toEqual(['SM?GA', 'SM?VC', 'SM?VC']);
	});

	it('that holds another key than the file says is not used, and somebody is told', async () => {
		const fixture = await openHsm();
		open.push(fixture);
		const { module, simulator, logged } = fixture;
		simulator.mischief.push({
			kind: 'text',
			change: (text) => text.replace('BDT=2014', 'BDT=1993'),
		});
		expect(await module.issueCredit(CREDIT)).toEqual({ refusal: 'vending-key-unknown' });
		expect(logged.join()).toMatch(/security-module-other-key.*public-test.*BDT/);
		expect(simulator.heard.some((text) => text.startsWith('SM?VC'))).toBe(false);
		// Put right by its officers.
		expect(await module.issueCredit(CREDIT)).toMatchObject({ test: true });
	});

	it('tells its attributes in either form', async () => {
		const { module } = await hsm({}, { attributes: 'paired' });
		expect(await module.attributes('rollover-test-1')).toMatchObject({ baseYear: 1993 });
	});

	it('tells how many tokens were made where the operator knows the attribute', async () => {
		const silent = await hsm();
		expect(await silent.module.usage({ after: 0 })).toEqual({ requests: null, ids: null });
		const counting = await hsm({ counterAttribute: 'CNT' });
		await counting.module.issueCredit(CREDIT);
		await counting.module.issueKeyChange(KEY_CHANGE);
		expect(await counting.module.usage({ after: 0 })).toEqual({ requests: 2, ids: null });
		const mistaken = await hsm({ counterAttribute: 'NONE' });
		expect(await mistaken.module.usage({ after: 0 })).toEqual({ requests: null, ids: null });
	});
});

describe('an introduction', () => {
	it('is logged in the module’s own words', async () => {
		const { module, logged } = await hsm();
		await module.introduce();
		expect(logged.join()).toMatch(/security-module-id","text":"SIMULATED-HSM 0001"/);
		expect(logged.join()).toMatch(/security-module-clock","text":"2026-11-20T06:30/);
	});

	it('may fail without harm', async () => {
		const { module, simulator, events } = await hsm();
		simulator.mischief.push({ kind: 'status', status: '21' }, { kind: 'octets', octets: 'no\r' });
		await module.introduce();
		expect(events.filter((event) => event === 'security-module-silent')).toHaveLength(2);
		expect(await untilAnswered(() => module.issueCredit(CREDIT))).toMatchObject({ test: true });
	});
});

describe('what is said of what went wrong', () => {
	it.each<[string, (text: string) => string]>([
		['for another command', (text) => text.replace('!VC', '!VM')],
		['with a broken field behind its token', (text) => `${text}X${text.slice(8, 28)}~`],
		['with an unknown status', (text) => text.replace('!VC00', '!VC99')],
		['with two tokens', (text) => `${text}P${text.slice(8, 28)}~`],
	])('has no digits of the token: an answer %s', async (_, change) => {
		const { module, simulator, logged } = await hsm();
		let digits = '';
		simulator.mischief.push({
			kind: 'text',
			change(text) {
				digits = text.slice(8, 28);
				return change(text);
			},
		});
		const thrown: unknown = await module.issueCredit(CREDIT).catch((error: unknown) => error);
		expect(thrown).toMatchObject(UNAVAILABLE);
		const { message, stack, cause } = thrown as Error;
		const said = [message, stack, String(cause), (cause as Error | undefined)?.stack, ...logged];
		expect(digits).toMatch(/^[0-9]{20}$/);
		expect(said.join()).not.toContain(digits);
	});
});
