/** 20 November 2026, 09:30 in Nairobi: when the tests' shops are made. */
export const MORNING_MS = Date.UTC(2026, 10, 20, 6, 30);

/** Of a demo that begins with it. */
export const MORNING = { beginsMs: MORNING_MS, todayMs: MORNING_MS } as const;
