/** Makes of meter as a person chooses them: phases, how it is paid, rates. */
import { PRESET_NAMES, presetOf, type Preset, type PresetName } from '#lib/core/meter/presets.ts';

/** What tells one make from another. */
export type Make = Pick<Preset, 'phases' | 'mode' | 'rates'>;

/** The choices, row by row. */
export const PHASES = [1, 3] as const satisfies readonly Make['phases'][];
export const MODES = ['prepayment', 'credit'] as const satisfies readonly Make['mode'][];
export const RATES = [1, 8] as const satisfies readonly Make['rates'][];

export function makeOf(name: PresetName): Make {
	const { phases, mode, rates } = presetOf(name);
	return { phases, mode, rates };
}

/** The preset of a make. Every combination is one. */
export function presetNameOf({ phases, mode, rates }: Make): PresetName {
	const found = PRESET_NAMES.find((name) => {
		const preset = presetOf(name);
		return preset.phases === phases && preset.mode === mode && preset.rates === rates;
	});
	if (!found) throw new RangeError('there is no such make');
	return found;
}
