/**
 * The keys of the demo: their attributes, known to both sides. The bytes are made inside the module by
 * chance, once per installation, and stay there. A slot never changes what it is: another key has another
 * name, so that the keys of an older installation keep theirs.
 */
import type { SlotAttributes } from './port.ts';

/** KEN 255: never expires within its base date's era. */
const NEVER = 255;
const UNIQUE = 2;

/** A key without limits, since some January. */
function slot(
	name: string,
	group: { sgc: string; publicTest: boolean },
	key: { krn: number; dkga: 2 | 4; baseYear: 1993 | 2014; sinceYear: number },
): SlotAttributes {
	const { krn, dkga, baseYear } = key;
	return {
		...{ slot: name, sgc: group.sgc, krn, kt: UNIQUE, dkga, baseYear, ken: NEVER },
		publicTest: group.publicTest,
		activeFromMs: Date.UTC(key.sinceYear, 0, 1),
		issueUntilMs: null,
		unitLimitDeciKwh: null,
	};
}

/** Supply group of the public-test estate: virtual meters only. */
export const PUBLIC_TEST_SGC = '999001';

/** Its other supply group, whose meters wait for the rollover to the 2014 base date. */
export const ROLLOVER_TEST_SGC = '999002';

const TOWN = { sgc: '400171', publicTest: false };
const HILLS = { sgc: '400284', publicTest: false };
const TEST = { sgc: PUBLIC_TEST_SGC, publicTest: true };
const ROLLOVER = { sgc: ROLLOVER_TEST_SGC, publicTest: true };

/**
 * The last of a supply group is its current one. The 1993 base date's last token number is of November
 * 2024: meters that are still on such a key are given the next one before anything else.
 */
export const DEMO_SLOTS: readonly SlotAttributes[] = [
	slot('lakeside-town-1', TOWN, { krn: 1, dkga: 2, baseYear: 1993, sinceYear: 2012 }),
	slot('lakeside-town-2', TOWN, { krn: 2, dkga: 4, baseYear: 2014, sinceYear: 2024 }),
	slot('lakeside-hills', HILLS, { krn: 3, dkga: 4, baseYear: 2014, sinceYear: 2024 }),
	slot('public-test', TEST, { krn: 1, dkga: 4, baseYear: 2014, sinceYear: 2024 }),
	slot('rollover-test-1', ROLLOVER, { krn: 1, dkga: 4, baseYear: 1993, sinceYear: 2012 }),
	slot('rollover-test-2', ROLLOVER, { krn: 2, dkga: 4, baseYear: 2014, sinceYear: 2024 }),
];
