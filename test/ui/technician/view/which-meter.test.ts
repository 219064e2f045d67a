import { describe, expect, it } from 'vitest';
import { lineOfDigits, takeQueue } from '#lib/core/sync/proofs/queue.ts';
import {
	deliveryOfSet,
	sectionsOf,
	wantedKeyOf,
	withoutSet,
} from '#lib/ui/technician/view/key-set.ts';
import { otherUnfinished, pickShown } from '#lib/ui/technician/view/which-meter.ts';
import type { Delivery, TokenState } from '#lib/core/field/delivery/delivery.ts';
import { keyRows, keyTone } from '#lib/ui/technician/tokens/key-rows.ts';
import { beginKeyRun } from '#lib/core/field/engineering/key-run.ts';
import { keyChange } from '../../../core/meter/bench-meter.ts';
import { VIRTUAL } from '../../../link/cut-line.ts';

const set = keyChange().map((digits, at) => ({
	...lineOfDigits(digits),
	...({ kind: 'key-change', set: 'vend', place: at + 1 } as const),
}));
function fieldOf(...states: TokenState[]) {
	const plan = takeQueue(undefined, '12345678903', VIRTUAL, set);
	if ('refused' in plan) throw new Error(plan.refused);
	const { delivery } = plan.field;
	const tokens = delivery.tokens.map((token, at) => ({
		...token,
		state: states[at] ?? token.state,
	}));
	return { ...plan.field, delivery: { ...delivery, tokens } as Delivery };
}
const left: TokenState = { phase: 'left' };
const row = (drn: string, snapshot: string) => ({
	...({ drn, snapshot, schema: 1, revision: 1, updatedAtMs: 1 } as const),
});

describe('which meter is shown', () => {
	const open = row('1', JSON.stringify(fieldOf()));
	const done = row('2', JSON.stringify(fieldOf(left, left)));
	const damaged = row('3', '{');

	it('is the last one whose tokens are not done; what cannot be read is not done', () => {
		expect(pickShown([done, open])).toBe('1');
		expect(pickShown([damaged, open])).toBe('3');
		expect(pickShown([done])).toBeUndefined();
		expect(otherUnfinished([open, done, damaged], '1').map(({ drn }) => drn)).toEqual(['3']);
	});
});

describe('a key-change set', () => {
	const refused: TokenState = { phase: 'not-taken', result: 'object-undefined' };

	it('ends as its sections do', () => {
		expect(deliveryOfSet(fieldOf())).toBeUndefined();
		expect(deliveryOfSet(fieldOf(refused))).toBe('refused');
		expect(deliveryOfSet(fieldOf(left, left))).toBe('unknown');
		expect(sectionsOf(fieldOf())).toHaveLength(2);
	});

	it('can be left out where it was not begun', () => {
		const phases = withoutSet(fieldOf()).delivery.tokens.map(({ state }) => state.phase);
		expect(phases).toEqual(['left', 'left']);
	});

	it('is shown with the key before, wanted and after, part by part', () => {
		const wanted = wantedKeyOf({ sgc: '201457', krn: 2, ti: '01' }, 7, null);
		expect(wanted).toMatchObject({ ti: 1, kt: 2 });
		const begun = beginKeyRun({ drn: '12345678903', wanted, tokens: 2, rollover: false });
		const run = { ...begun, before: { krn: 1, ken: 5 }, after: { krn: 2 } };
		const rows = keyRows(run);
		expect(rows[1]).toEqual({
			...{ label: 'Key revision', before: '1', wanted: '2', after: '2', moved: true },
		});
		expect(rows[4]).toMatchObject({ before: '5', wanted: '–', after: 'not told', moved: false });
		expect(keyRows(begun)[0]?.before).toBe('not read yet');
		expect(keyTone('other-than-wanted')).toBe('bad');
	});
});
