/** Which frames of a log somebody wants to see. Everything that is given must hold. */
import type { Obis } from '../../dlms/cosem/obis.ts';
import type { Direction } from './frame-piece.ts';
import type { LogLevel, LogRow } from './log-row.ts';

export interface LogFilter {
	readonly direction?: Direction;
	readonly levels?: readonly LogLevel[];
	/** A service by the name of its APDUs, `get`, `action`, or a whole name such as `HDLC SNRM`. */
	readonly service?: string;
	readonly classId?: number;
	readonly logicalName?: Obis;
	/** Only what went wrong. */
	readonly problems?: boolean;
}

export function matches(row: LogRow, filter: LogFilter): boolean {
	const { direction, levels, service, classId, logicalName, problems } = filter;
	const about = (wanted: (target: LogRow['targets'][number]) => boolean): boolean =>
		row.targets.some(wanted);
	return (
		(direction === undefined || row.direction === direction) &&
		(levels === undefined || levels.includes(row.level)) &&
		(service === undefined || isOfService(row.what, service)) &&
		(classId === undefined || about((target) => target.classId === classId)) &&
		(logicalName === undefined || about((target) => target.logicalName === logicalName)) &&
		(!problems || row.problem)
	);
}

function isOfService(what: string, service: string): boolean {
	return what === service || what.startsWith(`${service}-`);
}
