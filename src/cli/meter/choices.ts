/** What `npm run meter` is asked for on its command line. */
import { parseArgs } from 'node:util';
import { MAX_LOAD_W } from '#lib/core/meter/supply.ts';
import { LINE_OPTIONS, LINE_USAGE, type LineChoices, parseLineChoices } from './line-choices.ts';
import {
	METER_OPTIONS,
	METER_USAGE,
	type MeterChoices,
	parseMeterChoices,
} from './meter-choices.ts';
import { wholeNumber } from './option-values.ts';
import { TEST_METER, USUAL_LOAD_W } from './test-meter.ts';

export const USAGE = `Usage: npm run meter -- [--wrapper PORT] [--hdlc-tcp PORT] [--pty PATH]
  --wrapper PORT    DLMS in the TCP wrapper (usual: 4059)
  --hdlc-tcp PORT   DLMS in HDLC frames over TCP (usual: 4060)
  --pty PATH        DLMS in HDLC frames on a terminal that exists already
  --host ADDRESS    where the ports are bound (127.0.0.1)
  --drn NUMBER      be this public-test meter; asks the backend for it
  --backend URL     where the backend is (http://localhost:4180)
  --load WATTS      load that is connected (${USUAL_LOAD_W}), or one for each phase: 300,200,0
  --state FILE      keep the meter in a file; without it, it is forgotten at the end
${METER_USAGE}
${LINE_USAGE}`;

/** A command line that was understood. */
export interface Choices {
	readonly wrapperPort: number | undefined;
	readonly hdlcPort: number | undefined;
	readonly terminal: string | undefined;
	readonly host: string;
	/** The meter number asked for; undefined: the built-in one. */
	readonly drn: string | undefined;
	readonly backend: string;
	/** One number for all phases together, or one for each. */
	readonly loadsW: readonly number[];
	readonly stateFile: string | undefined;
	readonly meter: MeterChoices;
	readonly line: LineChoices;
}

const MAX_PORT = 65_535;

const PHASES = 3;

function loadsOf(text: string): readonly number[] {
	const words = text.split(',');
	if (words.length === 1) return [wholeNumber(text, MAX_LOAD_W * PHASES, 'load')];
	if (words.length !== PHASES)
		throw new Error('--load has one number, or one for each of 3 phases');
	return words.map((word) => wholeNumber(word, MAX_LOAD_W, 'load'));
}

/** The choices of a command line; undefined where it asks for help. @throws {Error} a sentence */
export function parseChoices(words: readonly string[]): Choices | undefined {
	const { values } = parseArgs({
		args: [...words],
		options: {
			wrapper: { type: 'string' },
			'hdlc-tcp': { type: 'string' },
			pty: { type: 'string' },
			host: { type: 'string', default: '127.0.0.1' },
			drn: { type: 'string' },
			backend: { type: 'string' },
			load: { type: 'string', default: String(USUAL_LOAD_W) },
			state: { type: 'string' },
			...METER_OPTIONS,
			...LINE_OPTIONS,
			help: { type: 'boolean', short: 'h' },
		},
	});
	const { wrapper, pty, host, backend, load, state, help } = values;
	const hdlc = values['hdlc-tcp'];
	const line = parseLineChoices(values);
	if (pty !== undefined && line.makeTerminal !== undefined)
		throw new Error('--pty opens a terminal and --make-pty makes one; only one of them at a time');
	const places = [wrapper, hdlc, pty, line.makeTerminal];
	if (help || places.every((place) => place === undefined)) return undefined;
	if (backend !== undefined && !URL.canParse(backend))
		throw new Error(`--backend must be an address such as http://localhost:4180, not ${backend}`);
	// The built-in meter needs no backend, unless one was named for it.
	const drn = values.drn === TEST_METER.drn && backend === undefined ? undefined : values.drn;
	return {
		wrapperPort: wrapper === undefined ? undefined : wholeNumber(wrapper, MAX_PORT, 'wrapper'),
		hdlcPort: hdlc === undefined ? undefined : wholeNumber(hdlc, MAX_PORT, 'hdlc-tcp'),
		terminal: pty,
		host,
		drn,
		backend: backend ?? 'http://localhost:4180',
		loadsW: loadsOf(load),
		stateFile: state,
		meter: parseMeterChoices(values),
		line,
	};
}
