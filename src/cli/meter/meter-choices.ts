/** What a person at the command line may choose about the meter itself: its make, its debts, its faults. */
import { TOKEN_ENCODINGS, type TokenEncoding } from '#lib/core/dlms/profile/meter-profile.ts';
import {
	type GatewaySettings,
	MAX_PROCESSING_MS,
	USUAL_GATEWAY,
} from '#lib/core/meter/cosem/gateway.ts';
import { PLANT_NAMES, type PlantName } from '#lib/core/meter/plants.ts';
import { PRESET_NAMES, type PresetName } from '#lib/core/meter/presets.ts';
import type { MeterMaking } from '#lib/core/meter/virtual-meter.ts';
import { WHOLE_TOKEN } from '#lib/core/meter/charge.ts';
import type { Ea } from '#lib/core/sts/algorithms.ts';
import { choiceOf, listOf, wholeNumber } from './option-values.ts';

/** The options, as `parseArgs` wants them. */
export const METER_OPTIONS = {
	preset: { type: 'string' },
	ea: { type: 'string' },
	emergency: { type: 'string' },
	debt: { type: 'string' },
	plant: { type: 'string', multiple: true },
	processing: { type: 'string' },
	progress: { type: 'boolean' },
	'silent-enter': { type: 'boolean' },
	encodings: { type: 'string' },
} as const;

export const METER_USAGE = `  --preset NAME     make of a new meter: ${PRESET_NAMES.join(', ')}
  --ea 7|11         algorithm of the built-in meter (7)
  --emergency WH    emergency credit of a new meter
  --debt WH:RULE    debt of a new meter: 3000:25% of each token, or 3000:400/day
  --plant NAME      plant a fault, as often as wanted; "none" takes all away
  --processing S    a token waits so long before it is carried out
  --progress        and the status tells how far it has come
  --silent-enter    enter returns nothing; the status is to be read
  --encodings LIST  what enter takes, of ${TOKEN_ENCODINGS.join(',')} (all)`;

/** What was chosen; undefined: nothing was said. */
export interface MeterChoices {
	readonly preset: PresetName | undefined;
	readonly ea: Ea | undefined;
	readonly emergencyWh: number | undefined;
	readonly debt: MeterMaking['debt'];
	readonly plants: readonly PlantName[] | undefined;
	readonly gateway: GatewaySettings | undefined;
}

/** The values of the options, as `parseArgs` gives them. */
export type MeterOptionValues = {
	readonly [Name in keyof typeof METER_OPTIONS]?: Name extends 'plant'
		? string[]
		: (typeof METER_OPTIONS)[Name]['type'] extends 'boolean'
			? boolean
			: string;
};

/** The largest amount that a credit register shows, Wh. */
const MAX_AMOUNT_WH = 9_999_999_900;

/** "3000:25%" or "3000:400/day". */
function debtOf(text: string): NonNullable<MeterMaking['debt']> {
	const [, owed, amount, unit] = /^(\d+):(\d+)(%|\/day)$/.exec(text) ?? [];
	if (owed === undefined || amount === undefined)
		throw new Error(`--debt must look like 3000:25% or 3000:400/day, not ${text}`);
	const owedWh = wholeNumber(owed, MAX_AMOUNT_WH, 'debt');
	if (unit === '/day') {
		const amountWh = wholeNumber(amount, MAX_AMOUNT_WH, 'debt', 1);
		return { rule: { kind: 'per-day', amountWh }, owedWh };
	}
	const proportion = (wholeNumber(amount, 100, 'debt', 1) * WHOLE_TOKEN) / 100;
	return { rule: { kind: 'per-token', proportion }, owedWh };
}

const plantsOf = (names: readonly string[]): readonly PlantName[] =>
	names.includes('none') ? [] : names.map((name) => choiceOf(name, PLANT_NAMES, 'plant'));

/** The gateway, where anything about it was said. */
function gatewayOf(values: MeterOptionValues): GatewaySettings | undefined {
	const { processing, progress, encodings } = values;
	const silent = values['silent-enter'];
	if ([processing, progress, encodings, silent].every((value) => value === undefined))
		return undefined;
	const seconds = wholeNumber(processing ?? '0', MAX_PROCESSING_MS / 1000, 'processing');
	if (progress && seconds === 0) throw new Error('--progress needs --processing SECONDS');
	return {
		processingMs: seconds * 1000,
		showsProgress: progress ?? false,
		returnsStatus: !silent,
		encodings:
			encodings === undefined
				? USUAL_GATEWAY.encodings
				: listOf<TokenEncoding>(encodings, TOKEN_ENCODINGS, 'encodings'),
	};
}

/** The choices of a command line. @throws {Error} a sentence */
export function parseMeterChoices(values: MeterOptionValues): MeterChoices {
	const { preset, ea, emergency, debt, plant } = values;
	return {
		preset: preset === undefined ? undefined : choiceOf(preset, PRESET_NAMES, 'preset'),
		ea: ea === undefined ? undefined : (Number(choiceOf(ea, ['7', '11'], 'ea')) as Ea),
		emergencyWh:
			emergency === undefined ? undefined : wholeNumber(emergency, MAX_AMOUNT_WH, 'emergency'),
		debt: debt === undefined ? undefined : debtOf(debt),
		plants: plant && plantsOf(plant),
		gateway: gatewayOf(values),
	};
}
