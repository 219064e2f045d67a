/** Somebody at a till of a bench, with a vault of their own; the PIN is as cheap as it may be. */
import { v7 as uuidV7 } from 'uuid';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import type { OperatorHereRow } from '#lib/browser/store/agent-rows.ts';
import { choosePin } from '#lib/browser/sync/till-people.ts';
import { OperatorKeys } from '#lib/browser/vault/operator-keys.ts';
import { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import { stretchHere } from '#lib/browser/vault/stretch.ts';

const CHEAP = { N: 2, r: 1, p: 1 };

export interface BenchAgent {
	readonly operator: OperatorHereRow;
	readonly operatorKeys: OperatorKeys;
}

export async function openBenchAgent(store: AgentStore, operatorId: string): Promise<BenchAgent> {
	const clock = await SeenClock.open(store, {
		nowMs: () => Date.now(),
		tickMs: () => performance.now(),
	});
	const person = { operatorId, login: 'bench', name: 'Bench' };
	const chosen = await choosePin(
		{
			...{ store, clock, cost: CHEAP, newId: uuidV7, nowMs: () => Date.now() },
			stretch: async (pin, salt, cost) => stretchHere(pin, salt, cost),
		},
		person,
		'482917',
	);
	if (chosen.kind !== 'chosen') throw new Error(`no PIN: ${chosen.kind}`);
	const { operator, vault } = chosen;
	return { operator, operatorKeys: new OperatorKeys(vault) };
}
