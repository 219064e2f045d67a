/** Who the meter is: device name, serial number, make, clock. */
import { boolean, enumerated, integer, long, unsigned } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { decodeDateTime, instantOf } from '#lib/core/dlms/axdr/date-time.ts';
import { hasPlant } from '../plants.ts';
import type { VirtualMeter } from '../virtual-meter.ts';
import { clockAt, setClock } from './cosem-meter.ts';
import { cosemObject, type CosemObject, type Invoked, type Question } from './cosem-object.ts';
import type { Written } from './cosem-object.ts';
import { clockData, NO_INSTANT, textData } from './cosem-values.ts';

/** Three letters of no maker. */
const MAKER = 'TKL';
const NAME_OCTETS = 16;
const TITLE_OCTETS = 8;

/** The logical device name: sixteen characters, the maker's letters and the meter number. */
export function deviceName({ drn }: VirtualMeter): string {
	return MAKER + drn.padStart(NAME_OCTETS - MAKER.length, '0');
}

/** The system title: the maker's letters, then the last forty bits of the meter number. */
export function systemTitleOf(meter: Pick<VirtualMeter, 'drn' | 'plants'>): Uint8Array {
	const title = new Uint8Array(TITLE_OCTETS);
	for (let at = 0; at < MAKER.length; at += 1) title[at] = MAKER.charCodeAt(at);
	let rest = Number(meter.drn) + (hasPlant(meter, 'another-system-title') ? 1 : 0);
	for (let at = TITLE_OCTETS - 1; at >= MAKER.length; at -= 1) {
		title[at] = rest % 256;
		rest = Math.floor(rest / 256);
	}
	return title;
}

const clockOf = ({ meter, instantMs }: Question): number => clockAt(meter, instantMs);

const PLANTED_CLOCK_MS = Date.UTC(2099, 0, 1);
const YEAR_MS = 365 * 86_400_000;

/** What the clock tells, which a planted fault has run ahead to the end of the century. */
const shownClock = (question: Question): number => {
	const clockMs = clockOf(question);
	return hasPlant(question.meter.meter, 'clock-in-2099')
		? PLANTED_CLOCK_MS + (clockMs % YEAR_MS)
		: clockMs;
};

const EARLIEST_CLOCK_MS = Date.UTC(2000, 0, 1);
const LATEST_CLOCK_MS = Date.UTC(2100, 0, 1);

function adjust({ meter, instantMs }: Question, clockMs: number): Written & Invoked {
	if (clockMs < EARLIEST_CLOCK_MS || clockMs >= LATEST_CLOCK_MS)
		return { refused: 'other-reason' } as const;
	return { meter: setClock(meter, clockMs, instantMs) };
}

function writeTime(question: Question, data: Data): Written {
	const octets =
		data.type === 'date-time' || data.type === 'octet-string' ? data.value : new Uint8Array();
	if (octets.length !== 12) return { refused: 'type-unmatched' };
	const clockMs = instantOf(decodeDateTime(octets));
	return clockMs === undefined ? { refused: 'other-reason' } : adjust(question, clockMs);
}

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const MAX_SHIFT_S = 900;

/** Sets the clock to the nearest whole `stepMs`. */
const adjustTo =
	(stepMs: number) =>
	(question: Question): Invoked =>
		adjust(question, Math.round(clockOf(question) / stepMs) * stepMs);

function shiftTime(question: Question, parameter: Data | undefined): Invoked {
	if (parameter?.type !== 'long') return { refused: 'type-unmatched' };
	if (Math.abs(parameter.value) > MAX_SHIFT_S) return { refused: 'other-reason' };
	return adjust(question, clockOf(question) + parameter.value * 1000);
}

export const IDENTITY_OBJECTS: readonly CosemObject[] = [
	cosemObject(
		1,
		'0.0.42.0.0',
		{ 2: ({ meter }) => textData(deviceName(meter.meter)) },
		{ lowest: 'public' },
	),
	cosemObject(
		1,
		'0.0.96.1.0',
		{ 2: ({ meter }) => textData(meter.meter.drn) },
		{ lowest: 'public' },
	),
	cosemObject(1, '0.0.96.1.1', { 2: ({ meter }) => textData(meter.meter.preset) }),
	cosemObject(
		8,
		'0.0.1.0.0',
		{
			2: (question) => clockData(shownClock(question)),
			3: () => long(0),
			4: () => unsigned(0),
			5: () => NO_INSTANT,
			6: () => NO_INSTANT,
			7: () => integer(0),
			8: () => boolean(false),
			9: () => enumerated(1),
		},
		{
			lowest: 'public',
			writes: { 2: writeTime },
			methods: [
				{ index: 1, lowest: 'management', invoke: adjustTo(QUARTER_MS) },
				{ index: 3, lowest: 'management', invoke: adjustTo(MINUTE_MS) },
				{ index: 6, lowest: 'management', invoke: shiftTime },
			],
		},
	),
];
