import { expect, it } from 'vitest';
import { lineOfDigits, takeQueue } from '#lib/core/sync/proofs/queue.ts';
import { deliveredOf } from '#lib/ui/technician/view/job-progress.ts';
import { creditToken, MADE_TID } from '../../../core/meter/bench-meter.ts';
import { VIRTUAL } from '../../../link/cut-line.ts';

const DRN = '12345678903';
const digits = [60, 61].map((minute) => creditToken(500, MADE_TID + minute));
const meter = {
	drn: DRN,
	tokens: digits.map((each) => ({ digits: each })),
} as unknown as Parameters<typeof deliveredOf>[0];
const row = (drn: string, snapshot: string) => ({
	...({ drn, snapshot, schema: 1, revision: 1, updatedAtMs: 1 } as const),
});

it('counts the tokens of a job that its meter has taken here', () => {
	const plan = takeQueue(undefined, DRN, VIRTUAL, digits.map(lineOfDigits));
	if ('refused' in plan) throw new Error(plan.refused);
	const field = { ...plan.field, settled: [digits[0]] };
	expect(deliveredOf(meter, [row(DRN, JSON.stringify(field))])).toBe(1);
	expect(deliveredOf(meter, [row('other', JSON.stringify(field))])).toBe(0);
	expect(deliveredOf(meter, [row(DRN, '{')])).toBe(0);
});
