/**
 * Time of use (IEC 62056-6-2, class 20): the calendar, a register for each rate, and which one counts. A
 * new calendar is written into the passive half, and takes over at once or at a time.
 */
import { array, enumerated, integer, longUnsigned, structure } from '#lib/core/dlms/axdr/build.ts';
import { unsigned } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { decodeDateTime, instantOf } from '#lib/core/dlms/axdr/date-time.ts';
import { noteEvent } from '../meter-events.ts';
import { type Calendar, RATES } from '../tariff/calendar.ts';
import { activatePassive, type Tariff } from '../tariff/tariff.ts';
import { withTariff } from '../tariff/with-tariff.ts';
import {
	daysData,
	daysOf,
	nameOf,
	seasonsData,
	seasonsOf,
	TARIFF_SCRIPT,
	weeksData,
	weeksOf,
} from './calendar-data.ts';
import { type CosemAttribute, cosemObject, type CosemObject } from './cosem-object.ts';
import type { Invoked, Question, Written } from './cosem-object.ts';
import { clockData, nameData, NO_INSTANT, textData } from './cosem-values.ts';
import { hasTariff } from './presence.ts';
import { activeEnergy } from './register-objects.ts';

const RATE_NOW = '0.0.96.14.0';

/** Objects of a tariff are only in meters that have one. */
const tariffOf = ({ meter }: Question): Tariff => meter.meter.tariff as Tariff;

const active = (question: Question): Calendar => tariffOf(question).active;
const passive = (question: Question): Calendar => tariffOf(question).passive;

function take({ meter, instantMs }: Question, tariff: Tariff): { meter: typeof meter } {
	const events = noteEvent(meter.meter.events, { kind: 'parameters-changed', atMs: instantMs });
	return { meter: { ...meter, meter: withTariff({ ...meter.meter, events }, tariff, instantMs) } };
}

const writePart =
	(partOf: (data: Data) => Partial<Calendar> | undefined): NonNullable<CosemAttribute['write']> =>
	(question, data): Written => {
		const part = partOf(data);
		if (!part) return { refused: 'other-reason' };
		const tariff = tariffOf(question);
		return take(question, { ...tariff, passive: { ...tariff.passive, ...part } });
	};

const part = <Key extends keyof Calendar>(
	key: Key,
	understand: (data: Data) => Calendar[Key] | undefined,
): NonNullable<CosemAttribute['write']> =>
	writePart((data) => {
		const value = understand(data);
		return value === undefined ? undefined : { [key]: value };
	});

function writeActivation(question: Question, data: Data): Written {
	const octets = data.type === 'date-time' || data.type === 'octet-string' ? data.value : undefined;
	if (octets?.length !== 12) return { refused: 'type-unmatched' };
	// A time that names no instant takes the plan back.
	const activateAtMs = instantOf(decodeDateTime(octets)) ?? null;
	return take(question, { ...tariffOf(question), activateAtMs });
}

function activate(question: Question): Invoked {
	const activated = activatePassive(tariffOf(question));
	return activated ? take(question, activated) : { refused: 'other-reason' };
}

const WRITE = 1;

const scripts = (): Data =>
	array(
		...Array.from({ length: RATES }, (_, at) =>
			structure(
				longUnsigned(at + 1),
				array(
					structure(
						enumerated(WRITE),
						longUnsigned(1),
						nameData(RATE_NOW),
						integer(2),
						unsigned(at + 1),
					),
				),
			),
		),
	);

export const TARIFF_OBJECTS: readonly CosemObject[] = [
	...Array.from({ length: RATES }, (_, at) =>
		activeEnergy(
			`1.0.1.8.${at + 1}`,
			(question) => tariffOf(question).registersWh[at] ?? 0,
			hasTariff,
		),
	),
	cosemObject(
		1,
		RATE_NOW,
		{ 2: (question) => unsigned(tariffOf(question).rate) },
		{ presentIn: hasTariff },
	),
	cosemObject(9, TARIFF_SCRIPT, { 2: scripts }, { presentIn: hasTariff }),
	cosemObject(
		20,
		'0.0.13.0.0',
		{
			2: (question) => textData(active(question).name),
			3: (question) => seasonsData(active(question)),
			4: (question) => weeksData(active(question)),
			5: (question) => daysData(active(question)),
			6: (question) => textData(passive(question).name),
			7: (question) => seasonsData(passive(question)),
			8: (question) => weeksData(passive(question)),
			9: (question) => daysData(passive(question)),
			10: (question) => {
				const { activateAtMs } = tariffOf(question);
				return activateAtMs === null ? NO_INSTANT : clockData(activateAtMs);
			},
		},
		{
			presentIn: hasTariff,
			writes: {
				6: part('name', nameOf),
				7: part('seasons', seasonsOf),
				8: part('weeks', weeksOf),
				9: part('days', daysOf),
				10: writeActivation,
			},
			methods: [{ index: 1, lowest: 'management', invoke: activate }],
		},
	),
];
