import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
	resetVirtualMeter,
	plantLineFaults,
	setTimeLapse,
} from '#lib/browser/store/virtual-meters.ts';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { minutesSince } from '#lib/core/sts/tid.ts';
import { sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { creditToken } from '../../core/meter/bench-meter.ts';
import { DRN, PAPERS, WorkerBench } from './worker-bench.ts';

const CREDIT = {
	kind: 'get',
	target: { classId: 112, logicalName: obis('0.0.19.10.0'), attribute: 2 },
} as const;

const enter = (digits: string) =>
	({
		kind: 'action',
		target: { classId: 115, logicalName: obis('0.0.19.40.0'), method: 1 },
		parameter: octetString(asciiOctets(digits)),
	}) as const;

let bench: WorkerBench;
beforeEach(() => {
	bench = new WorkerBench();
});
afterEach(() => bench.dispose());

const token = (minutes = 0) => creditToken(578, minutesSince(2014, Date.now()) - 10 + minutes);

const openFault = async (): Promise<string> => {
	try {
		await bench.port().open(sevenE1(300));
		return 'open';
	} catch (error) {
		return error instanceof LinkFault ? error.kind : String(error);
	}
};

describe('a virtual meter in its worker', () => {
	it('signs on in mode E and serves a technician as a meter on a wall does', async () => {
		await bench.install();
		const { identity, conversation } = await bench.connected();
		expect(identity).toMatchObject({ opening: 'mode-e', baud: 9600, serialNumber: DRN });
		await conversation.end();
	});

	it('is one meter with the page’s: a token keyed in is used on the wire, and the other way round', async () => {
		await bench.install();
		const { conversation } = await bench.connected();
		const digits = token();
		expect(await bench.keyIn(digits)).toBe('Accept');
		const credit = await conversation.ask(CREDIT);
		expect(credit).toMatchObject({ answer: { result: { data: { value: 5780 } } } });
		await conversation.ask(enter(digits));
		expect((await bench.standing()).cosem.meter.lastResult).toBe('UsedError');
		const second = token(1);
		await conversation.ask(enter(second));
		const { cosem } = await bench.standing();
		expect(cosem.meter.supply.creditWh).toBeGreaterThan(115_000);
		expect(cosem.entries.map(({ delivery }) => delivery)).toEqual(['manual', 'remote', 'remote']);
		expect(await bench.keyIn(second)).toBe('UsedError');
		await conversation.end();
	});

	it('has its counters in the store before an answer goes out, and goes on from them', async () => {
		await bench.install();
		const first = await bench.connected();
		const before = (await bench.standing()).counters;
		await first.conversation.ask(CREDIT);
		const after = (await bench.standing()).counters;
		expect(Object.keys(after).length).toBeGreaterThan(0);
		expect(after).not.toEqual(before);
		await first.conversation.end();
		const second = await bench.connected();
		await second.conversation.ask(CREDIT);
		const later = (await bench.standing()).counters;
		for (const [space, value] of Object.entries(after)) expect(later[space]).toBeGreaterThan(value);
		await second.conversation.end();
	});

	it('is gone for whoever is connected when it goes back to the factory', async () => {
		await bench.install();
		const { conversation } = await bench.connected();
		await resetVirtualMeter(bench.store, PAPERS, Date.now());
		expect(await conversation.ask(CREDIT)).toEqual({
			kind: 'unknown',
			because: { why: 'fault', fault: 'unplugged' },
		});
		expect((await bench.standing()).counters).toEqual({});
	});

	it('lets its time run as fast as the page set it', async () => {
		await bench.install();
		await bench.keyIn(token());
		const { conversation } = await bench.connected();
		const startMs = (await bench.standing()).cosem.meter.supply.countedMs;
		// Saved five seconds ago, as by a page that was looked at until then.
		await setTimeLapse(bench.store, DRN, Date.now() - 5000, 3600);
		await conversation.ask(CREDIT);
		const { cosem } = await bench.standing();
		expect(cosem.meter.supply.countedMs - startMs).toBeGreaterThanOrEqual(5 * 3_600_000);
		expect((await bench.store.virtualMeterLoads.get(DRN))?.numbers.length).toBeGreaterThanOrEqual(
			4 * 19,
		);
		await conversation.end();
	});

	it('has the line that was planted on its page, or the one that is asked for', async () => {
		await bench.install();
		await plantLineFaults(bench.store, DRN, Date.now(), ['confirms-not']);
		const { conversation } = await bench.connected();
		await conversation.end();
		expect((await bench.connect({ lineFaults: ['silence'] })).kind).toBe('failed');
	});

	it('is named where it is not, or cannot be read', async () => {
		expect(await openFault()).toBe('meter-unreachable');
		await bench.install();
		await bench.store.virtualMeterLoads.put({ drn: DRN, numbers: [1, 2] });
		expect(await openFault()).toBe('meter-unreachable');
		await bench.store.virtualMeters.update(DRN, { snapshot: '{' });
		expect(await openFault()).toBe('meter-unreachable');
	});
});
