import { describe, expect, it } from 'vitest';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { BLOCK_REASONS, UNBLOCK_REASONS, type BlockWish } from '#lib/core/vending/block-meter.ts';
import type { BlockDecision, MeterBlock } from '#lib/core/sync/wire-blocks.ts';
import { officeEn } from '#lib/core/words/office.ts';
import { decideBlockForm, deedFor, REASONS } from '#lib/ui/office/meters/block-form.ts';
import { blockFacts, deciders, reasonText, whyTwo } from '#lib/ui/office/meters/block-view.ts';
import { Meter } from '#lib/ui/office/meters/meter.svelte.ts';

const own = officeEn.officeMeters;
const DRN = '37204139796';
const decision: BlockDecision = {
	...{ id: 'a', drn: DRN, deed: 'block', reason: 'debt-dispute', note: 'Called on Monday' },
	...{ atMs: 5, by: { operatorId: 'r', name: 'Ruth' }, agreedBy: null },
};
const blocked: MeterBlock = {
	...{ drn: DRN, area: 'Hill View', ownerName: 'Esther Kiptoo', state: 'blocked', decision },
	...{ unblockNeedsTwo: false, proposal: null, decisions: [decision] },
};
const moment = (atMs: number): string => `at ${atMs}`;

describe('what can be done about a meter', () => {
	it('is to block it, or to unblock it alone or by two, or to wait', () => {
		expect(deedFor({ ...blocked, state: 'active' })).toBe('block');
		expect(deedFor(blocked)).toBe('unblock');
		expect(deedFor({ ...blocked, unblockNeedsTwo: true })).toBe('propose');
		const proposal = { id: 'p', proposedBy: 'n', proposedAtMs: 1 };
		expect(deedFor({ ...blocked, unblockNeedsTwo: true, proposal })).toBeUndefined();
	});

	it('has a reason of its own deed, and words where the name says too little', () => {
		for (const deed of ['block', 'unblock', 'propose'] as const) {
			expect(decideBlockForm(deed, { reason: '', note: 'words' })).toEqual({
				wrong: { reason: 'reason' },
			});
			expect(decideBlockForm(deed, { reason: 'other', note: ' ' })).toEqual({
				wrong: { note: 'note' },
			});
		}
		expect(decideBlockForm('block', { reason: 'mistake', note: '' })).toEqual({
			wrong: { reason: 'reason' },
		});
		expect(decideBlockForm('block', { reason: 'meter-replaced', note: '' })).toEqual({
			wish: { deed: 'block', reason: 'meter-replaced', note: '' },
		});
		const unblock = { deed: 'unblock', reason: 'mistake', note: 'Wrong house' };
		const typed = { reason: 'mistake', note: ' Wrong house ' };
		expect(decideBlockForm('unblock', typed)).toEqual({ wish: unblock });
		expect(decideBlockForm('propose', typed)).toEqual({ wish: unblock });
		// The colleague is told why.
		expect(decideBlockForm('propose', { ...typed, note: '' })).toEqual({ wrong: { note: 'note' } });
		expect(REASONS).toEqual({
			...{ block: BLOCK_REASONS, unblock: UNBLOCK_REASONS, propose: UNBLOCK_REASONS },
		});
	});
});

describe('what is said of a meter', () => {
	const detailsOf = (block: MeterBlock) =>
		Object.fromEntries(blockFacts(block, moment).map(({ term, detail }) => [term, detail]));

	it('that is blocked is since when, why and by whom', () => {
		expect(detailsOf(blocked)).toEqual({
			...{ [own.owner]: 'Esther Kiptoo', [own.area]: 'Hill View' },
			...{ [own.reason]: own.blockReasons['debt-dispute'], [own.words]: 'Called on Monday' },
			...{ [own.since]: 'at 5', [own.by]: 'Ruth' },
		});
	});

	it('whose reason nobody wrote down is that', () => {
		const facts = detailsOf({ ...blocked, decision: null, ownerName: '', area: '' });
		expect(facts).toEqual({ [own.owner]: own.noOwner, [own.reason]: own.notWritten });
		expect(whyTwo({ decision: null })).toBe(own.propose.means.unknown);
		expect(whyTwo(blocked)).toBe(own.propose.means.tampering);
	});

	it('that is sold to is whose and where', () => {
		expect(Object.keys(detailsOf({ ...blocked, state: 'active' }))).toEqual([own.owner, own.area]);
	});

	it('names both where a second person agreed', () => {
		const agreed: BlockDecision = {
			...{ id: 'b', drn: DRN, deed: 'unblock', reason: 'inspected', note: '', atMs: 6 },
			...{ by: decision.by, agreedBy: { operatorId: 'n', name: 'Neema' } },
		};
		expect(deciders(agreed)).toBe(own.byTwo('Ruth', 'Neema'));
		expect(reasonText(agreed)).toBe(own.unblockReasons.inspected);
	});
});

describe('a meter at the desk', () => {
	function bench() {
		const asked: unknown[] = [];
		const state = { block: blocked, isSilent: false, saidAtReading: [] as (string | undefined)[] };
		const answer = <T>(value: T): ApiOutcome<T> =>
			state.isSilent ? { kind: 'unknown' } : { kind: 'answer', answer: value };
		const api = {
			readBlock: async () => {
				state.saidAtReading.push(meter.done);
				return answer(state.block);
			},
			decide: async (...sent: unknown[]) => {
				asked.push(['decide', ...sent]);
				state.block = { ...blocked, state: 'active', decision: null };
				return answer(decision);
			},
			proposeUnblock: async (...sent: unknown[]) => {
				asked.push(['propose', ...sent]);
				return answer({} as never);
			},
		};
		const meter: Meter = new Meter(DRN, api, () => undefined);
		return { asked, state, meter };
	}
	const wish: BlockWish = { deed: 'unblock', reason: 'mistake', note: 'Wrong house' };

	it('is decided on, and read again', async () => {
		const { asked, state, meter } = bench();
		await meter.read();
		expect(meter.block?.state).toBe('blocked');
		expect(await meter.decide('1', 'unblock', wish)).toBe(true);
		expect(asked).toEqual([['decide', '1', DRN, wish]]);
		expect(meter).toMatchObject({ block: { state: 'active' }, done: 'unblock' });
		// Not before the screen shows what it has become.
		expect(state.saidAtReading).toEqual([undefined, undefined]);
		meter.begin();
		expect(meter.done).toBeUndefined();
	});

	it('is proposed with the reason in words', async () => {
		const { asked, meter } = bench();
		expect(await meter.decide('1', 'propose', wish)).toBe(true);
		expect(asked).toEqual([['propose', '1', DRN, 'mistake', 'Wrong house']]);
		// It is as it was; what waits is read with it.
		expect(meter).toMatchObject({ done: undefined, block: { state: 'blocked' } });
	});

	it('is not said to be anything else where no answer came, and is asked for under the same id', async () => {
		const { asked, state, meter } = bench();
		await meter.read();
		state.isSilent = true;
		expect(await meter.decide('1', 'unblock', wish)).toBe(false);
		expect(meter.deciding.trouble).toEqual({ kind: 'no-answer' });
		expect(meter).toMatchObject({ block: { state: 'blocked' }, done: undefined });
		state.isSilent = false;
		expect(await meter.decide('1', 'unblock', wish)).toBe(true);
		expect(asked[1]).toEqual(asked[0]);
	});
});
