/** What a person at the command line may choose about the meter's serial line: rates, pace, faults. */
import { OPENING_RATES } from '#lib/core/dlms/opening/identification.ts';
import {
	HDLC_RATES,
	LINE_FAULT_NAMES,
	LINE_FAULTS,
	type LineFaultName,
} from '#lib/link/line-faults.ts';
import type { MeterManner } from '#lib/link/meter-manner.ts';
import { choiceOf, wholeNumber } from './option-values.ts';

/** The options, as `parseArgs` wants them. */
export const LINE_OPTIONS = {
	'make-pty': { type: 'string' },
	opening: { type: 'string' },
	baud: { type: 'string' },
	pace: { type: 'boolean' },
	reaction: { type: 'string' },
	echo: { type: 'boolean' },
	'heed-baud': { type: 'boolean' },
	'line-fault': { type: 'string', multiple: true },
	'line-seed': { type: 'string' },
} as const;

export const LINE_USAGE = `  --make-pty PATH   make a terminal for --pty; needs socat
  --opening NAME    on the terminal: mode-e, or direct (HDLC at once)
  --baud N          rate of direct HDLC, or the highest that mode E announces (9600)
  --pace            octets take their time on the terminal, and answers 200 ms
  --reaction MS     … or another time, 0 to 1500
  --heed-baud       another rate than the meter's is heard as rubbish; needs --make-pty
  --echo            what a client sends comes back to it
  --line-fault NAME plant a fault in the line, as often as wanted
  --line-seed N     chance of noise in it (1)`;

/** What was chosen of the line. */
export interface LineChoices {
	/** Where to make a terminal. */
	readonly makeTerminal: string | undefined;
	readonly opening: MeterManner['opening'];
	readonly baud: number;
	readonly pace: boolean;
	readonly reactionMs: number;
	readonly heedBaud: boolean;
	readonly faults: readonly LineFaultName[];
	readonly seed: number;
}

/** The values of the options, as `parseArgs` gives them. */
export type LineOptionValues = {
	readonly [Name in keyof typeof LINE_OPTIONS]?: Name extends 'line-fault'
		? string[]
		: (typeof LINE_OPTIONS)[Name]['type'] extends 'boolean'
			? boolean
			: string;
};

const OPENINGS = ['mode-e', 'direct'] as const;
const DEFAULT_BAUD = 9600;
const USUAL_REACTION_MS = 200;
/** The longest a meter may take (IEC 62056-21, 6.3). */
const LONGEST_REACTION_MS = 1500;
const MAX_SEED = 0xffff_ffff;

/** The choices about the line. @throws {Error} a sentence */
export function parseLineChoices(values: LineOptionValues): LineChoices {
	const { opening = 'direct', baud, pace = false, reaction, echo = false } = values;
	const names = values['line-fault'] ?? [];
	const faults = names.map((name) => choiceOf(name, LINE_FAULT_NAMES, 'line-fault'));
	for (const name of faults) refuseImpossible(name);
	const makes = values['make-pty'];
	const heedBaud = values['heed-baud'] ?? false;
	if (heedBaud && makes === undefined)
		throw new Error('--heed-baud needs --make-pty: the rate of another terminal is not seen');
	const way = choiceOf(opening, OPENINGS, 'opening');
	return {
		makeTerminal: makes,
		opening: way,
		baud: baud === undefined ? DEFAULT_BAUD : rateOf(baud, way),
		pace,
		reactionMs:
			reaction === undefined
				? reactionOf(faults, pace)
				: wholeNumber(reaction, LONGEST_REACTION_MS, 'reaction'),
		heedBaud,
		faults: echo ? ['echo', ...faults] : faults,
		seed: wholeNumber(values['line-seed'] ?? '1', MAX_SEED, 'line-seed'),
	};
}

function rateOf(text: string, opening: MeterManner['opening']): number {
	const rates: readonly number[] = opening === 'mode-e' ? OPENING_RATES : HDLC_RATES;
	const baud = Number(text);
	if (!rates.includes(baud))
		throw new Error(`--baud must be one of ${rates.join(', ')}, not ${text}`);
	return baud;
}

/** A terminal carries eight bits and no parity beside them, and does not tell when it is opened. */
function refuseImpossible(name: LineFaultName): void {
	const { manner, probe } = LINE_FAULTS[name];
	if (probe?.stutter)
		throw new Error(`--line-fault ${name} is about a port that is opened, which is not seen here`);
	if (manner?.hdlcForm)
		throw new Error(`--line-fault ${name} is about a parity bit, which a terminal does not have`);
}

function reactionOf(faults: readonly LineFaultName[], pace: boolean): number {
	const slow = faults.findLast((name) => LINE_FAULTS[name].manner?.reactionMs !== undefined);
	return slow ? (LINE_FAULTS[slow].manner?.reactionMs ?? 0) : pace ? USUAL_REACTION_MS : 0;
}
