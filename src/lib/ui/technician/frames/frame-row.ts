/** One frame of the log as one line, and the filter's form as a filter. */
import { parseObis } from '#lib/core/dlms/cosem/obis.ts';
import type { Direction } from '#lib/core/field/frame-log/frame-piece.ts';
import type { LogFilter } from '#lib/core/field/frame-log/log-filter.ts';
import type { LogLevel, LogRow } from '#lib/core/field/frame-log/log-row.ts';

/** Targets named in one line; the tree has them all. */
const NAMED_TARGETS = 2;

/** `get-request 3 1.0.1.8.0.255/2`, and how many more. */
export function lineOf({ what, targets }: Pick<LogRow, 'what' | 'targets'>): string {
	const named = targets
		.slice(0, NAMED_TARGETS)
		.map(({ classId, logicalName, ...target }) => {
			const part = 'method' in target ? `m${target.method}` : `a${target.attribute}`;
			return `${classId} ${logicalName} ${part}`;
		})
		.join(', ');
	const more = targets.length > NAMED_TARGETS ? ` +${targets.length - NAMED_TARGETS}` : '';
	return [what, named + more].filter((part) => part !== '').join('  ');
}

/** `12:03:04.250`, by the device's own zone. */
export function timeOfDay(atMs: number): string {
	const at = new Date(atMs);
	const two = (value: number): string => String(value).padStart(2, '0');
	const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
	return `${clock}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** What a person has set in the filter. */
export interface FilterForm {
	readonly direction: Direction | '';
	readonly level: LogLevel | '';
	readonly service: string;
	readonly obis: string;
	readonly problems: boolean;
}

export const NO_FILTER: FilterForm = {
	direction: '',
	level: '',
	service: '',
	obis: '',
	problems: false,
};

/** Services to choose from, by what their APDUs are called. */
export const SERVICES = ['get', 'set', 'action', 'AARQ', 'AARE', 'RLRQ', 'RLRE'] as const;

/** The filter of a form; a logical name that is none is named, and filters nothing. */
export function filterOf(form: FilterForm): { filter: LogFilter; obisWrong: boolean } {
	const { direction, level, service, obis, problems } = form;
	const text = obis.trim();
	const logicalName = text === '' ? undefined : parseObis(text);
	return {
		filter: {
			...(direction !== '' && { direction }),
			...(level !== '' && { levels: [level] }),
			...(service !== '' && { service }),
			...(logicalName && { logicalName }),
			...(problems && { problems }),
		},
		obisWrong: text !== '' && !logicalName,
	};
}

/** Whether a form lets every frame through. */
export const isOpenFilter = (form: FilterForm): boolean =>
	JSON.stringify(form) === JSON.stringify(NO_FILTER);
