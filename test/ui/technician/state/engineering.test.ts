import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineeringApi } from '#lib/browser/api/engineering.ts';
import type { ApprovalAnswer } from '#lib/core/sync/wire-approvals.ts';
import type { QueueLine } from '#lib/core/sync/proofs/queue.ts';
import type { WantedKey } from '#lib/core/field/engineering/key-run.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { EngineeringDesk } from '#lib/ui/technician/state/engineering.svelte.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { no, yes } from '../../../browser/sync/field-bench.ts';
import { closeTabs, newId, NOW } from '../../../browser/vault/bench.ts';
import { creditToken, MADE_TID } from '../../../core/meter/bench-meter.ts';
import { AnsweringConversation } from '../../../link/answering-conversation.ts';
import { DeliveryBench, DRN } from './delivery-bench.ts';

afterEach(closeTabs);

const VEND = '01935f2a-0000-7000-8000-000000000007';
const proposal = (drn: string): ApprovalAnswer => ({
	...{
		id: VEND,
		reason: 'why',
		wish: { kind: 'engineering', drn, wish: { kind: 'clear-tamper' } },
	},
	...{ state: 'proposed', proposedBy: 'me', proposedAtMs: NOW, expiresAtMs: NOW + 1 },
	...{ decidedBy: null, decidedAtMs: null, note: null, reserve: null },
});
const issued = (keyChange?: object): VendAnswer =>
	({
		...{ id: VEND, state: 'issued', paymentId: null },
		receipt: { issuedAtMs: NOW, ...(keyChange && { keyChange }) },
		tokens: [
			{
				...{ digits: creditToken(1, MADE_TID), kind: 'engineering', energyDeciKwh: 0 },
				...{ sequence: 1, of: 1, test: true },
			},
		],
	}) as unknown as VendAnswer;

function deskWith(api: Partial<EngineeringApi>) {
	const bench = new DeliveryBench();
	const taken: { lines: readonly QueueLine[]; wanted: WantedKey | undefined }[] = [];
	const desk = new EngineeringDesk({
		...{ ports: () => bench.ports(), api: api as EngineeringApi, locks: bench.locks, newId },
		tell: (error) => bench.told.push(error),
		take: (lines, wanted) => taken.push({ lines, wanted }),
	});
	desk.turnTo(DRN);
	return { bench, desk, taken };
}

describe('asking the office', () => {
	it('proposes with a reason, and shows what is asked for this meter only', async () => {
		const { desk } = deskWith({
			propose: async () => yes(proposal(DRN)),
			listProposals: async () =>
				yes({ approvals: [proposal(DRN), proposal('37204100004')], next: null }),
		});
		await desk.propose(DRN, { kind: 'clear-tamper' }, 'cover was loose');
		expect(desk.asked).toEqual({ kind: 'asked' });
		expect(desk.proposals).toHaveLength(1);
		await desk.look(DRN);
		expect(desk.proposals).toHaveLength(1);
		desk.turnTo('37204100004');
		expect(desk.proposals).toBeUndefined();
	});

	it('says nothing of a meter by an answer that is about the one before', async () => {
		let answer: (list: Awaited<ReturnType<EngineeringApi['listProposals']>>) => void = () => {};
		const { desk } = deskWith({
			listProposals: () => new Promise((resolve) => (answer = resolve)),
		});
		const looking = desk.look(DRN);
		desk.turnTo('37204100004');
		answer(yes({ approvals: [proposal(DRN)], next: null }));
		await looking;
		expect(desk.proposals).toBeUndefined();
	});

	it('says what the office says, and nothing where it does not answer', async () => {
		const { desk } = deskWith({
			propose: async () => no('not-allowed'),
			listProposals: async () => ({ kind: 'unknown' }),
		});
		await desk.propose(DRN, { kind: 'clear-tamper' }, 'why');
		expect(desk.asked).toMatchObject({ kind: 'problem', problem: { code: 'not-allowed' } });
		await desk.look(DRN);
		expect(desk.asked).toEqual({ kind: 'no-answer' });
	});

	it.each<[VendAnswer, string]>([
		[{ id: VEND, state: 'issuing', paymentId: null }, 'issuing'],
		[{ id: VEND, state: 'refused', paymentId: null, code: 'x', refundMinor: 0 }, 'not-made'],
		[{ id: VEND, state: 'reversed', paymentId: null, refundMinor: 0 }, 'not-made'],
		[issued(), 'fetched'],
	])('tells what became of the token: %#', async (vend, kind) => {
		const { desk, taken } = deskWith({ readVend: async () => yes(vend) });
		await desk.fetch(VEND);
		expect(desk.asked?.kind).toBe(kind);
		expect(taken).toHaveLength(kind === 'fetched' ? 1 : 0);
	});

	it('takes a key-change set with the key that it brings', async () => {
		const place = { sgc: '201457', krn: 2, ti: '01' };
		const { desk, taken } = deskWith({ askKeyChange: async () => yes(issued({ to: place })) });
		await desk.askKeyChange(DRN, NOW, 11);
		expect(taken[0]?.wanted).toMatchObject({ sgc: '201457', krn: 2, ti: 1, ea: 11, kt: 2 });
		expect(taken[0]?.lines[0]).toMatchObject({ vendId: VEND, set: VEND, place: 1 });
	});
});

describe('a relay', () => {
	it('is switched, read again and written down with the reason', async () => {
		const { bench, desk } = deskWith({});
		let closed = true;
		const conversation = new AnsweringConversation((wish) => {
			if (wish.kind === 'action') {
				closed = false;
				return { kind: 'action', outcome: { result: 0 } };
			}
			const results = [
				{ data: build.boolean(closed) },
				{ data: build.enumerated(closed ? 1 : 0) },
				{ data: build.enumerated(2) },
			];
			return { kind: 'get-list', results };
		});
		const at = { ...bench.at(), connected: { ...bench.at().connected, conversation } };
		await desk.switchRelay(at, 'disconnect', 'works on the line', {
			...{ logicalName: obis('0.0.96.3.10.255'), outOfCredit: false },
		});
		expect(desk.relay).toMatchObject({ wish: 'disconnect', verdict: 'done' });
		expect(desk.doing).toBeUndefined();
		const [deed] = await bench.deeds();
		expect(deed).toMatchObject({
			kind: 'relay-switched',
			content: { wanted: 'disconnected', before: 'connected', after: 'disconnected' },
		});
	});

	it('is left alone while another tab works on the meter', async () => {
		const { bench, desk } = deskWith({});
		let letGo = (): void => undefined;
		void bench.locks.request(
			`tokenline-meter-${DRN}`,
			{ ifAvailable: true },
			() => new Promise<void>((resolve) => (letGo = resolve)),
		);
		await desk.switchRelay(bench.at(), 'disconnect', 'why', {
			...{ logicalName: obis('0.0.96.3.10.255'), outOfCredit: false },
		});
		expect(desk.otherTab).toBe(true);
		expect(await bench.deeds()).toEqual([]);
		letGo();
	});

	it('is free for another deed where the meter cannot be taken for this tab', async () => {
		const { bench, desk } = deskWith({});
		const slip = new TypeError('a slip');
		bench.locks.request = () => Promise.reject(slip);
		await desk.switchRelay(bench.at(), 'disconnect', 'why', {
			...{ logicalName: obis('0.0.96.3.10.255'), outOfCredit: false },
		});
		expect(bench.told).toEqual([slip]);
		expect(desk.doing).toBeUndefined();
	});
});
