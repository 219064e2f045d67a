import { describe, expect, it } from 'vitest';
import { asciiOctets, asciiText } from '#lib/core/dlms/axdr/build.ts';
import { TEST_PASSWORD, TEST_SECRET } from '#lib/core/meter/cosem/client-setups.ts';
import { connect } from '#lib/link/connect.ts';
import type { Connected, ConnectOrder, ConnectStep } from '#lib/link/connect-order.ts';
import { eightN1, type LinePort, sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { CutBench, profileWith } from './cut-line.ts';
import { modeEMeter, type ModeEWays } from './mode-e-meter.ts';

const CREDIT = {
	kind: 'get',
	target: { classId: 112, logicalName: obis('0.0.19.10.0'), attribute: 2 },
} as const;
const NAME = {
	deviceName: 'TKL0012345678903',
	serialNumber: '12345678903',
	systemTitle: '544b4c02dfdc1c37',
};

/** Connects on the bench's clock. */
const connectOn = (
	bench: CutBench,
	port: LinePort = bench.port(),
	more: Partial<ConnectOrder> = {},
) => bench.timer.run(connect(bench.order(port, more)));

async function connected(...rest: Parameters<typeof connectOn>): Promise<Connected> {
	const outcome = await connectOn(...rest);
	if (outcome.kind === 'failed') throw new Error(JSON.stringify(outcome));
	return outcome;
}

describe('connecting', () => {
	it.each(['wrapper', 'hdlc'] as const)('comes to a conversation over %s', async (framing) => {
		const bench = new CutBench();
		const steps: ConnectStep[] = [];
		const { conversation, identity, digest } = await connected(bench, bench.port(framing), {
			progress: (step) => steps.push(step),
		});
		expect(identity).toMatchObject({
			...NAME,
			clock: { shows: { year: 2024, month: 1, day: 1, hour: 23, minute: 6 } },
			opening: framing === 'hdlc' ? 'direct-hdlc' : 'wrapper',
			baud: framing === 'hdlc' ? 9600 : 0,
		});
		expect(steps.map(({ step }) => step)).toEqual([
			'opening-port',
			'associating',
			'reading-identity',
			'identified',
			'releasing',
			'associating',
		]);
		const before = digest();
		expect(await bench.timer.run(conversation.ask(CREDIT))).toMatchObject({
			kind: 'answer',
			answer: { result: { data: { value: 500 } } },
		});
		expect(digest().frames).toBe(before.frames + 2);
		expect(digest().sha256).not.toBe(before.sha256);
		await bench.timer.run(conversation.end());
		expect(await conversation.ended).toEqual({ why: 'released' });
		expect(bench.open).toBe(0);
	});

	it('uses no counter that is not kept, and one above the meter’s', async () => {
		const bench = new CutBench();
		bench.counters.values.set('key-1', 7);
		const { conversation } = await connected(bench);
		const used = bench.counters.values.get('key-1') ?? 0;
		await bench.timer.run(conversation.ask(CREDIT));
		expect(bench.counters.values.get('key-1')).toBe(used + 1);
		await bench.timer.run(conversation.end());
		expect(bench.sentUnkept).toBe(false);
		// Another client with an older memory starts above what the meter has seen.
		bench.counters.values.set('key-1', 0);
		await connected(bench);
		expect(bench.counters.values.get('key-1')).toBeGreaterThan(used);
	});

	it('does not believe a meter that would use up half of the counter', async () => {
		const bench = new CutBench();
		bench.counters.values.set('key-1', 2 ** 31 + 5);
		await (await connected(bench)).conversation.end();
		bench.counters.values.set('key-1', 9);
		const outcome = await connectOn(bench);
		expect(outcome).toMatchObject({ why: 'association-failed' });
		expect(bench.counters.values.get('key-1')).toBeLessThan(20);
	});

	it.each([
		['low', { mechanism: 'low', security: 'none', client: 17 }, TEST_PASSWORD],
		['low, ciphered', { mechanism: 'low', client: 2 }, TEST_PASSWORD],
		['MD5', { mechanism: 'high-md5', security: 'none', client: 19 }, TEST_SECRET],
		['SHA-256', { mechanism: 'high-sha256', security: 'none', client: 22 }, TEST_SECRET],
	] as const)('associates with %s security', async (_, changes, secret) => {
		const bench = new CutBench();
		const { conversation } = await connected(bench, bench.port(), {
			profile: profileWith(changes),
			secrets: { ...bench.order(bench.port()).secrets, secret: asciiOctets(secret) },
		});
		expect(await bench.timer.run(conversation.ask(CREDIT))).toMatchObject({ kind: 'answer' });
	});

	it('goes on with the public association where that is all the profile asks for', async () => {
		const bench = new CutBench();
		const { conversation } = await connected(bench, bench.port(), {
			profile: profileWith({ client: 16, mechanism: 'none', security: 'none' }),
			secrets: {},
		});
		expect(bench.counters.calls).toBe(0);
		expect(await bench.timer.run(conversation.ask(CREDIT))).toMatchObject({
			kind: 'answer',
			answer: { result: { error: 3 } },
		});
	});
});

describe('mode E', () => {
	const ways: [string, ModeEWays, number][] = [
		['a meter that stays at its rate', {}, 1],
		['a meter that goes back to 300 baud', { fallsBack: true }, 1],
		['a meter that hears one client at a time', { oneLink: true, fallsBack: true }, 2],
	];
	it.each(ways)('opens %s', async (_, way, signOns) => {
		const bench = new CutBench();
		const steps: ConnectStep[] = [];
		const { identity, conversation } = await connected(
			bench,
			bench.port('hdlc', {}, modeEMeter(bench, way)),
			{
				profile: profileWith({ openings: ['mode-e'] }),
				progress: (step) => steps.push(step),
			},
		);
		expect(identity).toMatchObject({
			opening: 'mode-e',
			baud: 9600,
			identification: { maker: 'TKL', text: 'TOKENLINE' },
		});
		expect(bench.settings.slice(0, 3)).toEqual([sevenE1(300), sevenE1(300), sevenE1(9600)]);
		expect(bench.settings.at(-1)).toEqual(eightN1(9600));
		expect(steps.filter(({ step }) => step === 'signed-on')).toHaveLength(signOns);
		expect(await bench.timer.run(conversation.ask(CREDIT))).toMatchObject({ kind: 'answer' });
	});

	it.each([
		['no-answer', { identification: 'not an identification' }, {}],
		['hdlc-not-offered', { identification: 'TKL5TOKENLINE' }, {}],
	] as const)('fails by name: %s', async (opening, way, more) => {
		const bench = new CutBench();
		const port = bench.port('hdlc', {}, modeEMeter(bench, way));
		const outcome = await connectOn(bench, port, {
			profile: profileWith({ openings: ['mode-e'] }),
			...more,
		});
		expect(outcome).toMatchObject({ why: 'opening' });
		if (opening === 'hdlc-not-offered') expect(outcome).toMatchObject({ opening });
		expect(bench.open).toBe(0);
	});

	it('finds a meter that is still at its rate, since somebody has pulled the cable', async () => {
		for (const lastBaud of [undefined, 9600]) {
			const bench = new CutBench();
			const answer = modeEMeter(bench, { fallsBack: true });
			const profile = profileWith({ openings: ['mode-e'] });
			const cut = bench.port('hdlc', { cut: { way: 'in', octet: 300 } }, answer);
			expect(await connectOn(bench, cut, { profile })).toMatchObject({ fault: 'unplugged' });
			const startMs = bench.timer.nowMs();
			const steps: string[] = [];
			const { identity } = await connected(bench, bench.port('hdlc', {}, answer), {
				profile,
				...(lastBaud !== undefined && { lastBaud }),
				progress: ({ step }) => steps.push(step),
			});
			expect(identity.baud).toBe(9600);
			expect(steps.includes('signing-on')).toBe(lastBaud === undefined);
			expect(bench.timer.nowMs() - startMs).toBeLessThan(lastBaud === undefined ? 8000 : 1000);
		}
	});

	it('signs on though it was told of a rate where nobody is any more', async () => {
		const bench = new CutBench();
		const { identity } = await connected(bench, bench.port('hdlc', {}, modeEMeter(bench)), {
			profile: profileWith({ openings: ['mode-e'] }),
			lastBaud: 4800,
		});
		expect(identity).toMatchObject({ baud: 9600, identification: { maker: 'TKL' } });
	});

	it('keeps to eight data bits where parity is made in software', async () => {
		const bench = new CutBench();
		const silent = bench.port('hdlc', {}, () => Promise.resolve());
		await connectOn(bench, silent, {
			profile: profileWith({ openings: ['mode-e'] }),
			softwareParity: true,
		});
		expect(bench.settings.every(({ dataBits }) => dataBits === 8)).toBe(true);
	});
});

describe('what cannot be connected to', () => {
	const silent = () => Promise.resolve();

	it('is known before the port is opened', async () => {
		const bench = new CutBench();
		const port = bench.port();
		expect(await connectOn(bench, port, { secrets: {} })).toEqual({
			kind: 'failed',
			why: 'secrets-missing',
			missing: ['keys'],
		});
		const keys = { unicast: new Uint8Array(15), authentication: new Uint8Array(16) };
		expect(await connectOn(bench, port, { secrets: { keys } })).toMatchObject({
			why: 'secrets-unfit',
		});
		const client = { systemTitle: new Uint8Array(7), sendSpace: 'key-1' };
		expect(await connectOn(bench, port, { client })).toMatchObject({ why: 'secrets-unfit' });
		expect(
			await connectOn(bench, bench.port('wrapper'), {
				profile: profileWith({ openings: ['mode-e'] }),
			}),
		).toMatchObject({ why: 'no-opening' });
		expect(await connectOn(bench, port, { signal: AbortSignal.abort() })).toMatchObject({
			why: 'called-off',
		});
		expect(bench.opened).toBe(0);
	});

	it('is a port that does not open', async () => {
		const bench = new CutBench();
		const port: LinePort = {
			...bench.port(),
			open: () => Promise.reject(new LinkFault('port-busy')),
		};
		expect(await connectOn(bench, port)).toEqual({
			kind: 'failed',
			why: 'fault',
			fault: 'port-busy',
		});
		const broken: LinePort = { ...port, open: () => Promise.reject(new TypeError('slip')) };
		await expect(connectOn(bench, broken)).rejects.toThrow('slip');
	});

	it('is a meter that says nothing', async () => {
		const bench = new CutBench();
		for (const framing of ['hdlc', 'wrapper'] as const)
			expect(await connectOn(bench, bench.port(framing, {}, silent))).toEqual({
				kind: 'failed',
				why: 'no-answer',
				stage: 'public',
			});
		expect(bench.open).toBe(0);
	});

	it('is a line that ends', async () => {
		const bench = new CutBench();
		const port = bench.port('hdlc', {}, (transport) => transport.close());
		expect(await connectOn(bench, port)).toMatchObject({ why: 'link', reason: 'peer-released' });
	});

	it('is a meter that refuses us, with its diagnostic', async () => {
		const bench = new CutBench();
		expect(
			await connectOn(bench, bench.port(), {
				profile: profileWith({ mechanism: 'low', security: 'none', client: 17 }),
				secrets: { secret: asciiOctets('wrong') },
			}),
		).toEqual({
			kind: 'failed',
			why: 'association-refused',
			stage: 'own',
			result: 'rejected-permanent',
			diagnostic: 'authentication-failure',
		});
		expect(
			await connectOn(bench, bench.port(), { profile: profileWith({ publicClient: 99 }) }),
		).toMatchObject({ why: 'association-refused', stage: 'public' });
		expect(bench.open).toBe(0);
	});

	it('is a meter with another key', async () => {
		const bench = new CutBench();
		const keys = { unicast: new Uint8Array(16), authentication: new Uint8Array(16) };
		expect(await connectOn(bench, bench.port(), { secrets: { keys } })).toMatchObject({
			why: 'association-failed',
			stage: 'own',
			failure: { why: 'exception', service: 'deciphering-error' },
		});
	});

	it('is a key whose counter is used up', async () => {
		const bench = new CutBench();
		bench.counters.values.set('key-1', 2 ** 32);
		expect(await connectOn(bench)).toEqual({ kind: 'failed', why: 'key-used-up' });
	});

	it('is nothing at all where our counters cannot be kept, and nothing secret is sent then', async () => {
		const bench = new CutBench();
		bench.counters.fails = 1;
		expect(await connectOn(bench)).toEqual({ kind: 'failed', why: 'counters-not-kept' });
		expect(bench.sentUnkept).toBe(false);
		expect(bench.open).toBe(0);
	});
});

describe('another meter than the one that was meant', () => {
	const low = { mechanism: 'low', security: 'none', client: 17 };

	it('is let alone before anything secret is sent', async () => {
		for (const expected of [
			{ deviceName: 'TKL0012345678904' },
			{ serialNumber: '1' },
			{ deviceName: NAME.deviceName, serialNumber: '1' },
		]) {
			const bench = new CutBench();
			const outcome = await connectOn(bench, bench.port(), { expected });
			expect(outcome).toMatchObject({ why: 'other-meter', found: expect.any(String) });
			expect(bench.counters.calls).toBe(0);
			expect(bench.open).toBe(0);
		}
	});

	it('shows in its system title too', async () => {
		const bench = new CutBench();
		expect(
			await connectOn(bench, bench.port(), { expected: { systemTitle: '0011223344556677' } }),
		).toEqual({ kind: 'failed', why: 'other-meter', fact: 'systemTitle' });
	});

	it('is not the one that was meant', async () => {
		const bench = new CutBench();
		expect(await connected(bench, bench.port(), { expected: NAME })).toMatchObject({
			identity: NAME,
		});
	});

	it('gets no password where only its title could tell it apart', async () => {
		const bench = new CutBench();
		const password = asciiOctets(TEST_PASSWORD);
		const sent: string[] = [];
		const outcome = await connectOn(bench, bench.port(), {
			profile: profileWith(low),
			secrets: { secret: password },
			expected: { systemTitle: NAME.systemTitle },
			frames: ({ direction, octets }) => direction === 'out' && sent.push(asciiText(octets)),
		});
		expect(outcome).toEqual({ kind: 'failed', why: 'identity-untold' });
		expect(sent.join('')).not.toContain(TEST_PASSWORD);
	});
});

describe('calling it off', () => {
	it('is possible at every step, and closes the port', async () => {
		for (const [at, mode] of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((step) => [
			[step, 'mode-e'] as const,
			[step, 'direct-hdlc'] as const,
		])) {
			const bench = new CutBench();
			const calledOff = new AbortController();
			let steps = 0;
			const port =
				mode === 'mode-e' ? bench.port('hdlc', {}, modeEMeter(bench)) : bench.port('hdlc');
			const outcome = await connectOn(bench, port, {
				profile: profileWith({ openings: [mode] }),
				signal: calledOff.signal,
				progress: () => {
					if (steps === at) calledOff.abort();
					steps += 1;
				},
			});
			if (steps <= at) expect(outcome.kind).toBe('connected');
			else {
				expect(outcome).toEqual({ kind: 'failed', why: 'called-off' });
				expect(bench.open).toBe(0);
			}
		}
	});

	it('does not wait for a meter that says nothing', async () => {
		const bench = new CutBench();
		const calledOff = new AbortController();
		bench.timer.wakeAt(bench.timer.nowMs() + 700, () => calledOff.abort());
		const startMs = bench.timer.nowMs();
		const port = bench.port('hdlc', {}, () => Promise.resolve());
		const outcome = await connectOn(bench, port, { signal: calledOff.signal });
		expect(outcome).toEqual({ kind: 'failed', why: 'called-off' });
		expect(bench.timer.nowMs() - startMs).toBe(700);
	});
});
