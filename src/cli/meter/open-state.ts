/** The meter that a command line asks for: out of its file, or new. */
import type { StoredCosemMeter } from '#lib/core/meter/cosem/cosem-json.ts';
import { type CosemMeter, withGateway } from '#lib/core/meter/cosem/cosem-meter.ts';
import { withPlants } from '#lib/core/meter/plants.ts';
import { powerUp } from '#lib/core/meter/virtual-meter.ts';
import type { Choices } from './choices.ts';
import { fetchMaking } from './provision.ts';
import { readState } from './state-file.ts';
import { startMeter, testMeter } from './test-meter.ts';

/** The meter that was kept, switched on again, with what was chosen for it now. */
function wake(kept: StoredCosemMeter, { drn, meter: chosen }: Choices, nowMs: number): CosemMeter {
	const { meter } = kept.meter;
	if (drn !== undefined && drn !== meter.drn)
		throw new Error(`the state file holds meter ${meter.drn}, not ${drn}`);
	if (chosen.preset !== undefined && chosen.preset !== meter.preset)
		throw new Error(`the state file holds a meter of make ${meter.preset}, not ${chosen.preset}`);
	const planted = chosen.plants ? withPlants(meter, chosen.plants) : meter;
	const woken = { ...kept.meter, meter: powerUp(planted, nowMs) };
	return chosen.gateway ? withGateway(woken, chosen.gateway, nowMs) : woken;
}

/**
 * The meter of the state file, or a new one.
 * @throws {Error} a sentence: a file that is none, choices that contradict it, no answer from the backend
 */
export async function openState(choices: Choices, nowMs: number): Promise<StoredCosemMeter> {
	const kept = choices.stateFile === undefined ? undefined : readState(choices.stateFile);
	if (kept) return { ...kept, meter: wake(kept, choices, nowMs) };
	const { ea, preset, emergencyWh, debt, plants, gateway } = choices.meter;
	if (ea !== undefined && choices.drn !== undefined)
		throw new Error('--ea is for the built-in meter; another has its algorithm in its papers');
	const papers =
		choices.drn === undefined ? testMeter(ea) : await fetchMaking(choices.backend, choices.drn);
	const making = {
		...papers,
		...(preset && { preset }),
		...(emergencyWh !== undefined && { emergencyWh }),
		...(debt && { debt }),
		...(plants && { plants }),
	};
	return { meter: startMeter(making, choices.loadsW, nowMs, gateway), counters: {} };
}
