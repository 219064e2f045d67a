/** The parts of an open desk put together, and what they hear of the backend beside the journal. */
import { readTill } from '#lib/browser/store/agent-outbox.ts';
import type { Keeping } from '#lib/browser/device/keeping.ts';
import { OperatorKeys } from '#lib/browser/vault/operator-keys.ts';
import type { TariffPackRefusal } from '#lib/core/vending/till-refusals.ts';
import type { Connection } from './connection.ts';
import type { TillHere } from './till-here.ts';
import { hearEarlier } from './till-earlier.ts';
import { freshenPack } from './till-pack.ts';
import { isStillTheirs } from './till-people.ts';
import { hearBatches } from './till-reconcile.ts';
import type { TillDeskPorts, TillParts } from './till-ports.ts';
import type { TillRunnerPorts } from './till-runner.ts';

/** Who stands at which till. */
export type DeskHere = TillHere & Pick<TillParts, 'clock' | 'operator' | 'vault'>;

/** What the desk knows of itself at this moment. */
export interface Standing {
	connection: Connection;
	packRefused: TariffPackRefusal | null;
	keeping: Keeping;
	/** Hearing of packs and clocks, one at a time. */
	hear: Promise<void> | undefined;
	/** Something more was heard while it was at it. */
	hearAgain: boolean;
	/** When the offset of the clock was heard that is in use; null: at the enrolment; undefined: none yet. */
	heardAtMs: number | null | undefined;
	/** When the backend was last asked about a closed batch, by its id. */
	readonly batchesAsked: Map<string, number>;
	/** When the backend was last asked about a sale of an earlier enrolment, by its id. */
	readonly earlierAsked: Map<string, number>;
}

export function partsOf(
	{ store, timer, newId, random, locks, keeping, clocks }: TillDeskPorts,
	{ clock, operator, vault, api, keys, till, offsetMs }: DeskHere,
	standing: Standing,
	kick: () => void,
): TillParts {
	const { terminalId } = till;
	const nowMs = () => clock.nowMs() - (clock.offsetMs ?? 0);
	return {
		...{ store, timer, newId, random, locks, keeping, api, operator, vault, clock, kick },
		...{ operatorKeys: new OperatorKeys(vault), tillKeys: keys },
		nowMs,
		serverMs: () => clock.nowMs(),
		connection: () => standing.connection,
		// There is one for as long as the desk is open: an enrolment keeps its row, and a wipe too.
		terminal: async () => (await readTill(store)) ?? till,
		journal: {
			...{ store, keys, terminalId, newId, locks },
			// Not the clock on the wall: a sale would age by as much as somebody has set that back. And the offset
			// that belongs to it.
			...{ nowMs, offsetMs: () => clock.offsetMs ?? offsetMs() },
		},
		wallMs: clocks.nowMs,
	};
}

export function runnerPorts(
	{ store, timer, locks, chance, probe, watch, leaveWord, clocks }: TillDeskPorts,
	{ keys, api }: DeskHere,
): TillRunnerPorts {
	const world = { store, timer, locks, chance, probe, watch, leaveWord };
	return { ...world, keys, api, nowMs: clocks.nowMs };
}

/** Takes in what the runner heard: the backend's clock, and that there are other prices. */
export function freshen(parts: TillParts, standing: Standing): void {
	if (standing.hear) {
		// What was heard meanwhile may be newer than what is looked at now.
		standing.hearAgain = true;
		return;
	}
	standing.hearAgain = false;
	standing.hear = hearAll(parts, standing)
		// The next word of the runner begins it again.
		.catch(() => undefined)
		.finally(() => {
			standing.hear = undefined;
			if (standing.hearAgain) freshen(parts, standing);
		});
}

async function hearAll(parts: TillParts, standing: Standing): Promise<void> {
	const { heardAtMs, offsetMs } = await parts.terminal();
	if (offsetMs !== null && heardAtMs !== standing.heardAtMs) {
		await parts.clock.hear(parts.wallMs() + offsetMs);
		standing.heardAtMs = heardAtMs;
	}
	const outcome = await freshenPack(parts);
	// Whoever was shut out by it, here or in another tab, is locked out at once.
	if (parts.vault.isOpen()) await isStillTheirs(parts);
	if (outcome.kind === 'refused') standing.packRefused = outcome.because;
	else if (outcome.kind !== 'unknown') standing.packRefused = null;
	await hearBatches(parts, standing.batchesAsked);
	await hearEarlier(parts, standing.earlierAsked);
}
