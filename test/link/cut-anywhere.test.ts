import { describe, expect, it } from 'vitest';
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { connect } from '#lib/link/connect.ts';
import type { ConnectFailure } from '#lib/link/connect-order.ts';
import type { AskOutcome } from '#lib/link/conversation.ts';
import { creditToken, MADE_TID } from '../core/meter/bench-meter.ts';
import { CutBench, type Fate, profileWith, type Way } from './cut-line.ts';
import { modeEMeter } from './mode-e-meter.ts';

const get = (classId: number, name: string, attribute = 2): Wish => ({
	kind: 'get',
	target: { classId, logicalName: obis(name), attribute },
});
const TOKEN = creditToken(500, MADE_TID + 60);

/** Questions whose answers differ, so that none can pass for another's. */
const QUESTIONS: readonly Wish[] = [
	get(1, '0.0.96.1.0'),
	get(112, '0.0.19.10.0'),
	{
		kind: 'action',
		target: { classId: 115, logicalName: obis('0.0.19.40.0'), method: 1 },
		parameter: octetString(asciiOctets(TOKEN)),
	},
	get(112, '0.0.19.10.0'),
	get(15, '0.0.40.0.0', 4),
	get(116, '0.0.19.60.0'),
];

interface Run {
	readonly bench: CutBench;
	readonly failure?: ConnectFailure;
	readonly outcomes: readonly AskOutcome[];
	/** Whether any octet left between asking and the outcome. */
	readonly left: readonly boolean[];
}

type Kind = 'hdlc' | 'wrapper' | 'mode-e';

/** Connects, asks one question after the other and leaves. */
async function run(kind: Kind, fate: Fate = {}): Promise<Run> {
	const bench = new CutBench();
	const framing = kind === 'wrapper' ? 'wrapper' : 'hdlc';
	const answer = kind === 'mode-e' ? modeEMeter(bench) : undefined;
	const port = bench.port(framing, fate, answer);
	const profile = profileWith(kind === 'mode-e' ? { openings: ['mode-e'] } : {});
	const outcomes: AskOutcome[] = [];
	const left: boolean[] = [];
	const work = async (): Promise<ConnectFailure | undefined> => {
		const connected = await connect(bench.order(port, { profile }));
		if (connected.kind === 'failed') return connected;
		for (const wish of QUESTIONS) {
			const before = bench.passed.out.octets;
			outcomes.push(await connected.conversation.ask(wish));
			left.push(bench.passed.out.octets > before);
		}
		await connected.conversation.end();
		return undefined;
	};
	const failure = await bench.timer.run(work());
	return { bench, outcomes, left, ...(failure && { failure }) };
}

const answerOf = (outcome: AskOutcome): Answer => {
	if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
	return outcome.answer;
};

/** The clock goes on between runs, and it is the only thing that may differ. */
function expectTrue({ bench, failure, outcomes, left }: Run, right: readonly Answer[]): void {
	expect(bench.open).toBe(0);
	expect(bench.sentUnkept).toBe(false);
	if (failure) expect(outcomes).toEqual([]);
	outcomes.forEach((outcome, index) => {
		if (outcome.kind === 'answer') expect(outcome.answer).toEqual(right[index]);
		// A line that was found broken in the act of sending may have taken octets or not.
		else if (left[index]) expect(outcome.kind).toBe('unknown');
	});
	const firstWithout = outcomes.findIndex(({ kind }) => kind !== 'answer');
	if (firstWithout < 0) return;
	for (const outcome of outcomes.slice(firstWithout + 1))
		expect(outcome).toEqual({ kind: 'not-sent', because: { refused: 'over' } });
}

const taken = ({ bench }: Run): number => bench.device.state.meter.entries.length;

const KINDS: readonly Kind[] = ['hdlc', 'wrapper', 'mode-e'];
const CUTS = KINDS.flatMap((kind) => (['out', 'in'] as const).map((way) => [kind, way] as const));

describe('the cable pulled at any octet', () => {
	it.each(CUTS)('of %s, %s, leaves every outcome true', async (kind, way) => {
		const whole = await run(kind);
		const right = whole.outcomes.map(answerOf);
		const octets = whole.bench.passed[way].octets;
		expect(octets).toBeGreaterThan(300);
		const ends = { failed: 0, unknown: 0, 'not-sent': 0, answer: 0 };
		for (let octet = 0; octet < octets; octet += 1) {
			const cut = await run(kind, { cut: { way, octet } });
			expectTrue(cut, right);
			expect(taken(cut)).toBeLessThanOrEqual(1);
			if (cut.failure) {
				ends.failed += 1;
				expect(cut.failure).toEqual({ kind: 'failed', why: 'fault', fault: 'unplugged' });
			}
			for (const { kind: end } of cut.outcomes) ends[end] += 1;
			// The meter acted and we do not know, or we know that it did: never the other way round.
			const entered = cut.outcomes[2];
			if (entered?.kind === 'answer') expect(taken(cut)).toBe(1);
			if (entered?.kind === 'not-sent') expect(taken(cut)).toBe(0);
		}
		expect(Object.values(ends).every((count) => count > 0)).toBe(true);
	});
});

describe('any one frame lost', () => {
	const WAYS: readonly Way[] = ['out', 'in'];
	it.each(WAYS)('of HDLC, %s, costs time and nothing else', async (way) => {
		const whole = await run('hdlc');
		const right = whole.outcomes.map(answerOf);
		const { frames } = whole.bench.passed[way];
		expect(frames).toBeGreaterThan(12);
		for (let frame = 0; frame < frames; frame += 1) {
			const lossy = await run('hdlc', { lost: { way, frame } });
			expect(lossy.failure).toBeUndefined();
			expectTrue(lossy, right);
			expect(lossy.outcomes.map(({ kind }) => kind)).toEqual(right.map(() => 'answer'));
			expect(taken(lossy)).toBe(1);
		}
	});
});
