/**
 * The keys of the demo: their attributes, known to both sides. The bytes are made inside the module by
 * chance, once per installation, and stay there.
 */
import type { SlotAttributes } from './port.ts';

/** KEN 255: never expires within its base date's era. */
const NEVER = 255;
const UNIQUE = 2;
const UNLIMITED = {
	activeFromMs: Date.UTC(2024, 0, 1),
	issueUntilMs: null,
	unitLimitDeciKwh: null,
} as const;

/** Supply group of the public-test estate: virtual meters only. */
export const PUBLIC_TEST_SGC = '999001';

export const DEMO_SLOTS: readonly SlotAttributes[] = [
	{
		slot: 'lakeside-town',
		sgc: '400171',
		krn: 1,
		kt: UNIQUE,
		dkga: 2,
		baseYear: 2014,
		ken: NEVER,
		publicTest: false,
		...UNLIMITED,
	},
	{
		slot: 'lakeside-hills',
		sgc: '400284',
		krn: 3,
		kt: UNIQUE,
		dkga: 4,
		baseYear: 2014,
		ken: NEVER,
		publicTest: false,
		...UNLIMITED,
	},
	{
		slot: 'public-test',
		sgc: PUBLIC_TEST_SGC,
		krn: 1,
		kt: UNIQUE,
		dkga: 4,
		baseYear: 2014,
		ken: NEVER,
		publicTest: true,
		...UNLIMITED,
	},
];
