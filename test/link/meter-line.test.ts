import { describe, expect, it } from 'vitest';
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { ClientOpeningSettings } from '#lib/core/dlms/opening/client-opening.ts';
import { BREAK_MESSAGE } from '#lib/core/dlms/opening/identification.ts';
import { eightN1, sevenE1 } from '#lib/link/line.ts';
import type { LineFaultName } from '#lib/link/line-faults.ts';
import { HDLC_RATES } from '#lib/link/line-faults.ts';
import { MeterLine } from '#lib/link/meter-line.ts';
import { STANDARD_MANNER } from '#lib/link/meter-manner.ts';
import type { SimulatedMeterSettings } from '#lib/link/simulated-meter.ts';
import { LineClient, meterOnLine, openModeE } from './meter-on-line.ts';

/** Opens in mode E, associates and releases, once or more often on one line. */
async function session(settings: Partial<SimulatedMeterSettings>, sap = 1, times = 1) {
	const { timer, line } = meterOnLine(settings);
	const fromMs = timer.nowMs();
	const work = async () => {
		const ours = await line.port.open(sevenE1(300));
		const results = [];
		for (let time = 0; time < times; time += 1) {
			const events = await openModeE(ours, timer, { maxBaud: 19_200 });
			const ready = events.at(-1);
			if (ready?.kind !== 'ready') return { results, events };
			const client = new LineClient(ours, timer, sap, ready.baud);
			results.push([await client.associate(), await client.release()].map(({ kind }) => kind));
			await ours.close();
		}
		return { results, events: [] };
	};
	return { ...(await timer.run(work(), 60_000)), tookMs: timer.nowMs() - fromMs };
}

const DONE = ['associated', 'closed'];

describe('a meter in mode E', () => {
	it.each([300, 2400, 9600, 19_200])(
		'goes from 300 baud to %i and into an association',
		async (baud) => {
			expect(await session({ manner: { baud } })).toMatchObject({ results: [DONE] });
		},
	);

	it('takes the parity that a client makes in software', async () => {
		const { timer, line } = meterOnLine();
		const work = async () => {
			const ours = await line.port.open(eightN1(300));
			const [identified, ready] = await openModeE(ours, timer, { softwareParity: true });
			expect(identified).toMatchObject({ identification: { maker: 'TKL', text: 'TOKENLINE' } });
			expect(ready).toEqual({ kind: 'ready', baud: 9600 });
			return new LineClient(ours, timer, 16).associate();
		};
		expect(await timer.run(work())).toMatchObject({ kind: 'associated' });
	});

	it.each<LineFaultName>([
		'echo',
		'noise',
		'preamble',
		'confirms-not',
		'wants-disc',
		'slow',
		'mode-e-only',
		'address-2',
	])('is reached all the same with %s', async (fault) => {
		for (const flawed of ['lost', 'handed-over'] as const)
			expect(await session({ faults: [fault], flawed })).toMatchObject({ results: [DONE] });
	});

	it.each<LineFaultName>([
		'silence',
		'meter-unheard',
		'we-unheard',
		'asleep',
		'left-open',
		'opening-7o1',
	])('is not heard with %s', async (fault) => {
		const { events } = await session({ faults: [fault] });
		expect(events).toEqual([{ kind: 'failed', why: 'no-answer' }]);
	});

	it('is back at its opening after it was disconnected', async () => {
		const { timer, line } = meterOnLine();
		const work = async () => {
			for (let time = 0; time < 3; time += 1) {
				const ours = await line.port.open(sevenE1(300));
				const events = await openModeE(ours, timer);
				expect(events.at(-1)).toEqual({ kind: 'ready', baud: 9600 });
				const client = new LineClient(ours, timer, 1);
				expect(await client.associate()).toMatchObject({ kind: 'associated' });
				expect(await client.release()).toMatchObject({ kind: 'closed' });
				await ours.close();
			}
		};
		await timer.run(work(), 60_000);
	});

	it('is heard to confirm by a client that changes its rate without a pause', async () => {
		const opened = async (settings: ClientOpeningSettings) => {
			const { timer, line } = meterOnLine();
			const fromMs = timer.nowMs();
			const ours = await line.port.open(sevenE1(300));
			const events = await timer.run(openModeE(ours, timer, settings));
			expect(events.at(-1)).toEqual({ kind: 'ready', baud: 9600 });
			return timer.nowMs() - fromMs;
		};
		const usual = await opened({});
		expect(usual - (await opened({ pauseMs: 20 }))).toBeGreaterThan(500);
		expect(usual - (await opened({ confirmationMs: 100 }))).toBeCloseTo(400, 0);
	});

	it('stays where it is for a client that connects anew', async () => {
		const { timer, line } = meterOnLine();
		const work = async () => {
			const ours = await line.port.open(sevenE1(300));
			await openModeE(ours, timer);
			const kinds: string[] = [];
			for (let time = 0; time < 2; time += 1)
				kinds.push((await new LineClient(ours, timer, 16).associate()).kind);
			return kinds;
		};
		expect(await timer.run(work())).toEqual(['associated', 'associated']);
	});

	it('is back at its opening after two minutes of silence, not before', async () => {
		for (const connects of [true, false]) {
			const { timer, line } = meterOnLine();
			const again = async () => {
				const ours = await line.port.open(sevenE1(300));
				const events = await openModeE(ours, timer, { attempts: 1 });
				const ready = events.at(-1)?.kind === 'ready';
				if (ready && connects) await new LineClient(ours, timer, 1).associate();
				await ours.close();
				return ready;
			};
			expect(await timer.run(again())).toBe(true);
			await timer.pass(110_000);
			expect(await timer.run(again())).toBe(false);
			await timer.pass(121_000);
			expect(await timer.run(again())).toBe(true);
		}
	});

	it('takes HDLC instead of a sign-on, and forgets it when nothing comes of it', async () => {
		const { timer, line } = meterOnLine({
			manner: { openingForm: { dataBits: 8, parity: 'none' } },
		});
		const work = async () => {
			const ours = await line.port.open(eightN1(300));
			const client = new LineClient(ours, timer, 16, 300, meterAddress(1));
			const event = await client.associate();
			await client.release();
			await ours.send(Uint8Array.of(0x7e));
			await timer.sleep(1600);
			await ours.close();
			return event.kind;
		};
		expect(await timer.run(work())).toBe('associated');
		const ours = await line.port.open(eightN1(300));
		const events = await timer.run(openModeE(ours, timer, { attempts: 1, softwareParity: true }));
		expect(events.at(-1)).toMatchObject({ kind: 'ready' });
	});

	it('keeps its reaction time', async () => {
		const [quick, usual] = [
			await session({ manner: { reactionMs: 20, maker: 'TKl' } }),
			await session({ manner: { reactionMs: 200 } }),
		];
		// The identification, UA, AARE, the proof of HLS, RLRE, UA; the client waits longer than the confirmation takes.
		expect(usual.tookMs - quick.tookMs).toBeCloseTo(6 * 180, 1);
		expect(usual.results).toEqual([DONE]);
	});

	it('cannot announce a rate that no opening has', () => {
		const make = () =>
			new MeterLine({ ...STANDARD_MANNER, baud: 115_200 }, { own: meterAddress(1, 17) }, () => {
				throw new Error('never asked');
			});
		expect(make).toThrow(RangeError);
	});
});

describe('a meter of direct HDLC', () => {
	it.each(HDLC_RATES)('answers at %i baud and at no other', async (baud) => {
		const { timer, line } = meterOnLine({ faults: [`direct-${baud}`] });
		const at = async (rate: number) => {
			const ours = await line.port.open(eightN1(rate));
			const event = await new LineClient(ours, timer, 16, rate).associate();
			await ours.close();
			return event.kind;
		};
		expect(await timer.run(at(baud))).toBe('associated');
		expect(await timer.run(at(baud === 9600 ? 19_200 : 9600))).toBe('failed');
	});

	it.each([
		['address-1', meterAddress(1)],
		['address-2', meterAddress(1, 17)],
		['address-4', meterAddress(1, 17, 4)],
		['address-serial', meterAddress(1, 9903)],
	] as const)('listens to its own form of address: %s', async (fault, own) => {
		const { timer, line } = meterOnLine({ faults: ['direct-9600', fault] });
		const ours = await line.port.open(eightN1(9600));
		for (const peer of [meterAddress(1), meterAddress(1, 17), meterAddress(1, 17, 4), own]) {
			const client = new LineClient(ours, timer, 16, 9600, peer);
			const event = await timer.run(client.associate());
			expect(event.kind).toBe(
				peer.length === own.length && peer.lower === own.lower ? 'associated' : 'failed',
			);
			if (event.kind === 'associated') return;
		}
		throw new Error('its own address did not reach it');
	});
});

describe('what a meter wants first', () => {
	it('is to be woken, by forty octets 00 and a pause', async () => {
		const { timer, line } = meterOnLine({ faults: ['asleep'] });
		const work = async (zeros: number) => {
			const ours = await line.port.open(sevenE1(300));
			await ours.send(new Uint8Array(zeros));
			await ours.configure(sevenE1(300));
			await timer.sleep(1500);
			const events = await openModeE(ours, timer, { attempts: 1 });
			await ours.close();
			return events.at(-1)?.kind;
		};
		expect(await timer.run(work(39))).toBe('failed');
		await timer.pass(5000);
		expect(await timer.run(work(65))).toBe('ready');
		// Nobody speaks to it for half a minute beyond the end of that session.
		await timer.pass(160_000);
		expect(await timer.run(work(0))).toBe('failed');
	});

	it('is a break, where it was left in programming mode', async () => {
		const { timer, line } = meterOnLine({ faults: ['left-programming'] });
		const work = async (rate: number | undefined) => {
			const ours = await line.port.open(sevenE1(rate ?? 300));
			if (rate) await ours.send(BREAK_MESSAGE);
			await ours.configure(sevenE1(300));
			const events = await openModeE(ours, timer, { attempts: 1 });
			await ours.close();
			return events.at(-1)?.kind;
		};
		expect(await timer.run(work(undefined))).toBe('failed');
		expect(await timer.run(work(4800))).toBe('failed');
		expect(await timer.run(work(9600))).toBe('ready');
	});
});
