import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { DEFAULT_PARAMETERS } from '#lib/core/dlms/hdlc/parameters.ts';
import { type MeterProfile, parseMeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { doctorFacts } from '#lib/core/field/doctor/facts.ts';
import {
	type DoctorFindingKind,
	type LineExpectation,
	type LineFinding,
	REACHED_KINDS,
} from '#lib/core/field/doctor/finding.ts';
import { expectationOf, profileOnLine } from '#lib/core/field/doctor/profile-on-line.ts';
import type { DoctorStep } from '#lib/core/field/doctor/trial.ts';
import { technicianEn } from '#lib/core/words/technician.ts';
import { askDoctor, type DoctorWishes } from '#lib/link/doctor.ts';
import { LINE_FAULT_NAMES, type LineFaultName } from '#lib/link/line-faults.ts';
import { eightN1, type LinePort } from '#lib/link/line.ts';
import { LINK_FAULT_KINDS, LinkFault } from '#lib/link/link-fault.ts';
import { seededChance } from '#lib/link/seeded-chance.ts';
import type { SimulatedMeterSettings } from '#lib/link/simulated-meter.ts';
import { LineClient, meterOnLine, openModeE } from './meter-on-line.ts';

/** What a technician's app believes of each of the two meters. */
const EXPECTATIONS = {
	'mode-e': { openings: ['mode-e'], baud: 9600, address: meterAddress(1) },
	direct: { openings: ['direct-hdlc'], baud: 9600, address: meterAddress(1) },
} as const satisfies Record<string, LineExpectation>;
type MeterKind = keyof typeof EXPECTATIONS;

const PROFILE: MeterProfile = {
	name: 'Virtual meter',
	openings: ['mode-e'],
	baud: 9600,
	device: 1,
	physical: 17,
	publicClient: 16,
	client: 1,
	mechanism: 'high-gmac',
	suite: 0,
	security: 'authenticated-encrypted',
	tokenEncoding: 'ascii-20',
	tokenGateway: obis('0.0.19.40.0'),
	invocationCounter: obis('0.0.43.1.0'),
	quirks: [],
};

async function examine(
	kind: MeterKind,
	faults: readonly LineFaultName[],
	settings: Partial<SimulatedMeterSettings> = {},
	wishes: DoctorWishes = { expectation: EXPECTATIONS[kind] },
) {
	const { timer, line } = meterOnLine({
		manner: { opening: kind },
		...settings,
		faults,
	});
	const fromMs = timer.nowMs();
	const steps: DoctorStep[] = [];
	const outcome = await timer.run(
		askDoctor(line.port, timer, { ...wishes, onStep: (step) => steps.push(step) }),
	);
	return { outcome, steps, tookMs: timer.nowMs() - fromMs, line, timer };
}

type Expected = DoctorFindingKind | Partial<Record<MeterKind, DoctorFindingKind>>;

/** What the doctor must name, by what is planted; one name for both meters, or one each. */
const NAMED: Readonly<Record<LineFaultName, Expected>> = {
	echo: 'echo',
	silence: 'nothing-heard',
	'dead-probe': 'nothing-heard',
	'echo-alone': 'echo-alone',
	'meter-unheard': 'nothing-heard',
	'we-unheard': 'nothing-heard',
	noise: 'noise',
	preamble: 'healthy',
	stutter: 'healthy',
	'stuck-bit': 'stuck-bit',
	'octets-lost': 'octets-lost',
	'mode-e-only': { 'mode-e': 'healthy', direct: 'mode-e-only' },
	'confirms-not': 'healthy',
	'wants-disc': 'healthy',
	slow: 'healthy',
	asleep: 'asleep',
	'left-open': 'left-open',
	'left-open-by-another': 'left-open',
	'left-programming': 'left-open',
	'opening-7o1': { 'mode-e': 'wrong-form', direct: 'healthy' },
	'opening-8n1': { 'mode-e': 'wrong-form', direct: 'healthy' },
	'hdlc-8e1': 'wrong-form',
	'hdlc-8o1': 'wrong-form',
	'wrong-baud': 'wrong-baud',
	'address-1': 'healthy',
	'address-2': 'wrong-address',
	'address-4': 'wrong-address',
	'address-serial': 'wrong-address',
	'direct-300': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-600': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-1200': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-2400': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-4800': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-9600': { 'mode-e': 'direct-hdlc-only', direct: 'healthy' },
	'direct-19200': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-38400': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-57600': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-115200': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
};

const namedFor = (name: LineFaultName, kind: MeterKind): DoctorFindingKind => {
	const expected = NAMED[name];
	return typeof expected === 'string' ? expected : (expected[kind] as DoctorFindingKind);
};

describe.each(['mode-e', 'direct'] as const)('the doctor, on a %s meter', (kind) => {
	it.each(['lost', 'handed-over'] as const)(
		'names nothing where nothing is wrong, however slow the port (%s)',
		async (flawed) => {
			for (const reopenMs of [3, 50, 300]) {
				const { outcome, tookMs } = await examine(kind, [], { flawed, reopenMs });
				expect(outcome.kind).toBe('healthy');
				expect(tookMs).toBeLessThan(kind === 'mode-e' ? 3700 : 1700);
			}
		},
	);

	it.each(LINE_FAULT_NAMES)('names exactly what is planted: %s', async (name) => {
		for (const flawed of ['lost', 'handed-over'] as const) {
			const { outcome, tookMs } = await examine(kind, [name], { flawed });
			expect(outcome.kind).toBe(namedFor(name, kind));
			expect(tookMs).toBeLessThan(60_000);
		}
	});

	it('names nothing where nobody expected anything', async () => {
		for (const faults of [[], ['address-2'], ['address-4'], ['slow']] as LineFaultName[][])
			expect((await examine(kind, faults, {}, {})).outcome.kind).toBe('healthy');
	});

	it('makes the address from the serial number where it is told', async () => {
		const wishes = { serial: '12345678903' };
		const { outcome } = await examine(kind, ['address-serial'], {}, wishes);
		expect(outcome).toMatchObject({ kind: 'healthy', line: { address: meterAddress(1, 9903) } });
	});

	it.each(['echo', 'stutter'] as const)(
		'names what is planted through a probe that is only peculiar: %s',
		async (peculiar) => {
			for (const name of LINE_FAULT_NAMES) {
				const { outcome } = await examine(kind, [name, peculiar]);
				const named = namedFor(name, kind);
				const echoed = { healthy: 'echo', 'nothing-heard': 'echo-alone' }[named as string];
				expect([name, outcome.kind]).toEqual([
					name,
					peculiar === 'echo' ? (echoed ?? named) : named,
				]);
			}
		},
	);

	it('takes a first word that was missed for nothing worse', async () => {
		const { timer, line } = meterOnLine({ manner: { opening: kind } });
		const port: LinePort = {
			...line.port,
			open: async (settings) => {
				const opened = await line.port.open(settings);
				const send = opened.send.bind(opened);
				let first = true;
				opened.send = (octets) => {
					const missed = first;
					first = false;
					return send(missed ? octets.map(() => 0xff) : octets);
				};
				return opened;
			},
		};
		const wishes = { expectation: EXPECTATIONS[kind] };
		expect((await timer.run(askDoctor(port, timer, wishes))).kind).toBe('healthy');
	});

	it('names any bit that is stuck', async () => {
		for (let bit = 0; bit < 8; bit += 1)
			for (const value of [0, 1] as const) {
				const { outcome } = await examine(kind, [], { probe: { stuck: { bit, value } } });
				expect(outcome).toMatchObject({ kind: 'stuck-bit', bit, value });
			}
	});

	it('names lost octets, however often one is lost', async () => {
		for (let dropEvery = 2; dropEvery <= 9; dropEvery += 1) {
			const { outcome } = await examine(kind, [], { probe: { dropEvery } });
			expect(outcome.kind).toBe('octets-lost');
		}
	});

	it('is not misled by what noise and rubbish happen to be', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(),
				fc.constantFrom('noise', 'preamble', 'stutter'),
				async (seed, name) => {
					const { outcome } = await examine(kind, [name], { chance: seededChance(seed) });
					expect(outcome.kind).toBe(namedFor(name, kind));
				},
			),
			{ numRuns: 60 },
		);
	});

	it('tells how far it is, never less than before', async () => {
		const { steps } = await examine(kind, ['silence']);
		expect(steps[0]).toEqual({ name: 'listen', baud: 9600, at: 1, of: 21, silent: true });
		for (const [index, { at, of, baud }] of steps.entries()) {
			expect(at).toBeGreaterThanOrEqual(steps[index - 1]?.at ?? 1);
			expect(at).toBeLessThanOrEqual(of);
			expect(baud).toBeGreaterThan(0);
		}
		const heard = await examine(kind, ['echo-alone']);
		expect(heard.steps.at(-1)?.silent).toBe(false);
	});

	it('stops when it is called off, and leaves port and meter free', async () => {
		for (let afterMs = 0; afterMs < 3000; afterMs += 130) {
			const { timer, line } = meterOnLine({ manner: { opening: kind } });
			const calling = new AbortController();
			const fromMs = timer.nowMs();
			timer.wakeAt(fromMs + afterMs, () => calling.abort());
			const wishes = { signal: calling.signal, expectation: EXPECTATIONS[kind] };
			const outcome = await timer.run(askDoctor(line.port, timer, wishes));
			expect(['called-off', 'healthy']).toContain(outcome.kind);
			expect(timer.nowMs() - fromMs).toBeLessThan(afterMs + 2000);
			// Whatever it was in the middle of, a little later nothing of it is left.
			await timer.pass(130_000);
			const again = await timer.run(
				askDoctor(line.port, timer, { expectation: EXPECTATIONS[kind] }),
			);
			expect(again.kind).toBe('healthy');
		}
	});

	it('hangs up what it had connected when it is called off', async () => {
		const { timer, line, device } = meterOnLine({ manner: { opening: kind } });
		const calling = new AbortController();
		const wishes = {
			signal: calling.signal,
			expectation: EXPECTATIONS[kind],
			onStep: ({ name, baud }: DoctorStep) => {
				// The meter has heard SNRM by then, and has not answered yet.
				if (name === 'talk' || (kind === 'direct' && name === 'usual-rate' && baud === 9600))
					timer.wakeAt(timer.nowMs() + (kind === 'direct' ? 320 : 80), () => calling.abort());
			},
		};
		expect(await timer.run(askDoctor(line.port, timer, wishes))).toEqual({ kind: 'called-off' });
		expect(device.changes).toBe(0);
		await timer.pass(1000);
		const again = await timer.run(askDoctor(line.port, timer, { expectation: EXPECTATIONS[kind] }));
		expect(again.kind).toBe('healthy');
	});
});

describe('a port that fails', () => {
	it.each(LINK_FAULT_KINDS)('is named, and nothing else: %s', async (fault) => {
		const { timer, line } = meterOnLine();
		line.openFault = fault;
		expect(await timer.run(askDoctor(line.port, timer))).toEqual({ kind: 'port-fault', fault });
	});

	it('is named where the cable is pulled, whenever', async () => {
		for (let afterMs = 0; afterMs < 3000; afterMs += 70) {
			const { timer, line } = meterOnLine();
			timer.wakeAt(timer.nowMs() + afterMs, () => line.pull());
			const outcome = await timer.run(askDoctor(line.port, timer));
			expect(outcome).toEqual({ kind: 'port-fault', fault: 'unplugged' });
		}
	});

	it('is passed over at rates it does not take, and named where nothing else was heard', async () => {
		const { timer, line } = meterOnLine({ faults: ['direct-19200'] });
		const refusing = (...refused: number[]): LinePort => ({
			...line.port,
			open: async (settings) => {
				const opened = await line.port.open(settings);
				const configure = opened.configure.bind(opened);
				opened.configure = (anew) =>
					refused.includes(anew.baud)
						? Promise.reject(new LinkFault('settings-refused'))
						: configure(anew);
				return opened;
			},
		});
		const found = await timer.run(askDoctor(refusing(300, 4800), timer));
		expect(found).toMatchObject({ kind: 'healthy', line: { baud: 19_200 } });
		const lost = await timer.run(askDoctor(refusing(300, 19_200), timer));
		expect(lost).toEqual({ kind: 'port-fault', fault: 'settings-refused' });
	});

	it('is not opened where the person called it off before', async () => {
		const { timer, line } = meterOnLine();
		const signal = AbortSignal.abort();
		line.openFault = 'port-busy';
		expect(await askDoctor(line.port, timer, { signal })).toEqual({ kind: 'called-off' });
	});
});

describe('a finding', () => {
	it('says how the meter was reached', async () => {
		const { outcome } = await examine('mode-e', []);
		expect(outcome).toEqual({
			kind: 'healthy',
			line: {
				opening: 'mode-e',
				baud: 9600,
				address: { length: 1, upper: 1 },
				form: { dataBits: 8, parity: 'none' },
				openingForm: { dataBits: 7, parity: 'even' },
				identification: {
					maker: 'TKL',
					quick: false,
					baud: 9600,
					offersHdlc: true,
					text: 'TOKENLINE',
				},
				echo: false,
				wakeUp: false,
				confirms: true,
				reactionMs: 200,
				parameters: DEFAULT_PARAMETERS,
			},
		});
		expect((await examine('direct', ['slow'])).outcome).toMatchObject({
			line: { opening: 'direct-hdlc', reactionMs: expect.closeTo(1400, -1) as number },
		});
		expect((await examine('mode-e', ['confirms-not'])).outcome).toMatchObject({
			line: { confirms: false },
		});
	});

	it.each<[MeterKind, LineFaultName, Partial<LineFinding>]>([
		['mode-e', 'wrong-baud', { opening: 'mode-e', baud: 4800 }],
		['direct', 'direct-115200', { opening: 'direct-hdlc', baud: 115_200 }],
		['mode-e', 'direct-300', { opening: 'direct-hdlc', baud: 300 }],
		['mode-e', 'address-4', { address: meterAddress(1, 17, 4) }],
		['direct', 'address-serial', { address: meterAddress(1, 0x3fff, 4) }],
		['mode-e', 'opening-7o1', { openingForm: { dataBits: 7, parity: 'odd' } }],
		['mode-e', 'opening-8n1', { openingForm: { dataBits: 8, parity: 'none' } }],
		['direct', 'hdlc-8o1', { form: { dataBits: 8, parity: 'odd' } }],
		['mode-e', 'hdlc-8e1', { form: { dataBits: 8, parity: 'even' } }],
		['direct', 'echo', { echo: true }],
		['direct', 'asleep', { wakeUp: true }],
	])('says which one is right, on a %s meter with %s', async (kind, name, line) => {
		expect((await examine(kind, [name])).outcome).toMatchObject({ line });
	});

	const REACHED = LINE_FAULT_NAMES.flatMap((name) =>
		(['mode-e', 'direct'] as const)
			.filter((kind) => (REACHED_KINDS as readonly string[]).includes(namedFor(name, kind)))
			// Parity is not in a profile.
			.filter((kind) => namedFor(name, kind) !== 'wrong-form')
			.map((kind) => [name, kind] as const),
	);

	it.each(REACHED)('is enough to open a session with: %s, %s', async (name, kind) => {
		const { outcome, line, timer } = await examine(kind, [name]);
		const found = 'line' in outcome ? outcome.line : undefined;
		const profile = profileOnLine(PROFILE, found as LineFinding);
		const peer = meterAddress(profile.device, profile.physical, profile.addressLength);
		const work = async () => {
			const ours = await line.port.open(eightN1(profile.baud));
			let { baud } = profile;
			if (profile.openings[0] === 'mode-e') {
				const events = await openModeE(ours, timer, { maxBaud: baud });
				const ready = events.at(-1);
				if (ready?.kind !== 'ready') throw new Error('the opening failed');
				baud = ready.baud;
			}
			const client = new LineClient(ours, timer, 1, baud, peer);
			return [await client.associate(), await client.release()].map((event) => event.kind);
		};
		expect(await timer.run(work())).toEqual(['associated', 'closed']);
	});

	it('has words for what was found, with nothing missing in them', async () => {
		for (const kind of ['mode-e', 'direct'] as const)
			for (const name of LINE_FAULT_NAMES) {
				const { outcome } = await examine(kind, [name]);
				if (outcome.kind === 'port-fault' || outcome.kind === 'called-off') throw new Error(name);
				const { title, meaning, action } = technicianEn.doctor.findings[outcome.kind];
				const facts = doctorFacts(outcome);
				const sentences = [title, meaning(facts), action(facts)].join(' ');
				expect(sentences).not.toMatch(/undefined|NaN| {2}| ,| \.|!/);
				expect(meaning(facts)).toMatch(/^[A-Z].*\.$/);
			}
	});
});

describe('what a profile lets expect', () => {
	it('is its serial openings, its rate and its address', () => {
		expect(expectationOf(PROFILE)).toEqual({
			openings: ['mode-e'],
			baud: 9600,
			address: meterAddress(1, 17),
		});
		expect(expectationOf({ ...PROFILE, openings: ['wrapper'] })).toEqual({});
	});

	it('is mended by a finding, and holds what it mends', async () => {
		const { outcome } = await examine('mode-e', ['address-4']);
		const found = ('line' in outcome ? outcome.line : undefined) as LineFinding;
		const mended = profileOnLine({ ...PROFILE, openings: ['direct-hdlc'] }, found);
		expect(parseMeterProfile(JSON.parse(JSON.stringify(mended)))).toEqual(mended);
		expect(expectationOf(mended)).toEqual({
			openings: ['mode-e'],
			baud: 9600,
			address: meterAddress(1, 17, 4),
		});
		const { identification } = found;
		const hiding = {
			...found,
			identification: {
				...(identification as NonNullable<typeof identification>),
				offersHdlc: false,
			},
			address: meterAddress(1),
		};
		const hidden = profileOnLine(PROFILE, hiding);
		expect(hidden.quirks).toEqual(['hides-hdlc']);
		expect('physical' in hidden).toBe(false);
		expect(parseMeterProfile(JSON.parse(JSON.stringify(hidden)))).toEqual(hidden);
	});
});
