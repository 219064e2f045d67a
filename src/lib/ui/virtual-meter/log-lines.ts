/** The events of one log as lines: what happened, what belongs to it, when; the newest first. */
import { eventsOf, type LogName, type MeterEvent } from '#lib/core/meter/meter-events.ts';
import { WH_PER_DECI_KWH } from '#lib/core/units/energy.ts';
import { energy } from '#lib/ui/state/language.ts';
import { words } from './bench-words.ts';
import { words as meterWords } from './words.ts';

export interface LogLine {
	readonly title: string;
	/** Empty where there is nothing more to say. */
	readonly detail: string;
	readonly atMs: number;
}

const energyOf = (energyWh: number): string => energy(Math.floor(energyWh / WH_PER_DECI_KWH));

export function logLines(events: readonly MeterEvent[], log: LogName): LogLine[] {
	return eventsOf(events, log)
		.map((event) => ({ title: titleOf(event), detail: detailOf(event), atMs: event.atMs }))
		.reverse();
}

function titleOf(event: MeterEvent): string {
	return event.kind === 'token'
		? meterWords.results[event.result].title
		: meterWords.log.events[event.kind];
}

function detailOf(event: MeterEvent): string {
	switch (event.kind) {
		case 'relay-opened':
			return event.reason ? words.hands.reasons[event.reason] : '';
		case 'tamper-detected':
		case 'tamper-ended':
			return event.tamper ? words.logs.tamper[event.tamper] : '';
		case 'rate-switched':
			return words.logs.rate(String(event.rate));
		case 'charge-collected':
			return words.logs.collected(energyOf(event.collectedWh), energyOf(event.remainingWh));
		case 'voltage-sag':
		case 'voltage-swell':
		case 'voltage-normal':
			return words.logs.phase(String(event.phase));
		default:
			return '';
	}
}
