import { describe, expect, it } from 'vitest';
import { decideKeyChangeNeed } from '#lib/server/vend/key-change-need.ts';

const HERE = { sgc: '400171', krn: 1, ti: '01' };
const meter = (ea: 7 | 11, takesThree = true) => ({
	...HERE,
	ea,
	takes_three_kct: takesThree ? 1 : 0,
});
const REVISION = { ...HERE, krn: 2 };
const INDEX = { ...HERE, ti: '02' };
const GROUP = { ...HERE, sgc: '400284', krn: 3 };

describe('the need of a key change', () => {
	it.each([
		['none where the meter is where it is to be', meter(7), HERE, { sections: 0 }],
		['two tokens for a new revision', meter(7), REVISION, { sections: 2 }],
		['two for another tariff index', meter(7), INDEX, { sections: 2 }],
		['three for another group', meter(7), GROUP, { sections: 3 }],
		['two for it in a meter that takes no third', meter(7, false), GROUP, { sections: 2 }],
		['four for a 128-bit key', meter(11), REVISION, { sections: 4 }],
		['four for it whatever changes', meter(11, false), GROUP, { sections: 4 }],
	])('%s', (_, from, to, needed) => {
		expect(decideKeyChangeNeed(from, to, 'automatic')).toEqual(needed);
	});

	it('is refused before a sale where the utility wants that', () => {
		expect(decideKeyChangeNeed(meter(7), HERE, 'refuse')).toEqual({ sections: 0 });
		expect(decideKeyChangeNeed(meter(7), INDEX, 'refuse')).toEqual({
			refusal: 'key-change-needed',
		});
	});

	it('is a need indeed when it is asked for', () => {
		expect(decideKeyChangeNeed(meter(7), REVISION, 'always')).toEqual({ sections: 2 });
		expect(decideKeyChangeNeed(meter(7), HERE, 'always')).toEqual({ refusal: 'key-change-same' });
	});
});
