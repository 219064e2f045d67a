/** Facts for the reject doctor where nothing is known but the token. */
import type { RejectFacts } from '#lib/core/vending/reject-doctor/diagnose.ts';

export const HERE = '12345678903';

export function factsOf(digits: string, more: Partial<RejectFacts> = {}): RejectFacts {
	return {
		...{ saying: 'refused', digits, isKeyPart: false, drn: HERE, keySet: 'none', others: [] },
		...{ takenBefore: false, newerTaken: false, refusals: 1 },
		...{ lockedBeforeMs: 0, lockedUntilMs: 0, nowMs: 1_000_000 },
		...more,
	};
}
