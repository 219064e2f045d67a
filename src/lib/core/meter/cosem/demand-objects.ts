/** Average power over quarters of an hour: running and last (class 5), highest and lowest (class 4). */
import {
	doubleLongUnsigned,
	longUnsigned,
	NULL_DATA,
	unsigned,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { scalerUnitData } from '#lib/core/dlms/cosem/scaled.ts';
import { type Average, type Demand, DEMAND_PERIOD_MS, runningAverageW } from '../demand.ts';
import { clockAt } from './cosem-meter.ts';
import { cosemObject, type CosemObject, type Question } from './cosem-object.ts';
import { clockData, NO_INSTANT } from './cosem-values.ts';
import { WATT } from './register-objects.ts';

const demandOf = ({ meter }: Question): Demand => meter.meter.demand;

const powerData = (average: Average | null): Data => doubleLongUnsigned(average?.powerW ?? 0);

const timeData = ({ meter }: Question, average: Average | null): Data =>
	average ? clockData(clockAt(meter, average.atMs)) : NO_INSTANT;

const unit = (): Data => scalerUnitData({ scaler: 0, unit: WATT });

/** Nothing to be said of it. */
const STATUS = unsigned(0);

const extreme = (name: string, pick: (demand: Demand) => Average | null): CosemObject =>
	cosemObject(4, name, {
		2: (question) => powerData(pick(demandOf(question))),
		3: unit,
		4: (question) => (pick(demandOf(question)) ? STATUS : NULL_DATA),
		5: (question) => timeData(question, pick(demandOf(question))),
	});

export const DEMAND_OBJECTS: readonly CosemObject[] = [
	cosemObject(5, '1.0.1.4.0', {
		2: (question) => doubleLongUnsigned(runningAverageW(demandOf(question))),
		3: (question) => powerData(demandOf(question).last),
		4: unit,
		5: () => STATUS,
		6: (question) => timeData(question, demandOf(question).last),
		7: ({ meter }) => clockData(clockAt(meter, meter.meter.demand.sinceMs)),
		8: () => doubleLongUnsigned(DEMAND_PERIOD_MS / 1000),
		9: () => longUnsigned(1),
	}),
	extreme('1.0.1.6.0', ({ highest }) => highest),
	extreme('1.0.1.3.0', ({ lowest }) => lowest),
];
