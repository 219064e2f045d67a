/** The event logs (IEC 62056-6-2, class 7): 0.0.99.98.0 … .4, each with the number of its last event. */
import { unsigned } from '#lib/core/dlms/axdr/build.ts';
import { EVENT_CAPACITY, eventsOf, LOGS, type MeterEvent } from '../meter-events.ts';
import { cosemObject, type CosemObject, type Question } from './cosem-object.ts';
import { eventCode } from './event-codes.ts';
import { column, profileObject, rowsOf } from './profile.ts';
import { timeColumn } from './profile-objects.ts';

/** No event yet. */
const NONE = 0;

export const EVENT_OBJECTS: readonly CosemObject[] = LOGS.flatMap((log, place) => {
	const codeName = `0.0.96.11.${place}`;
	const events = ({ meter }: Question): readonly MeterEvent[] => eventsOf(meter.meter.events, log);
	return [
		cosemObject(1, codeName, {
			2: (question) => {
				const last = events(question).at(-1);
				return unsigned(last ? eventCode(last) : NONE);
			},
		}),
		profileObject<MeterEvent>({
			name: `0.0.99.98.${place}`,
			columns: [timeColumn(), column(1, codeName, 2, (event) => unsigned(eventCode(event)))],
			rows: (question) => rowsOf(events(question)),
			capacity: EVENT_CAPACITY,
			periodS: 0,
		}),
	];
});
