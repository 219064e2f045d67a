/** The public client's reading of who a meter is. */
import type { AttributeTarget } from '#lib/core/dlms/apdu/target.ts';
import {
	type PublicFacts,
	publicFactsOf,
	publicTargets,
} from '#lib/core/field/identity/meter-identity.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { type Asker, type Interruption, isRead, readAttributes } from './read-attributes.ts';
import type { Timer } from './transport.ts';

/** Classes that hold an invocation counter besides class 1, by maker. */
const OTHER_COUNTER_CLASSES = [3, 4];

/**
 * What the meter tells everybody, and when it was told. `counter` is where it has the invocation counter;
 * `counterNeeded`: it is looked for in every class that may hold it.
 */
export async function readIdentity(
	asker: Asker,
	counter: Obis,
	counterNeeded: boolean,
	timer: Timer,
): Promise<{ readonly facts: PublicFacts; readonly atMs: number } | Interruption> {
	const targets = publicTargets(counter);
	const results = await readAttributes(asker, targets);
	if (!isRead(results)) return results;
	const atMs = timer.nowMs();
	const facts = publicFactsOf(results);
	if (facts.counter !== undefined || !counterNeeded) return { facts, atMs };
	const target = targets[3] as AttributeTarget;
	for (const classId of OTHER_COUNTER_CLASSES) {
		const again = await readAttributes(asker, [{ ...target, classId }]);
		if (!isRead(again)) return again;
		const found = publicFactsOf([...results.slice(0, 3), ...again]);
		if (found.counter !== undefined) return { facts: found, atMs };
	}
	return { facts, atMs };
}
