/** Hand-made profiles that answer at once: of any length, in any order, moving while they are read. */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import {
	dateTimeOf,
	decodeDateTime,
	encodeDateTime,
	instantOf,
} from '#lib/core/dlms/axdr/date-time.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { captureObjectData, profileSelectionOf } from '#lib/core/dlms/cosem/selection.ts';
import { scalerUnitData } from '#lib/core/dlms/cosem/scaled.ts';
import type { AttributeTarget } from '#lib/core/dlms/apdu/target.ts';
import {
	confirmProfile,
	nextProfileStep,
	takeProfileAnswer,
} from '#lib/core/field/profile-reading/profile-steps.ts';
import {
	parseProfileReading,
	type ProfileReading,
} from '#lib/core/field/profile-reading/reading-state.ts';
import type { ProfileRow } from '#lib/core/field/profile-reading/rows.ts';
import { type Answering, TableMeter } from '../answering.ts';

export const PROFILE = obis('1.0.99.1.0');
export const START_MS = Date.UTC(2026, 0, 1);
export const PERIOD_S = 900;

export const capture = (classId: number, name: string, attribute: number, dataIndex = 0): Data =>
	captureObjectData({ classId, logicalName: obis(name), attribute, dataIndex });

const COLUMNS = build.array(capture(8, '0.0.1.0.0', 2), capture(3, '1.0.1.8.0', 2));

export interface ProfileMaking {
	/** Rows captured so far. */
	count: number;
	/** Of those, how many the meter keeps. */
	readonly capacity?: number;
	readonly sortMethod?: number;
	readonly periodS?: number;
	readonly columns?: Data;
	/** The time and value of row `index`, 0 the oldest ever. */
	readonly row?: (index: number) => readonly Data[];
	/** Answers a code instead of a selection of this kind. */
	readonly refuses?: readonly ('range' | 'entries' | 'whole')[];
	/** Gives everything, whatever is selected. */
	readonly ignoresSelection?: boolean;
	/** Rows captured by themselves before each answer of rows. */
	readonly capturesEachTime?: number;
}

export const instantOfRow = (index: number, periodS = PERIOD_S): number =>
	START_MS + index * periodS * 1000;

export const timeData = (atMs: number, deviation = 0): Data =>
	build.octetString(encodeDateTime(dateTimeOf(atMs, deviation)));

const usualRow = (index: number): readonly Data[] => [
	timeData(instantOfRow(index)),
	build.doubleLongUnsigned(index),
];

const TEMPORARILY_NOT = 250;

/** A meter with one profile. Entry 1 is the oldest, or with sort method 2 the newest. */
export class ProfileMeter {
	readonly making: ProfileMaking;
	readonly table: TableMeter;
	/** Rows of each answer. */
	readonly given: number[] = [];
	readonly ways: string[] = [];

	constructor(making: ProfileMaking) {
		this.making = making;
		const { columns = COLUMNS, sortMethod = 1, periodS = PERIOD_S } = making;
		this.table = new TableMeter({
			'7/1.0.99.1.0/2': (target) => this.#buffer(target),
			'7/1.0.99.1.0/3': columns,
			'7/1.0.99.1.0/4': build.doubleLongUnsigned(periodS),
			'7/1.0.99.1.0/5': build.enumerated(sortMethod),
			'7/1.0.99.1.0/7': () => build.doubleLongUnsigned(this.#inUse()),
			'3/1.0.1.8.0/3': scalerUnitData({ scaler: 1, unit: 30 }),
		});
	}

	readonly answer: Answering = (wish) => this.table.answer(wish);

	#inUse(): number {
		return Math.min(this.making.count, this.making.capacity ?? Infinity);
	}

	/** Index of the oldest row kept. */
	get oldest(): number {
		return this.making.count - this.#inUse();
	}

	#buffer(target: AttributeTarget): Data | number {
		this.making.count += this.making.capturesEachTime ?? 0;
		const asked = target.selection && profileSelectionOf(target.selection);
		const way = target.selection ? (asked?.kind ?? 'bad') : 'whole';
		this.ways.push(way);
		if (this.making.refuses?.includes(way as 'range')) return TEMPORARILY_NOT;
		const rows = this.#select(asked);
		this.given.push(rows.length);
		return build.array(...rows.map((index) => build.structure(...this.#row(index))));
	}

	#row(index: number): readonly Data[] {
		return (this.making.row ?? usualRow)(index);
	}

	#select(asked: ReturnType<typeof profileSelectionOf>): number[] {
		const inUse = this.#inUse();
		const newestFirst = this.making.sortMethod === 2;
		const at = (entry: number) =>
			newestFirst ? this.making.count - entry : this.oldest + entry - 1;
		const numbers = (from: number, to: number) =>
			Array.from({ length: Math.max(0, to - from + 1) }, (_, each) => at(from + each));
		if (!asked || this.making.ignoresSelection) return numbers(1, inUse);
		if (asked.kind === 'entries')
			return numbers(Math.max(1, asked.fromEntry), Math.min(asked.toEntry || inUse, inUse));
		const bound = (data: Data) =>
			instantOf(decodeDateTime((data as { value: Uint8Array }).value)) ?? NaN;
		const periodMs = (this.making.periodS ?? PERIOD_S) * 1000;
		const first = Math.ceil((bound(asked.from) - START_MS) / periodMs);
		const last = Math.floor((bound(asked.to) - START_MS) / periodMs);
		const [low, high] = [Math.max(first, this.oldest), Math.min(last, this.making.count - 1)];
		const rows = Array.from({ length: Math.max(0, high - low + 1) }, (_, each) => low + each);
		return newestFirst ? rows.toReversed() : rows;
	}
}

export interface ReadOut {
	readonly reading: ProfileReading;
	readonly rows: ProfileRow[];
	readonly questions: number;
}

/**
 * Reads on until there is nothing to ask, or `most` questions were asked; after each answer the state goes
 * through JSON, as it would between two visits.
 */
export function readOut(
	from: ProfileReading,
	answer: Answering,
	{ most = 10_000, confirm = true }: { most?: number; confirm?: boolean } = {},
): ReadOut {
	let reading = from;
	const rows: ProfileRow[] = [];
	let questions = 0;
	for (;;) {
		const step = nextProfileStep(reading);
		if (step.do === 'confirm' && confirm) {
			reading = confirmProfile(reading);
			continue;
		}
		if (step.do !== 'ask' || questions >= most) return { reading, rows, questions };
		questions += 1;
		const taken = takeProfileAnswer(reading, answer(step.wish));
		const stored = parseProfileReading(JSON.parse(JSON.stringify(taken.reading)));
		if (!stored) throw new Error(`a state that cannot be stored: ${JSON.stringify(taken.reading)}`);
		reading = stored;
		rows.push(...taken.rows);
	}
}
